import type { Resource } from '@medplum/fhirtypes'
import { strictestLabel } from '#domain/access/labels/access-label.ts'
import { namesOutsideScore } from '#domain/outside-score/outside-score-fhir.ts'
import { propagateAccessLabels } from './access/access-labels.ts'
import { refreshPractitionerRoleRelationships } from './access/practitioner-role-relationships.ts'
import { nobodyInParticular } from './access/record-owner.ts'
import { endReferrals, endWithReferral } from './access/referral-ends.ts'
import { typeKey } from './indexing/index-entries.ts'
import { withoutOwnLink } from './indexing/own-link.ts'
import { shapeNumber } from './indexing/shape.ts'
import { type PreparedWrite, prepareWrite } from './prepare-write.ts'
import type { Sql } from './sql.ts'
import {
  type Change,
  type Expectation,
  StaleVersion,
  type StoredVersion,
  type WriteRequest,
  type WriteResult,
} from './store.ts'
import { storedJson } from './stored-json.ts'
import { storedVersion } from './stored-version.ts'
import { movesPersonRows } from './summary/derive.ts'
import { type WriteRow, writeStatement } from './write-statement.ts'

type Deps = Readonly<{
  sql: Sql
  now: Date
  /** the service's time zone: when a day ends */
  zone: string
  note: (change: Change) => void
  touch: (person: string) => void
}>

/** Writes what differs, in one statement; throws `StaleVersion` at the first whose expectation fails. */
export async function writeRecords(
  requests: readonly WriteRequest[],
  deps: Deps,
): Promise<readonly WriteResult[]> {
  const prepared = await prepareWrite(deps.sql, requests, deps)
  const lean = prepared.map(withoutOwnLink)
  const rows = await run(deps, lean.map(recordRow), lean)
  const results: WriteResult[] = []
  for (const [at, each] of prepared.entries()) results.push(await settle(each, rows[at], deps))
  const roles = requests.flatMap(({ resource }) => roleIn(resource.resourceType, resource.id))
  if (roles.length > 0) await refreshPractitionerRoleRelationships(deps.sql, roles, deps)
  await endWithReferral(deps.sql, prepared, rows)
  await propagateAccessLabels(
    deps.sql,
    prepared.flatMap((each, at) => movedRoom(each, rows[at])),
  )
  return results
}

const roleIn = (type: string, id: string) => (type === 'PractitionerRole' ? [id] : [])

/** A record that this write hid from some who could read it before. */
function movedRoom({ content, request, room }: PreparedWrite, row: WriteRow | undefined) {
  if (!row?.vid || !row.before_room || !row.person || row.before_room === room) return []
  const isClosed = strictestLabel('me', [room]) === room
  const name = `${content.resourceType}/${request.resource.id}`
  return isClosed ? [{ person: row.person, name, room }] : []
}

/** Deletes, leaving a version without content. Undefined if there is nothing to delete. */
export async function removeRecord(
  type: string,
  id: string,
  expect: Expectation,
  deps: Deps,
): Promise<StoredVersion | undefined> {
  const row = { o: 0, rt: type, id, ...expectation(expect), skip: false }
  const [result] = await run(deps, [row], [])
  if (!result || result.found === null || result.same) return undefined
  if (!result.ok || result.vid === null) throw new StaleVersion(result.fresh ? 0 : result.found)
  noteChange({ type, id }, result, deps)
  if (type === 'PractitionerRole') await refreshPractitionerRoleRelationships(deps.sql, [id], deps)
  if (type === 'ServiceRequest') await endReferrals(deps.sql, [id])
  return storedVersion({
    rt: type,
    id,
    vid: result.vid,
    ts: deps.now,
    person: result.person,
    content: null,
  })
}

async function run(
  deps: Deps,
  records: readonly object[],
  prepared: readonly PreparedWrite[],
): Promise<readonly WriteRow[]> {
  const { rows } = await deps.sql.query<WriteRow>(writeStatement, [
    JSON.stringify(records),
    JSON.stringify(prepared.flatMap((each, o) => each.entries.sp.map((one) => ({ o, ...one })))),
    JSON.stringify(prepared.flatMap((each, o) => each.entries.ref.map((one) => ({ o, ...one })))),
    JSON.stringify(prepared.flatMap((each, o) => each.relations.map((one) => ({ o, ...one })))),
    deps.now,
    JSON.stringify(shapesIn(prepared)),
    // JSON has no line breaks but between its parts, and ours has none there
    records.map((_, o) => contentLine(prepared[o])).join('\n'),
    records.map((_, o) => tokenLine(prepared[o])).join('\n'),
  ])
  return rows
}

