import type { Scope } from '#domain/access/scope.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { evaluatedPerson } from '#domain/evaluation/evaluated-person.ts'
import type { EvaluatedPerson } from '#domain/evaluation/matched-evaluation.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'

/** More are not read at once; those who were taken on come first. */
const mostPeople = 60_000

type Reading = Readonly<{ sql: ReadingSql; scope: Scope; now: Date; zone: string }>

/** The first day on which each person was taken on, by their cases. */
export async function takenOnDays({
  sql,
  scope,
  now,
  zone,
}: Reading): Promise<ReadonlyMap<string, string>> {
  const params = new Params()
  const { rows } = await sql.query<{ person: string; start: string }>(
    `select e.person, min(e.content #>> '{period,start}') as start
     from resource e join person_row p on p.person = e.person
     where e.rt = 'EpisodeOfCare' and e.content is not null
       and e.content ->> 'status' in ('active', 'onhold', 'finished')
       and e.content #>> '{period,start}' is not null and ${personRowScopeSql(scope, 'p', params, now)}
     group by e.person`,
    params.values,
  )
  return new Map(rows.map(({ person, start }) => [person, dayOf(start, zone)]))
}

type Row = Readonly<{
  person: string
  birth_date: string | null
  gender: string | null
  stay_days: readonly string[]
  known: readonly string[]
  deprivation: number | null
  died: string | null
  opted_out: boolean
  recorded: boolean
  left_list: boolean
}>

type LeftOut = Readonly<
  Record<'optedOut' | 'nothingRecorded' | 'leftTheList' | 'deathUndated', number>
>

export type Evaluated = Readonly<{
  people: readonly EvaluatedPerson[]
  leftOut: LeftOut
  takenOnLater: number
  isCut: boolean
}>

type Asked = Reading &
  Readonly<{
    today: string
    /** who is evaluated, from which day */
    entered: ReadonlyMap<string, string>
    /** when each person was taken on at all, or entered the programme that is asked about */
    takenOn: ReadonlyMap<string, string>
    fidelity: (person: string) => EvaluatedPerson['fidelity']
  }>

/**
 * Those who entered, and everybody who had not been taken on by a day that is drawn for them, always the same, from the
 * days on which others entered.
 */
export async function evaluatedPeople(asked: Asked): Promise<Evaluated> {
  const { sql, scope, now, today, entered } = asked
  const params = new Params()
  const day = params.add(today, 'text')
  const { rows } = await sql.query<Row>(
    `select p.person, p.birth_date, p.gender, p.stay_days, p.groups_before as known,
       p.deprivation, 'planning' = any(p.opted_out) as opted_out,
       (p.coded or p.last_contact is not null or cardinality(p.stay_days) > 0) as recorded,
       (p.left_on is not null and p.left_on <= ${day}) as left_list,
       case when p.deceased then (select coalesce(${diedSql('r')}, 'true') from resource r
         where r.rt = 'Patient' and r.id = p.person and r.content is not null) end as died
     from person_row p
     where ${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null and p.in_use
     order by p.person = any(${params.add([...entered.keys()], 'text[]')}) desc, md5(p.person)
     limit ${mostPeople + 1}`,
    params.values,
  )
  const shown = rows.slice(0, mostPeople)
  const leftOut = { optedOut: 0, nothingRecorded: 0, leftTheList: 0, deathUndated: 0 }
  const kept = shown.filter((row) => {
    const why = whyLeftOut(row)
    if (why) leftOut[why] += 1
    return !why
  })
  const days = [...entered.values()].toSorted()
  const people = kept.flatMap((row) => personIn(row, asked, days) ?? [])
  return {
    people,
    leftOut,
    takenOnLater: people.filter(({ id, taken }) => !taken && asked.takenOn.has(id)).length,
    isCut: rows.length > mostPeople,
  }
}

function whyLeftOut(row: Row): keyof LeftOut | undefined {
  if (row.opted_out) return 'optedOut'
  if (row.died === 'true') return 'deathUndated'
  if (row.left_list && row.died === null) return 'leftTheList'
  return row.recorded ? undefined : 'nothingRecorded'
}

function personIn(row: Row, asked: Asked, days: readonly string[]): EvaluatedPerson | undefined {
  const { entered, takenOn, zone } = asked
  const own = entered.get(row.person)
  const from = own ?? days[spread(row.person) % days.length]
  const first = takenOn.get(row.person)
  // somebody who was being looked after by then is nobody to compare with
  if (from === undefined || (own === undefined && first !== undefined && first <= from))
    return undefined
  return evaluatedPerson({
    ...{ id: row.person, from, taken: own !== undefined, birthDate: row.birth_date ?? '' },
    ...{ gender: row.gender ?? undefined, stayDays: row.stay_days, known: row.known },
    ...{ deprivation: row.deprivation ?? undefined },
    diedOn: row.died === null ? undefined : dayOf(row.died, zone),
    ...given('fidelity', asked.fidelity(row.person)),
  })
}

/** A number for a person that says nothing about them (FNV-1a, 32 bits). */
function spread(person: string): number {
  let hash = 0x811c9dc5
  for (const letter of person) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
