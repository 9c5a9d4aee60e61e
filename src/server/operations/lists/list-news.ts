import { movedUp, type UpReason } from '#domain/stratification/moved-up.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import type { FindPeople } from '#server/operations/worklists/find-people-request.ts'
import {
  inOrderSql,
  isDue,
  listedSql,
  orderSql,
} from '#server/operations/worklists/find-people-sql.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { Params } from '#server/store/params.ts'
import { listFor, readerOf } from './list-for.ts'
import { requestOfList } from './list-order.ts'

/** Longer lists are not compared. */
const most = 5_000

/** What a reader was shown can be marked as seen for as long. */
const keptDays = 2

/** Of the list that everybody sees first, so many people are compared: who is worked with first. */
const firstOfStandard = 200

type Compared = Readonly<{
  people: readonly string[]
  /** beside each, the chance and what it was counted from; absent: only who is in it is compared */
  facts?: readonly string[]
}>

/** Everybody in a list whom the caller may see; undefined if they are too many to compare. */
async function peopleInList(
  call: OperationCall,
  request: FindPeople,
): Promise<Compared | undefined> {
  const params = new Params()
  const { rows } = await call.sql.query<{ person: string }>(
    `select p.person from person_row p where ${listedSql(call, request, params)} limit ${most + 1}`,
    params.values,
  )
  if (rows.length > most) return undefined
  return { people: rows.map(({ person }) => person).toSorted() }
}

type First = Readonly<{ person: string; chance: number | null; likeness: string | null }>

async function firstInList(call: OperationCall, request: FindPeople): Promise<Compared> {
  const params = new Params()
  const listed = listedSql(call, request, params)
  const order = `order by ${orderSql(request.order)} limit ${firstOfStandard}`
  const columns = ['person', 'chance', 'likeness', 'rank', 'changeable', 'cost', 'cost_currency']
  const from = `select ${[...columns, 'outside'].map((each) => `p.${each}`).join(', ')} from person_row p where ${listed}`
  // who is due is few, and read apart, so that the others are read in the order of an index
  const { rows } = await call.sql.query<First>(
    `select p.person, p.chance, p.likeness from (
       select * from (${from} and ${isDue}) due
       union all select * from (${from} and ${inOrderSql(request)} ${order}) others) p ${order}`,
    params.values,
  )
  return {
    people: rows.map(({ person }) => person),
    facts: rows.map(({ chance, likeness }) => `${chance ?? ''}|${likeness ?? ''}`),
  }
}

type MovedUp = Readonly<{ chanceSeen: number; upBecause: UpReason }>

type News = Readonly<{
  /** instant; absent: the caller never marked this list as seen */
  since?: string
  come?: number
  gone?: number
  up?: number
  tooMany?: boolean
  /** of the people who are compared: with it exactly they are marked as seen */
  stamp?: string
  /** who was not in the list then */
  isNew: (person: string) => boolean
  movedUp: (person: string) => MovedUp | undefined
}>

/** The list without a name and without filters, in one order; no id of a saved list has a slash. */
const standardList = 'standard/'
const isStandard = ({ words, known, unscored, offset, cohort, ...filters }: FindPeople) =>
  words.length === 0 &&
  known === 'no-coordinator' &&
  !unscored &&
  offset === 0 &&
  cohort === undefined &&
  (['band', 'ageFrom', 'ageTo', 'condition', 'segment', 'changeable', 'rule'] as const).every(
    (each) => filters[each] === undefined,
  )

/**
 * What changed in a saved list since the caller marked it as seen, or among the first of the list that everybody sees;
 * undefined for other filters. A saved list is compared in its own order, because an order leaves out whom it cannot
 * place.
 */
export async function listNews(
  call: OperationCall,
  request: FindPeople,
): Promise<News | undefined> {
  const { cohort } = request
  if (cohort) {
    const { filters } = await listFor(call, cohort)
    return await newsOf(call, cohort, await peopleInList(call, await requestOfList(call, filters)))
  }
  if (!isStandard(request) || call.actor.role === 'program') return undefined
  return await newsOf(call, standardList + request.order, await firstInList(call, request))
}