/** The shapes of these records, each once: most of them are known already. */
function shapesIn(prepared: readonly PreparedWrite[]): readonly object[] {
  const shapes = new Map(prepared.map(({ entries: { common } }) => [shapeNumber(common), common]))
  return [...shapes].map(([id, tok]) => ({ id, tok: [...tok] }))
}

/** Empty for a deletion. */
const contentLine = (each: PreparedWrite | undefined) => (each ? storedJson(each.content) : '')
const tokenLine = (each: PreparedWrite | undefined) =>
  each && each.entries.tok.size > 0 ? `{${[...each.entries.tok].join()}}` : ''

function recordRow(each: PreparedWrite, o: number): object {
  const { request, entries } = each
  return {
    o,
    rt: each.content.resourceType,
    id: request.resource.id,
    ...expectation(request.expect),
    skip: request.skipIfSame ?? false,
    person: each.person,
    org: request.custodian,
    room: each.room,
    unregistered: isUnregistered(each),
    v: request.begins,
    kind: typeKey(each.content.resourceType),
    dt: entries.dt,
    until: entries.until,
    code: entries.code,
    own: entries.own,
    shape: shapeNumber(entries.common),
  }
}

/** A person without a registered organisation: the organisation that brought them in has access. */
const isUnregistered = ({ content, relations }: PreparedWrite) =>
  content.resourceType === 'Patient' &&
  !relations.some(({ kind, org }) => kind === 'registered' && org)

function expectation(expect: Expectation): { m: string; e?: number } {
  if (expect === 'anything') return { m: 'any' }
  return typeof expect === 'string' ? { m: expect } : { m: 'version', e: expect.version }
}

async function settle(
  each: PreparedWrite,
  row: WriteRow | undefined,
  deps: Deps,
): Promise<WriteResult> {
  const { content, request } = each
  const record = { rt: content.resourceType, id: request.resource.id, content }
  if (row?.vid) {
    noteChange({ type: record.rt, id: record.id, content }, row, deps)
    const isNew = row.found === null || row.fresh
    return {
      kept: storedVersion({ ...record, vid: row.vid, ts: deps.now, person: row.person }),
      outcome: isNew ? 'created' : 'updated',
      ...movedFrom(row),
    }
  }
  const isImport = request.expect === 'brought'
  if (row?.found && row.since && (isImport || (row.ok && row.same)))
    return {
      kept: storedVersion({ ...record, vid: row.found, ts: row.since, person: row.before }),
      outcome: row.same ? 'unchanged' : 'kept-ours',
    }
  throw new StaleVersion(await versionOf(record.rt, record.id, deps.sql))
}

function movedFrom({ before, person }: WriteRow): { movedFrom?: string } {
  const isMoved = [before, person].every((each) => each && each !== nobodyInParticular)
  return isMoved && before !== null && before !== person ? { movedFrom: before } : {}
}

/** Queried only after a refusal: the current record, as far as this transaction can see. */
async function versionOf(type: Resource['resourceType'], id: string, sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ vid: number }>(
    'select vid from resource where rt = $1 and id = $2 and content is not null',
    [type, id],
  )
  return rows[0]?.vid ?? 0
}

type Changed = Readonly<{ type: string; id: string; content?: Resource }>

/** A score from elsewhere may be an Observation, of which most move nothing; of a deleted one it is not known. */
const movesRow = ({ type, content }: Pick<Changed, 'type' | 'content'>) =>
  movesPersonRows(type) ||
  (type === 'Observation' &&
    (content?.resourceType !== 'Observation' || namesOutsideScore(content)))

/** To another person, whose sources it counts in from now on. */
const isMoved = ({ person, before }: WriteRow) => Boolean(person && before) && person !== before

function noteChange(changed: Changed, row: WriteRow, deps: Deps): void {
  const { type, id } = changed
  const change = { seq: row.seq ?? 0, type, id, version: row.vid ?? 0 }
  deps.note({
    ...change,
    ...(row.person ? { person: row.person } : {}),
    ...(row.room ? { room: row.room } : {}),
  })
  if (!isMoved(row) && !movesRow(changed)) return
  for (const person of [row.person, row.before]) if (person && person !== '*') deps.touch(person)
}
