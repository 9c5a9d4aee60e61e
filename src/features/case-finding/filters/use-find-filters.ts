import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FindFilters } from '#client/queries/monitoring/find-people.ts'
import { savedListsQuery } from '#client/queries/monitoring/saved-lists.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { useSearch } from '#ui/layout/use-search.ts'

export type Narrow = (change: Readonly<Record<string, string>>) => void

type Use = Readonly<{
  filters: FindFilters
  narrow: Narrow
  /** what stands in the search field now */
  words: string
  setWords: (words: string) => void
  /** the saved list whose filters these are */
  open: SavedList | undefined
  /** the reader’s own list whose filters these were before they changed one */
  before: SavedList | undefined
}>

/**
 * Filters are in the address; typed text is not, because names must not be. A saved list is there by its id alone; as soon
 * as one of its filters is changed, they are filters like any other.
 */
export function useFindFilters(): Use {
  const [search, setSearch] = useSearch()
  const [typed, setTyped] = useState('')
  const { data: lists = [] } = useQuery(savedListsQuery)
  const list = search.get('list') ?? ''
  const open = lists.find(({ id }) => id === list)
  const before = readBefore(search, lists)
  const words = open ? (open.filters.text ?? '') : typed
  const page = Math.max(1, whole(search, 'page') ?? 1)
  const order = search.get('order') ?? ''
  const chosen = open ? { ...open.filters, ...(order ? { order } : {}) } : filtersIn(search)
  const write = (next: URLSearchParams) => setSearch(next, { preventScrollReset: true })
  const setWords = (text: string) => {
    setTyped(text)
    if (list) write(addressOf(open))
    else if (page > 1) write(changed(search, { page: '' }))
  }
  const narrow: Narrow = (change) => {
    if (!list || isOnlyShown(change)) return write(changed(search, change))
    setTyped(words)
    write(changed(addressOf(open), change))
  }
  return {
    filters: filtersOf(chosen, { words, list, page }),
    narrow,
    words,
    setWords,
    open,
    before,
  }
}

/** As the address says it was read: the list may have been changed since. */
function readBefore(search: URLSearchParams, lists: readonly SavedList[]): SavedList | undefined {
  const [before, edit] = (search.get('before') ?? '').split('~')
  const list = lists.find(({ id, isOwn }) => isOwn && id === before)
  return list && { ...list, edit: Number(edit) || list.edit }
}

/** Another page or order of the same list. */
const isOnlyShown = (change: Readonly<Record<string, string>>) =>
  Object.keys(change).every((name) => name === 'page' || name === 'order')

function changed(search: URLSearchParams, change: Readonly<Record<string, string>>) {
  const next = new URLSearchParams(search)
  next.delete('page')
  for (const [name, value] of Object.entries(change))
    if (value) next.set(name, value)
    else next.delete(name)
  return next
}

function whole(search: URLSearchParams, name: string): number | undefined {
  const value = search.get(name) ?? ''
  return /^\d{1,3}$/.test(value) ? Number(value) : undefined
}

function filtersIn(search: URLSearchParams): Chosen {
  const word = (name: string) => search.get(name) ?? ''
  return {
    ...{ band: word('band'), condition: word('condition'), known: word('known') },
    ...{ segment: word('segment'), changeable: word('changeable'), order: word('order') },
    ...{ flag: word('flag'), rule: word('rule') },
    ...{ ageFrom: whole(search, 'from'), ageTo: whole(search, 'to') },
    unscored: word('unscored') === 'yes',
  }
}

type Chosen = { readonly [K in keyof FindFilter]?: FindFilter[K] | undefined }

type Shown = Readonly<{ words: string; list: string; page: number }>

function filtersOf(chosen: Chosen, { words, list, page }: Shown): FindFilters {
  const {
    band = '',
    condition = '',
    segment = '',
    changeable = '',
    flag = '',
    rule = '',
    ageFrom,
    ageTo,
  } = chosen
  return {
    text: words.trim(),
    ...{ band, condition, segment, changeable, flag, rule, page },
    ...(ageFrom === undefined ? {} : { ageFrom }),
    ...(ageTo === undefined ? {} : { ageTo }),
    known: chosen.known || 'no-coordinator',
    order: chosen.order || 'suggested',
    unscored: chosen.unscored === true,
    ...(list ? { list } : {}),
  }
}

function addressOf(list: SavedList | undefined): URLSearchParams {
  if (!list) return new URLSearchParams()
  const { filters } = list
  const { band, condition, known, segment, changeable, flag, rule, order } = filters
  const { ageFrom, ageTo, unscored } = filters
  const words = { band, condition, known, segment, changeable, flag, rule, order }
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries(words)) if (value) next.set(name, value)
  if (ageFrom !== undefined) next.set('from', String(ageFrom))
  if (ageTo !== undefined) next.set('to', String(ageTo))
  if (unscored) next.set('unscored', 'yes')
  if (list.isOwn) next.set('before', `${list.id}~${list.edit}`)
  return next
}