type Seen = Readonly<{ at: Date | string; people: string[]; facts: string[] | null }>

async function newsOf(call: OperationCall, list: string, now: Compared | undefined): Promise<News> {
  const { sql } = call.context.service
  const { rows } = await sql.query<Seen>(
    'select at, people, facts from list_seen where agent = $1 and list = $2',
    [readerOf(call.actor), list],
  )
  const [seen] = rows
  const since = seen ? { since: new Date(seen.at).toISOString() } : {}
  const nobody = { isNew: () => false, movedUp: () => undefined }
  if (!now) return { ...since, tooMany: true, ...nobody }
  const stamp = await keepShown(call, list, now)
  if (!seen) return { stamp, ...nobody }
  const before = new Set(seen.people)
  const still = new Set(now.people)
  const up = upSince(seen, now)
  return {
    ...{ ...since, stamp },
    come: now.people.filter((each) => !before.has(each)).length,
    gone: seen.people.filter((each) => !still.has(each)).length,
    ...(now.facts ? { up: up.size } : {}),
    isNew: (person) => still.has(person) && !before.has(person),
    movedUp: (person) => up.get(person),
  }
}

function upSince(seen: Seen, now: Compared): ReadonlyMap<string, MovedUp> {
  const before = new Map(seen.people.map((person, place) => [person, seen.facts?.[place]]))
  const found = new Map<string, MovedUp>()
  for (const [place, person] of now.people.entries()) {
    const [was, is] = [before.get(person), now.facts?.[place]]
    if (!was || !is) continue
    const then = standingIn(was)
    const why = movedUp(then, standingIn(is))
    if (why) found.set(person, { chanceSeen: then.chance ?? 0, upBecause: why })
  }
  return found
}

function standingIn(fact: string) {
  const [chance = '', likeness = ''] = fact.split('|')
  return { chance: chance === '' ? undefined : Number(chance), likeness }
}

/** Under a stamp that is the same for the same people. */
async function keepShown(
  { actor, context, now }: OperationCall,
  list: string,
  { people, facts }: Compared,
): Promise<string> {
  const stamp = sha256Hex(JSON.stringify(facts ? [people, facts] : people)).slice(0, 32)
  const { sql } = context.service
  const agent = readerOf(actor)
  await sql.query(
    `insert into list_shown (agent, list, stamp, at, people, facts) values ($1, $2, $3, $4::timestamptz, $5::text[], $6::text[])
     on conflict (agent, list, stamp) do update set at = excluded.at`,
    [agent, list, stamp, now.toISOString(), [...people], facts ? [...facts] : null],
  )
  await sql.query(
    `delete from list_shown where agent = $1 and at < $2::timestamptz - interval '${keptDays} days'`,
    [agent, now.toISOString()],
  )
  return stamp
}

/** The list that everybody sees first belongs to nobody. */
export const isStandardList = (list: string): boolean => list.startsWith(standardList)

/** From what the caller was shown under this stamp on, the list says what changed. 422 if it was not shown, or long ago. */
export async function markShownAsSeen(
  { actor, context }: OperationCall,
  list: string,
  stamp: string,
): Promise<void> {
  const { rows } = await context.service.sql.query(
    `insert into list_seen (agent, list, at, people, facts)
     select agent, list, at, people, facts from list_shown where agent = $1 and list = $2 and stamp = $3
     on conflict (agent, list) do update set at = excluded.at, people = excluded.people,
       facts = excluded.facts returning list`,
    [readerOf(actor), list, stamp],
  )
  if (rows.length === 0)
    throw new FhirProblem(
      422,
      'business-rule',
      'Open the list again with $find-people (cohort), and send the stamp of its news',
      { expression: 'stamp' },
    )
}

/** A list that asks for others is not compared with who was in it before. */
export async function forgetSeen({ context }: OperationCall, list: string): Promise<void> {
  for (const table of ['list_seen', 'list_shown'])
    await context.service.sql.query(`delete from ${table} where list = $1`, [list])
}
