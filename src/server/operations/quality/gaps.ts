import { given } from '#domain/fhir/references-and-extensions.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { type GapsWorklist, gapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { isLessBetter } from '#domain/quality/is-less-better.ts'
import { isHiddenShare } from '#domain/quality/measure-report.ts'
import { caresForPeople, readsCounts } from '#server/cql/cares-for-people.ts'
import { declinesOf } from '#server/cql/declines.ts'
import { type KeptMeasure, keptMeasures } from '#server/cql/kept-measures.ts'
import { latestRuns, type StoredRun } from '#server/cql/measure-runs.ts'
import { closedRoomsSql } from '#server/cql/records-of-people.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql, scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { organisationAsked } from './organisation-asked.ts'

const mostListed = 200

/** The measures in CQL with their last run, and for professionals the people for whom something is due. */
export const gapsOperation: Operation = {
  name: 'gaps',
  on: 'system',
  changes: false,
  purpose:
    'The measures in CQL, how the last run over the people of the organisation went, and for professionals the people for whom something is due, those with most first; small numbers are hidden; for professionals, managers and administrators',
  async run(call) {
    const { actor, query } = call
    if (!readsCounts(actor))
      throw forbidden('Only people who care for others, managers and administrators see this')
    const { sql } = call.context.service
    const measures = await keptMeasures(sql)
    const worksOut = call.context.service.cql !== undefined
    const named = query.get('organisation') ?? ''
    const nobody = { people: [], isMore: false, worksOut, hasPeople: false }
    if (!actor.organisation && !named)
      return gapsWorklist.write({ ...shownMeasures(measures, new Map(), false), ...nobody })
    const organisation = organisationAsked(call, named)
    const shown = shownMeasures(
      measures,
      await latestRuns(sql, organisation),
      caresForPeople(actor),
    )
    if (!caresForPeople(actor)) return gapsWorklist.write({ ...shown, ...nobody, hasPeople: true })
    const finished = await latestRuns(sql, organisation, { finished: true })
    const found = await peopleWithGaps(call, measures, finished)
    const seen = found.people.map(({ id }) => [id, [`Patient/${id}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$gaps' })
    return gapsWorklist.write({ ...shown, ...found, worksOut, hasPeople: true })
  },
}

function shownMeasures(
  measures: readonly KeptMeasure[],
  runs: ReadonlyMap<string, StoredRun>,
  isExact: boolean,
) {
  return {
    measures: measures.map(({ id, measure }) => ({
      ...{ id, version: measure.version ?? '', title: measure.title ?? measure.name ?? id },
      ...{ question: measure.description ?? '', rationale: measure.rationale ?? '' },
      ...given('run', shownRun(runs.get(id), isExact)),
    })),
  }
}

function shownRun(run: StoredRun | undefined, isExact: boolean) {
  if (!run) return undefined
  const { state, done, total, leftOut, from, to, on, words, numerator, denominator } = run
  const isShown = state === 'done' && !isHiddenShare(run)
  return {
    ...{ state, done, total, from, to, on, words },
    ...given('leftOut', isExact ? leftOut : roundedLeftOut(leftOut)),
    ...(isShown ? { numerator, denominator } : {}),
  }
}

/** Undefined: fewer than five, or nobody. */
function roundedLeftOut(count: number): number | undefined {
  const shown = roundedMeasure(count)
  return 'count' in shown ? shown.count : undefined
}

type Row = Readonly<{
  person: string
  family: string | null
  given: string | null
  coordinator: string | null
  measure: string
  standing: string
  why: string
}>

async function peopleWithGaps(
  call: OperationCall,
  measures: readonly KeptMeasure[],
  runs: ReadonlyMap<string, StoredRun>,
): Promise<Pick<GapsWorklist, 'people' | 'isMore'>> {
  const current = measures.filter((each) => runs.get(each.id)?.version === each.measure.version)
  const rows = await openRows(call, current, runs)
  const persons = [...new Set(rows.map(({ person }) => person))]
  const declines = await declinesOf(call.sql, {
    ...{ persons, zone: call.context.zone },
    seen: (params) => scopeSql(call.scope, 'r', params, call.now),
  })
  const titles = new Map(current.map(({ id, measure }) => [id, measure.title ?? id]))
  const found = persons.flatMap((person) => {
    const own = rows.filter((row) => row.person === person)
    const open = own.filter(({ measure }) => {
      const decline = declines.get(`${person} ${measure}`)
      return !decline || decline.day < (runs.get(measure)?.from ?? '')
    })
    const [first] = own
    if (!first || open.length === 0) return []
    return [
      {
        ...{ id: person, family: first.family ?? '', given: first.given ?? '' },
        coordinator: first.coordinator ?? '',
        gaps: open.map(({ measure, standing, why }) => ({
          measure,
          title: titles.get(measure) ?? '',
          why,
          holds: standing === 'met',
        })),
      },
    ]
  })
  const ordered = found.toSorted((one, other) => other.gaps.length - one.gaps.length)
  return { people: ordered.slice(0, mostListed), isMore: ordered.length > mostListed }
}

/**
 * Whoever died, left or said no since the run is not listed, nor anybody whom the caller cannot see now, nor anybody of
 * whom a record that the measure reads was closed since: what the run found could tell of it.
 */
async function openRows(
  call: OperationCall,
  measures: readonly KeptMeasure[],
  runs: ReadonlyMap<string, StoredRun>,
): Promise<readonly Row[]> {
  const params = new Params()
  const due = measures.map(({ id, measure, types }) => {
    const run = params.add(runs.get(id)?.id ?? '', 'text')
    return `(r.run = ${run} and r.standing = ${params.add(isLessBetter(measure) ? 'met' : 'unmet', 'text')}
      and not exists (select 1 from resource x where x.person = r.person and x.rt = any(${params.add([...types], 'text[]')})
        and x.room in ${closedRoomsSql} and x.ts >= run.started_at))`
  })
  if (due.length === 0) return []
  const { rows } = await call.context.service.sql.query<Row>(
    `select p.person, p.family, p.given, p.coordinator, run.measure, r.standing, r.why from cql_result r
     join cql_run run on run.id = r.run join person_row p on p.person = r.person
     where (${due.join(' or ')}) and not p.deceased and p.in_use and p.replaced_by is null
       and not ('planning' = any(p.opted_out)) and ${personRowScopeSql(call.scope, 'p', params, call.now)}
     order by p.family, p.given, p.person, run.measure limit 5000`,
    params.values,
  )
  return rows
}
