import { dayOf } from '#domain/calendar/zone.ts'
import { fewestShown, shownCount } from '#domain/population/shown-counts.ts'
import {
  dataQuality,
  oldAfterYears,
  type QualityGap,
  qualityGaps,
} from '#domain/roster/data-quality.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type Counted, countedBy } from '#server/operations/population/people-sql.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { freshenPersonSources, personSourcesSql } from '#server/store/summary/person-sources.ts'

/**
 * What the records of the people whom the caller may see lack, for each source that they came from. Names nobody; a
 * manager gets counts in fives, without anybody who said no to planning.
 */
export const dataQualityOperation: Operation = {
  name: 'data-quality',
  on: 'type',
  type: 'Patient',
  changes: false,
  purpose:
    'How good the data is, for each source of people: who has no NHS number, birth date, address, ethnicity and so on, codes that no score knows, and when its last record came',
  async run(call) {
    const counted = countedBy(call)
    await freshenPatientSummaries(call.context.service.sql, {
      now: call.now,
      zone: call.context.zone,
    })
    await freshenPersonSources(call.context.service.sql)
    const people = await peopleBySource(call, counted)
    const isRounded = counted.exactness === 'rounded'
    const records = new Map(
      (await recordsBySource(call, counted)).map((each) => [sourceKey(each), each]),
    )
    const shown = shownCount(counted.exactness)
    return dataQuality.write({
      rounded: isRounded,
      sources: groupsOf(people, isRounded).map((row) => {
        const theirs = row.source === others ? undefined : records.get(sourceKey(row))
        return {
          ...kindOf(row.source),
          ...(row.organisation ? { organisation: row.organisation } : {}),
          people: shown(row.people),
          ...(theirs ? { records: shown(theirs.records) } : {}),
          ...(theirs
            ? { last: dayOf(new Date(theirs.last).toISOString(), call.context.zone) }
            : {}),
          gaps: qualityGaps.map((gap) => ({ gap, people: shown(row[gap]) })),
        }
      }),
    })
  },
}

type PeopleRow = Readonly<{
  source: string
  org: string | null
  organisation: string | null
  people: number
}> &
  Readonly<Record<(typeof qualityGaps)[number], number>>

type RecordsRow = Readonly<{
  source: string
  org: string | null
  records: number
  last: Date | string
}>

/** No source is called so: those that a record names have no space at the end. */
const others = 'other '

/** The smaller ones are together: a table of more columns is read by nobody. */
const mostSources = 30

const sourceKey = ({ source, org }: Pick<PeopleRow, 'source' | 'org'>) =>
  JSON.stringify([source, org])

/** Largest first. In fives, a source of fewer people than may be shown is among the others, without a name and a day. */
function groupsOf(rows: readonly PeopleRow[], isRounded: boolean): readonly PeopleRow[] {
  const isOwn = (row: PeopleRow, at: number) =>
    at < mostSources && (!isRounded || row.people >= fewestShown)
  const rest = rows.filter((row, at) => !isOwn(row, at))
  if (rest.length === 0) return rows
  const sumOf = (name: 'people' | QualityGap) => rest.reduce((sum, row) => sum + row[name], 0)
  const gaps = Object.fromEntries(qualityGaps.map((gap) => [gap, sumOf(gap)]))
  const together = {
    source: others,
    org: null,
    organisation: null,
    people: sumOf('people'),
    ...gaps,
  }
  return [...rows.filter(isOwn), together as PeopleRow]
}

const kindOf = (source: string) =>
  source === others
    ? { kind: 'other' }
    : source === 'here' || source === 'file'
      ? { kind: source }
      : { kind: 'system', system: source }

function reachedSql({ scope, exactness }: Counted, params: Params, now: Date): string {
  const saidNo = exactness === 'rounded' ? `and not ('planning' = any(p.opted_out))` : ''
  return `select p.* from person_row p where ${personRowScopeSql(scope, 'p', params, now)}
    and p.in_use and p.replaced_by is null and not p.deceased ${saidNo}`
}

const gapSql: Readonly<Record<(typeof qualityGaps)[number], string>> = {
  noNumber: 'p.nhs is null',
  uncheckedNumber: `p.nhs is not null and 'uncheckedNumber' = any(s.lacks)`,
  noBirthDate: 'p.birth_date is null',
  noSex: `coalesce(p.gender, 'unknown') = 'unknown'`,
  noAddress: `'noAddress' = any(s.lacks)`,
  noPhone: `'noPhone' = any(s.lacks)`,
  noEthnicity: `coalesce(upper(p.ethnicity), 'Z') in ('Z', '99')`,
  noLanguage: 'p.language is null',
  noPractice: `'noPractice' = any(s.lacks)`,
  noCodes: 'not p.coded',
  unmapped: 'p.unmapped > 0',
  old: `s.written < now_at - interval '${oldAfterYears} years'`,
}

async function peopleBySource({ now, context }: OperationCall, counted: Counted) {
  const params = new Params()
  const at = params.add(now, 'timestamptz')
  const gaps = qualityGaps.map(
    (gap) => `count(*) filter (where ${gapSql[gap].replace('now_at', at)})::int as "${gap}"`,
  )
  const { rows } = await context.service.sql.query<PeopleRow>(
    `with reached as materialized (${reachedSql(counted, params, now)})
     select q.*, (select o.content->>'name' from resource o where o.rt = 'Organization' and o.id = q.org) as organisation from (
       select s.source, s.org, count(*)::int as people, ${gaps.join(', ')}
       from reached p join (${personSourcesSql('select person from reached')}) s on s.person = p.person
       group by 1, 2) q order by q.people desc, q.source, q.org`,
    params.values,
  )
  return rows
}

async function recordsBySource({ now, context }: OperationCall, counted: Counted) {
  const params = new Params()
  const { rows } = await context.service.sql.query<RecordsRow>(
    `with reached as materialized (${reachedSql(counted, params, now)})
     select c.source, c.org, sum(c.records)::int as records, max(c.last) as last
     from (${personSourcesSql('select person from reached')}) s
     cross join lateral jsonb_to_recordset(s.records) as c(source text, org text, records integer, last timestamptz)
     group by 1, 2`,
    params.values,
  )
  return rows
}
