import type { EpisodeOfCare, Patient } from '@medplum/fhirtypes'
import { type Case, listedCase, standingCase } from '#domain/case/case.ts'
import { caseSeen, type DecidedPerson, type RefusedWhy } from '#domain/case/decide-people.ts'
import { caseFromFhir, caseToFhir, firstTeam } from '#domain/case/fhir.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who, WrittenBy } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { isOptedOut } from '#server/opt-out/opted-out.ts'
import { notFound } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { waitingReferrals } from '#server/support/asked-of-team.ts'
import { Refusal } from './refusal.ts'
import { type AskedPerson, type Decided, isKnown, undoDecision } from './undo-decision.ts'

export type ListedDecision = Readonly<
  | { kind: 'take-on'; coordinator: Who }
  | { kind: 'defer'; reason: string; lookAgain: string }
  | { kind: 'decline'; reason: string }
  | { kind: 'reopen' }
  | { kind: 'undo' }
>
/** What became of one person; whatever stands in the way is said in the answer, and the others go on. */
export async function decideOnPerson(
  context: RequestContext,
  decision: ListedDecision,
  person: AskedPerson,
): Promise<DecidedPerson> {
  try {
    const decided = await withinRecord(
      context,
      (inside) => decideWithin(inside, decision, person),
      person.id,
    )
    return { id: person.id, done: true, ...decided }
  } catch (error) {
    return { id: person.id, done: false, ...(await refusedFor(context, person, error)) }
  }
}

async function decideWithin(
  context: RequestContext,
  decision: ListedDecision,
  asked: AskedPerson,
): Promise<Decided> {
  // two users who decide about the same person wait for each other
  await context.service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `case ${asked.id}`,
  ])
  const patient = await reached(context, asked.id)
  if (decision.kind === 'undo') return await undoDecision(context, asked)
  const episodes = await episodesOf(context, asked.id)
  const cases = episodes.map(caseFromFhir)
  const standing = standingCase(cases)
  await mustKnowOf(context, standing)
  if (standing) throw new Refusal('has-case', standing.coordinator?.name)
  await mustBeAsSeen(context, asked)
  if (decision.kind === 'reopen') await mustBeNotNow(context, asked.id)
  const listed = listedCase(cases)
  await mustKnowOf(context, listed)
  const id = listed?.id ?? idOfNext(asked.id, episodes.length)
  const onto = episodes.find((each) => each.id === id)
  const found = decidedCase(context, decision, { id, person: asked.id }, listed)
  const record = caseToFhir(found, context.now.toISOString(), onto)
  const { kept } = await storeRecord(
    context,
    onto
      ? { resource: record, version: Number(onto.meta?.versionId) }
      : { resource: record, onlyNew: true },
  )
  if (decision.kind === 'take-on') {
    const name = nameInWords(patient.name, '')
    await beginTeam(context, firstTeam(found, decision.coordinator, name))
  }
  const waits = decision.kind === 'take-on' && (await hasReferralToUs(context, asked.id))
  return { case: id, version: String(kept.version), ...(waits ? { referral: true } : {}) }
}

/** Whoever asked the caller, or their organisation, to take the person on waits for the answer: `$referrals` lists it. */
async function hasReferralToUs(
  { actor, service, store, accessScope }: RequestContext,
  person: string,
): Promise<boolean> {
  const us = [`Practitioner/${actor.practitioner}`, `Organization/${actor.organisation}`]
  const waiting = await waitingReferrals({ service }, person)
  const ours = waiting.find(({ owner }) => us.includes(owner?.reference ?? ''))
  if (!ours) return false
  return (await store.read('Task', ours.id, accessScope.scope))?.resource !== undefined
}

/** A case that the caller may not know of stops the decision, and nothing is said about it. */
async function mustKnowOf(context: RequestContext, found: Case | undefined): Promise<void> {
  if (found && !(await isKnown(context, found.id))) throw new Refusal('refused')
}

/** The team of a decision that was undone stands as one entered in error: it begins again. */
async function beginTeam(
  context: RequestContext,
  team: ReturnType<typeof firstTeam>,
): Promise<void> {
  const stood = await context.service.store.read('CareTeam', team.id, everyone)
  const wasUndone =
    stood?.resource?.resourceType === 'CareTeam' && stood.resource.status === 'entered-in-error'
  await storeRecord(
    context,
    wasUndone ? { resource: team, version: stood.version } : { resource: team, onlyNew: true },
  )
}

