import { ageOn } from '#domain/calendar/age.ts'
import {
  ageBand,
  chanceBand,
  conditionsBand,
  type ExtractRow,
  nightsBand,
  staysBand,
} from '#domain/extract/extract-columns.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { comparedColumnsSql } from '#server/operations/population/people-sql.ts'
import { goneSql } from '#server/operations/worklists/find-people-sql.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'

type Row = Readonly<{
  birth_date: string | null
  sex: string
  ethnicity: string
  deprivation: string
  segment: string
  band: string | null
  coded: boolean
  conditions: number
  stays: number
  stays_before: number
  bed_days: number
  chance: number | null
  case: string
}>

export type PeopleOfExtract = Readonly<{ rows: readonly ExtractRow[]; optedOut: number }>

/** One row a living person, in an order that is drawn anew each time; without whoever said no to planning. */
export async function extractRows({
  sql,
  scope,
  now,
  today,
}: Pick<OperationCall, 'sql' | 'scope' | 'now' | 'today'>): Promise<PeopleOfExtract> {
  const params = new Params()
  const lot = params.add(crypto.randomUUID(), 'text')
  const { rows } = await sql.query<Row & { opted_out: boolean }>(
    `select p.birth_date, ${comparedColumnsSql(params.add(today, 'date'))}, p.segment, p.band, p.coded,
       cardinality(p.groups) as conditions, p.stays, p.stays_before, p.bed_days, p.chance,
       'planning' = any(p.opted_out) as opted_out,
       case when coalesce(p.case_status, '') in ('active', 'onhold') then 'coordinated'
         when coalesce(p.case_status, '') = 'cancelled' then 'not-now' else 'none' end as "case"
     from person_row p
     where ${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null and not p.deceased and p.in_use
       and not ${goneSql(params.add(today, 'text'))}
     order by md5(${lot} || p.person)`,
    params.values,
  )
  const kept = rows.filter((each) => !each.opted_out)
  return { rows: kept.map((row) => rowIn(row, today)), optedOut: rows.length - kept.length }
}

const told = (word: string) => (word === 'unknown' ? '' : word)

const rowIn = (row: Row, today: string): ExtractRow => ({
  // numbered when it is known which rows are in the file
  row: '',
  age_band: ageBand(ageOn(row.birth_date ?? undefined, today)),
  ...{ sex: told(row.sex), ethnic_group: told(row.ethnicity) },
  deprivation_fifth: told(row.deprivation),
  segment: row.segment,
  frailty_band: row.coded ? (row.band ?? '') : '',
  conditions: conditionsBand(row.conditions),
  emergency_stays: staysBand(row.stays),
  emergency_stays_before: staysBand(row.stays_before),
  bed_days: nightsBand(row.bed_days),
  chance: chanceBand(row.chance ?? undefined),
  case: row.case,
})
