import { tokenScopes } from './access-expected.ts'
import type { InitFor } from './access-users.ts'

/**
 * How an operation answers: `on` is the status for callers who can see the person, or for everybody if it is not about
 * one person.
 */
export type OperationRow = Readonly<{
  path: (person: string) => string
  init?: InitFor
  /** the operation is about one person: a caller without access finds nobody */
  isHers?: boolean
  /** who may call it at all, written by hand from docs/access.md */
  may: (who: string) => boolean
  status: number
}>

export const isOne = (names: readonly string[]) => (who: string) =>
  names.some((name) => who.startsWith(name))
export const isProfessional = isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger'])
export const isAdmin = isOne(['admin'])
export const isPerson = (who: string) => !(who in tokenScopes)
export const post = (json: object) => (): ReturnType<InitFor> => ({ method: 'POST', json })
export const nothing = post({ resourceType: 'Parameters' })
export const own = (name: string) => ({
  path: (id: string) => `Patient/${id}/$${name}`,
  isHers: true,
})