async function reached(context: RequestContext, person: string): Promise<Patient> {
  const { scope } = context.accessScope
  const stored = await context.store.read('Patient', person, scope)
  if (stored?.resource?.resourceType !== 'Patient') throw notFound()
  return stored.resource
}

async function episodesOf(
  { service }: RequestContext,
  person: string,
): Promise<readonly EpisodeOfCare[]> {
  const { rows } = await service.sql.query<{ id: string; vid: number; content: unknown }>(
    `select id, vid, content from resource where rt = 'EpisodeOfCare' and person = $1 and content is not null
     order by rid`,
    [person],
  )
  return rows.map(({ id, vid, content }) => ({
    ...(storedRecord(content) as EpisodeOfCare),
    ...{ id, meta: { versionId: String(vid) } },
  }))
}

type Row = Readonly<{
  case_id: string | null
  case_status: string | null
  coordinator: string | null
}>

async function rowOf({ service }: RequestContext, person: string): Promise<Row | undefined> {
  const { rows } = await service.sql.query<Row>(
    'select case_id, case_status, coordinator from person_row where person = $1',
    [person],
  )
  return rows[0]
}

/** Somebody else decided since the caller saw the person: the caller sees that first. */
async function mustBeAsSeen(context: RequestContext, { id, seen }: AskedPerson): Promise<void> {
  if (seen === undefined || seen === '') return
  const row = await rowOf(context, id)
  const now = caseSeen({
    ...(row?.case_id ? { case: row.case_id } : {}),
    ...(row?.case_status ? { caseStatus: row.case_status } : {}),
  })
  if (now !== seen) throw new Refusal('decided-before', row?.coordinator ?? undefined)
}

async function mustBeNotNow(context: RequestContext, person: string): Promise<void> {
  const row = await rowOf(context, person)
  if (row?.case_status !== 'cancelled') throw new Refusal('not-standing')
}

function decidedCase(
  context: RequestContext,
  decision: Exclude<ListedDecision, { kind: 'undo' }>,
  { id, person }: Pick<Case, 'id' | 'person'>,
  listed: Case | undefined,
): Case {
  const at = context.now.toISOString()
  const by = writerOf(context, person).who
  const decided: WrittenBy = { by, at }
  // “not now” takes nobody’s case away from whoever listed the person
  const isTaken = decision.kind === 'take-on' || !listed?.organisation
  const organisation = isTaken ? context.actor.organisation : undefined
  const base = { id, person, decided, since: at, ...(organisation ? { organisation } : {}) }
  switch (decision.kind) {
    case 'take-on':
      return { ...base, state: 'open', coordinator: decision.coordinator }
    case 'reopen':
      return { ...base, state: 'listed' }
    default: {
      const { kind: _kind, ...why } = decision
      const coordinator = listed?.coordinator ?? by
      return { ...base, ...why, state: 'not-now', coordinator, until: at }
    }
  }
}

/** The same id for everyone who decides at the same moment, so that only one of them can be first. */
const idOfNext = (person: string, before: number): string =>
  `case-${sha256Hex(`case/${person}/${before}`).slice(0, 32)}`

type Refused = Pick<DecidedPerson, 'why' | 'by' | 'words'>

async function refusedFor(
  context: RequestContext,
  { id }: AskedPerson,
  error: unknown,
): Promise<Refused> {
  if (error instanceof Refusal) return { why: error.why, ...(error.by ? { by: error.by } : {}) }
  const { status, message } = problemOf(error)
  if (status >= 500) throw error
  if (status === 403 || status === 404) await noteRefused(context, id, message)
  const by = whyOf[status] === 'decided-before' ? (await rowOf(context, id))?.coordinator : null
  return { why: await whyRefused(context, id, status), words: message, ...(by ? { by } : {}) }
}

async function whyRefused(
  { service }: RequestContext,
  person: string,
  status: number,
): Promise<RefusedWhy> {
  if (status === 422 && (await isOptedOut(service.sql, person, 'case'))) return 'said-no'
  return whyOf[status] ?? 'refused'
}

const noteRefused = async (context: RequestContext, person: string, why: string) =>
  await note(context, new Map([[person, [`Patient/${person}`]]]), {
    ...{ act: 'E', way: '$decide-people', allowed: false, why },
  })

const whyOf: Readonly<Record<number, RefusedWhy>> = {
  403: 'not-allowed',
  404: 'not-found',
  409: 'decided-before',
  412: 'decided-before',
}
