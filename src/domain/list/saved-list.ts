import { type FindFilter, findFilterFields } from '#domain/case/find-people.ts'
import { boolean, parameters, text } from '#domain/fhir/parameters.ts'

export const longestListName = 80

/** Filters of “Find people” under a name. It holds no people: everybody who opens it sees whom they may see. */
export type SavedList = Readonly<{
  id: string
  /** counts its changes: a change says which one it was made from */
  edit: number
  name: string
  /** colleagues of the owner’s organisation see it too */
  shared: boolean
  /** the reader made it: only they change it */
  isOwn: boolean
  ownerName: string
  /** when the owner gave it other filters; absent: they are those that it was made with */
  changedAt?: string
  filters: FindFilter
}>

/**
 * The input of `$save-list`: all of the list, with `If-Match` of the edit that was read if it is there already. `restore`:
 * also if it was deleted since.
 */
export const saveListRequest = parameters({
  id: text,
  name: text,
  shared: boolean,
  restore: boolean,
  ...findFilterFields,
})

/** The input of `$delete-list`, with `If-Match` of the edit that was read. */
export const listRequest = parameters({ id: text, restore: boolean })

/** The input of `$mark-list-seen`; `stamp`: of the news of `$find-people`, which says who was shown. */
export const markSeenRequest = parameters({ id: text, stamp: text })
