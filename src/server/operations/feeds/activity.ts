import type { Encounter, Period } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type Activity, activityParameters } from '#domain/feed/activity-parameters.ts'
import { isNotYetComplete, monthAfter } from '#domain/feed/completeness.ts'
import type { FeedLine } from '#domain/feed/feed-line.ts'
import { daysOfEncounters, tellsOf } from '#domain/feed/feed-stays.ts'
import { lineToFhir } from '#domain/feed/line-fhir.ts'
import { monthStart } from '#domain/feed/month-start.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** What others say the care of one person cost in the last twelve whole months, for those who may see the person. */
export const activityOperation: Operation = {
  name: 'activity',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Lines of activity and cost of a person as ExplanationOfBenefit, with what they cost in the last twelve whole months, how many lines say no cost, and which months are not complete yet; for staff with access to the person, and administrators',
  async run(call: OperationCall) {
    const { actor, context, today } = call
    if ((!isStaff(actor) || actor.role === 'program') && actor.role !== 'admin')
      throw forbidden('Only people who care for somebody can see what their care cost')
    const until = addDays(monthStart(today), -1)
    const from = `${monthAfter(monthStart(today).slice(0, 7), -12)}-01`
    const lines = await shownTo(call, await linesOf(context.service.sql, call.id ?? '', from))
    const counted = lines.filter(({ started, cancelled }) => !cancelled && started <= until)
    return activityParameters.write({
      ...{ from, until, lines: counted.length },
      withoutCost: counted.filter(({ cost }) => cost === undefined).length,
      costs: costsOf(counted),
      sources: await sourcesOf(context.service.sql, lines, until),
      records: lines.slice(0, mostShown).map((each) => lineToFhir(each, call.id ?? '')),
    })
  },
}

const mostShown = 200

type Row = { [Field in keyof FeedLine]: FeedLine[Field] | null }

/** The person, and every record that was joined to theirs, maybe through others: it is one person’s care. */
const joinedSql = `with recursive joined(person) as (
    select $1::text union select p.person from person_row p join joined j on p.replaced_by = j.person)
  select person from joined`

type Cared = Readonly<{ status: Encounter['status']; period: Period | string }>

/** Without those that tell of days of an encounter that the caller may not read: whoever may read it sees them. */
async function shownTo(
  { id = '', scope, now, context }: OperationCall,
  lines: readonly FeedLine[],
): Promise<readonly FeedLine[]> {
  if (lines.length === 0) return lines
  const params = new Params()
  const person = params.add(id, 'text')
  const { rows } = await context.service.sql.query<Cared>(
    `select e.content->>'status' as status, e.content->'period' as period from resource e
     where e.rt = 'Encounter' and e.content->'period' is not null and e.person in (${joinedSql.replaceAll('$1', person)})
       and (e.person = ${person} or e.room in ('restricted', 'sealed')) and not ${scopeSql(scope, 'e', params, now)}`,
    params.values,
  )
  if (rows.length === 0) return lines
  const hidden = daysOfEncounters(
    rows.map(({ status, period }) => ({ status, period: storedRecord<Period>(period) })),
    context.zone,
  )
  return lines.filter((each) => !tellsOf(hidden, each))
}

async function linesOf(sql: Sql, person: string, from: string): Promise<readonly FeedLine[]> {
  const { rows } = await sql.query<Row>(
    `select source, line, kind, to_char(started, 'YYYY-MM-DD') as started, to_char(ended, 'YYYY-MM-DD') as ended,
       emergency, code, provider, cost::float8 as cost, currency, to_char(received, 'YYYY-MM-DD') as received, cancelled
     from activity_line where person in (${joinedSql}) and started >= $2::date order by started desc, source, kind, line`,
    [person, from],
  )
  return rows.map(
    (row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as FeedLine,
  )
}

function costsOf(lines: readonly FeedLine[]): Activity['costs'] {
  const known = lines.filter(({ cost }) => cost !== undefined)
  const parts = Map.groupBy(known, ({ kind, currency }) => `${kind}|${currency}`)
  return [...parts.values()].flatMap(([first, ...others]) =>
    first?.currency === undefined
      ? []
      : [
          {
            ...{ kind: first.kind, currency: first.currency, lines: others.length + 1 },
            amount: [first, ...others].reduce((sum, { cost = 0 }) => sum + cost, 0) / 100,
          },
        ],
  )
}

async function sourcesOf(
  sql: Sql,
  lines: readonly FeedLine[],
  until: string,
): Promise<Activity['sources']> {
  const { rows } = await sql.query<{ source: string; received: string }>(
    `select source, to_char(received, 'YYYY-MM-DD') as received from feed_source
     where source = any($1::text[]) order by source`,
    [[...new Set(lines.map(({ source }) => source))]],
  )
  const last = until.slice(0, 7)
  return rows.map(({ source, received }) => {
    const months = Array.from({ length: 12 }, (_, back) => monthAfter(last, back - 11))
    const notCompleteFrom = months.find((month) => isNotYetComplete(month, received))
    return { source, received, ...(notCompleteFrom ? { notCompleteFrom } : {}) }
  })
}
