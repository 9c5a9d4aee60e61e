import { createHash } from 'node:crypto'
import type { Scope } from '#domain/access/scope.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import type { ReadingStore } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { searchesByOthers, searchesOver } from './searches-over.ts'

const now = new Date('2026-11-23T09:00:00.000Z')

const scopes: Readonly<Record<string, Scope>> = {
  everybody: { people: { kind: 'all' } },
  nurse: { people: { kind: 'related', organisation: 'odd-house', practitioner: 'odd-nurse' } },
  'odd-1': {
    people: {
      kind: 'listed',
      people: [{ person: 'odd-1', rooms: ['me', 'record', 'own', 'team'] }],
    },
  },
}

/** By reader and search. */
export type FoundBy = Readonly<Record<string, string>>

type Row = Readonly<{ content: string }>

/** What searches of every kind find in a database, as three readers, under the policies of their roles. */
export async function foundBy(sql: Sql): Promise<FoundBy> {
  const { rows } = await sql.query<Row>(
    'select content from resource where content is not null order by rid',
  )
  const records = rows.map(({ content }) =>
    storedRecord<{ resourceType: string; id: string }>(content),
  )
  const searches = [...searchesOver(records), ...searchesByOthers(records)]
  const store = createStore(sql, { now: () => now })
  const detail: Record<string, string> = {}
  for (const [reader, scope] of Object.entries(scopes)) {
    const reading = store.as(rlsSessionOf(scope, now))
    for (const search of searches)
      detail[`${reader} ${search}`] = await found(reading, search, scope)
  }
  return detail
}

/** One number for all that was found. */
export const sumOf = (found: FoundBy): string =>
  createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 16)

async function found(store: ReadingStore, search: string, scope: Scope): Promise<string> {
  const [type = '', query = ''] = search.split('?')
  const params = new URLSearchParams(`${query}&_count=200&_total=accurate`)
  try {
    const { matches, included, total, unknown } = await store.search(type, params, scope)
    const names = (all: typeof matches) =>
      all.map(({ resourceType, id }) => `${resourceType}/${id}`)
    // matches are in an order, what comes with them is not
    return [total, ...names(matches), '+', ...names(included).toSorted(), ...unknown].join(' ')
  } catch (error) {
    return String(error)
  }
}
