import type { Provenance } from '@medplum/fhirtypes'
import { countsForRoof, isInPart } from '#domain/agreement/agreement.ts'
import { agreementFromFhir, answerCodes, eventFromFhir } from '#domain/agreement/fhir.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { wordsTold } from '#domain/plan/house/telling-of.ts'
import type { PlanEvent, Who } from '#domain/plan/plan.ts'
import {
  type PlanVersion,
  planVersionsAnswer,
  type VersionAnswer,
} from '#domain/plan/versions/plan-version.ts'
import { idOfWriterNote } from '#server/audit/provenance.ts'
import { note } from '#server/http/request-context.ts'
import { visibleWithin } from '#server/http/visible-records.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { type StandingPlan, standingPlan } from './standing-plan.ts'
import { askedNumber } from './state-asked.ts'

/** The versions of a plan, newest first: when, by whom, what changed, and who answered to which in what words. */
export const planVersionsOperation: Operation = {
  name: 'plan-versions',
  on: 'instance',
  type: 'CarePlan',
  changes: false,
  purpose:
    'The versions of a plan, newest first: number, when, by whom, the kinds and rooms of what changed, and who answered to it in what words; count, before (a version)',
  async run(call) {
    const count = Math.min(askedNumber(call, 'count') ?? usualPage, largestPage)
    const before = askedNumber(call, 'before')
    const standing = await standingPlan(call)
    const { rows, total } = await pageOf(call, standing, { count, before })
    const told = await provenancesOf(call, standing, rows)
    const what = new Map([[standing.person, [`CarePlan/${standing.id}`]]])
    await note(call.context, what, { act: 'R', way: '$plan-versions' })
    const last = rows.at(-1)?.vid ?? 1
    return planVersionsAnswer.write({
      total,
      ...(last > 1 && rows.length === count ? { next: last } : {}),
      versions: rows.map((row) => versionOf(row, told.get(row.vid) ?? [])),
    })
  },
}

const usualPage = 200
const largestPage = 2000

type VersionRow = Readonly<{ vid: number; ts: Date | string }>
type Page = Readonly<{ count: number; before: number | undefined }>

async function pageOf(
  { sql, scope, now }: OperationCall,
  { id }: StandingPlan,
  { count, before }: Page,
): Promise<Readonly<{ rows: readonly VersionRow[]; total: number }>> {
  const params = new Params()
  const [own, older, most] = [
    params.add(id, 'text'),
    params.add(before ?? null, 'int'),
    params.add(count, 'int'),
  ]
  const within = scopeSql(scope, 'v', params, now)
  const { rows } = await sql.query<VersionRow & { total: number }>(
    `with v as materialized (
      select rt, vid, ts, person, room, content is null as gone from resource where rt = 'CarePlan' and id = ${own}
      union all select rt, vid, ts, person, room, content is null from history where rt = 'CarePlan' and id = ${own}
    ), open as (select vid, ts from v where not gone and ${within})
    select vid, ts, (select count(*)::int from open) as total from open
      where ${older} is null or vid < ${older} order by vid desc limit ${most}`,
    params.values,
  )
  return { rows, total: rows[0]?.total ?? 0 }
}

type Row = Omit<StoredVersionRow, 'content'> & { content: Provenance }
type Told = ReadonlyMap<number, readonly Provenance[]>

/** What is recorded about these versions, as far as the caller may see it, by the number of the version. */
async function provenancesOf(
  { sql, scope, now, context }: OperationCall,
  { id, person }: StandingPlan,
  rows: readonly VersionRow[],
): Promise<Told> {
  const params = new Params()
  const names = rows.map(({ vid }) => `CarePlan/${id}/_history/${vid}`)
  const whose = params.add(person, 'text')
  const notes = params.add(names.map(idOfWriterNote), 'text[]')
  const targets = params.add(names, 'text[]')
  const within = scopeSql(scope, 'r', params, now)
  const { rows: found } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.ts, r.person, r.content from resource r
      where r.rt = 'Provenance' and r.person = ${whose} and r.content is not null and ${within}
        and (r.id = any(${notes}) or (r.id not like 'written-%' and exists (
          select 1 from jsonb_array_elements(r.content -> 'target') t where t ->> 'reference' = any(${targets}))))
      order by r.rid`,
    params.values,
  )
  const reader = { sql: context.service.sql, scope, now }
  const seen = await visibleWithin(
    reader,
    found.map((row) => completeRow(row) as Provenance),
  )
  const root = `CarePlan/${id}/_history/`
  return Map.groupBy(seen, ({ target = [] }) => {
    const named = target.find(({ reference }) => reference?.startsWith(root))?.reference ?? ''
    return Number(named.slice(root.length))
  })
}

function versionOf({ vid, ts }: VersionRow, told: readonly Provenance[]): PlanVersion {
  const written = told.find(({ id }) => id?.startsWith('written-'))
  const events = told
    .filter((each) => each !== written)
    .flatMap((each) => eventFromFhir(each) ?? [])
  const by = whoFrom(written?.agent[0]?.who) ?? events.find(isChange)?.by
  return {
    number: vid,
    at: new Date(ts).toISOString(),
    ...(by ? { by: { reference: by.reference, name: by.name } } : {}),
    changes: changesOf(written, events.filter(isChange)),
    answers: told.flatMap(answerOf),
  }
}

const answers: readonly string[] = answerCodes
const isChange = ({ kind }: PlanEvent) => !answers.includes(kind) && kind !== 'change-access'

type Change = PlanVersion['changes'][number]

/** As the service noted it; for versions from before it did, as the writers told it. */
function changesOf(
  written: Provenance | undefined,
  events: readonly PlanEvent[],
): readonly Change[] {
  const parts = (written?.entity ?? []).flatMap(({ what }) => what.reference ?? [])
  const told = events.flatMap(({ kind, room, targets }) => {
    const records = targets.filter(
      (each) => /\/_history\//.test(each) && !isPlanItself(each, written),
    )
    const isShown = records.length > 0 || ofThePlanItself.includes(kind)
    return isShown ? [{ kind: kind as Change['kind'], room, records }] : []
  })
  const named = new Set(told.flatMap(({ records }) => records))
  const others = parts.filter((each) => !named.has(each))
  const untold = Map.groupBy(others, (each) => JSON.stringify(kindOf(each)))
  return [
    ...told,
    ...[...untold].map(([key, records]) => ({
      ...(JSON.parse(key) as ReturnType<typeof kindOf>),
      records,
    })),
  ]
}

/** Changes of the plan’s own record. Others without a record are of records that the caller may not see. */
const ofThePlanItself: readonly string[] = ['start-plan', 'set-review', 'hold-review']

const isPlanItself = (target: string, written: Provenance | undefined) =>
  target === written?.target[0]?.reference

/** By its type: the record itself is not read for it. */
function kindOf(target: string) {
  const [resourceType = ''] = target.split('/')
  return wordsTold({ resourceType } as Parameters<typeof wordsTold>[0])
}

function answerOf(provenance: Provenance): readonly VersionAnswer[] {
  const answer = agreementFromFhir(provenance)
  if (!answer) return []
  const { yes, at, notAgreed = [] } = answer
  const words = [answer.words, ...notAgreed.map((part) => part.words)].filter(Boolean).join(' · ')
  const counts = countsForRoof(answer)
  return [{ by: shown(answer.by), yes, inPart: isInPart(answer), counts, words, at }]
}

const shown = ({ reference, name }: Who) => ({ reference, name })
