import type { RequestGroup } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { deathIn, isBeforeDeath } from '#domain/person/death.ts'
import { checkedCriteria, needsReason } from '#domain/programme/criteria.ts'
import type { Programme } from '#domain/programme/programme.ts'
import {
  entryState,
  isOpenEntry,
  longestWords,
  type ProgrammeEntry,
  type ProgrammeStep,
  type StepFault,
  type StepKind,
  stepFault,
} from '#domain/programme/programme-entry.ts'
import { programmeEntryToFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeStepRequest, type StepRequest } from '#domain/programme/programme-parameters.ts'
import { stepsLeft, wasDeclined } from '#domain/programme/why-left-out.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { type EntryRow, entryRows } from './entry-rows.ts'
import { excludedBy, factsOf } from './person-programmes.ts'
import {
  type DefinedThen,
  definedThen,
  type StoredProgramme,
  storedProgrammes,
} from './stored-programmes.ts'

const way = '$programme-step'

/**
 * The next step of a person’s way through a programme, after the last one that stands. The person themselves says stop;
 * every other step is a professional’s.
 */
export const programmeStepOperation: Operation = {
  name: 'programme-step',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Adds the next step of a person’s way through a programme: programme, entry (empty for an invitation), newId, seen (how many steps the caller saw), kind (invited, attempt, entered, paused, resumed, ended), day, way, outcome, callBackOn, reason, words, against; the person may say ended with the reason asked-to-stop. Returns the entry',
  async run(call) {
    const { context, id: person = '', today } = call
    const asked = askedParameters(call, programmeStepRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mayAdd(inside, person, asked)
        // two steps at once would both follow the same one
        await inside.service.sql.query(
          `select rid from resource where rt = 'Patient' and id = $1 for update`,
          [person],
        )
        const known = await knownOf(inside, person)
        const stands = standingEntry(known, asked)
        const entry = stands?.entry ?? (await newEntry(inside, { known, asked }))
        if (stands && isSentAgain(entry, asked)) return stands.group
        mustFollow(entry, asked, today)
        await mustBeSound(inside, { entry, asked, known })
        const next = { ...entry, steps: [...entry.steps, stepOf(inside, person, asked)] }
        return await kept(inside, next, stands?.group)
      },
      person,
    )
  },
}

async function mayAdd(context: RequestContext, person: string, { kind, reason }: StepRequest) {
  const { actor } = context
  const relation = await relationTo(context, person)
  if (relation === 'self') {
    if (kind === 'ended' && reason === 'asked-to-stop') return
    throw forbidden('At home you can say stop. Everything else is done with your team')
  }
  const isTheirs = isStaff(actor) && actor.practitioner && ['named', 'related'].includes(relation)
  if (!isTheirs) throw forbidden('Only the person and professionals who care for them do this')
}

type Known = Readonly<{
  /** the record that is asked for: what is known of the person, and whether anything goes on there */
  person: string
  /** those that the caller may see */
  rows: readonly EntryRow[]
  /** those that the caller must not learn of */
  hidden: readonly EntryRow[]
  all: readonly StoredProgramme[]
  asDefined: DefinedThen
}>

/** Of all records of the person: one that was joined to theirs is about them too. */
async function knownOf(context: RequestContext, person: string): Promise<Known> {
  const { service, now, zone, accessScope } = context
  const reading = { sql: service.sql, now, zone }
  const rows = await entryRows({ ...reading, scope: accessScope.scope }, { person })
  const seen = new Set(rows.map(({ entry }) => entry.id))
  const every = await entryRows({ ...reading, scope: everyone }, { person })
  const all = await storedProgrammes(service.sql)
  return {
    ...{ person, rows, all },
    hidden: every.filter(({ entry }) => !seen.has(entry.id)),
    asDefined: await definedThen(
      service.sql,
      every.map(({ entry }) => entry),
      all,
    ),
  }
}

/**
 * The entry that the step is for, if the caller may see it. One of a record that was joined to this one goes on here, and
 * stays with that record.
 */
function standingEntry({ rows }: Known, asked: StepRequest): EntryRow | undefined {
  const id = asked.entry || asked.newId
  const stands = rows.find(({ entry }) => entry.id === id)
  if (!stands && asked.entry) throw notFound()
  return stands
}

const conflict = (words: string) => new FhirProblem(409, 'conflict', words)

type Invitation = Readonly<{ known: Known; asked: StepRequest }>

async function newEntry(
  { service }: RequestContext,
  { known, asked }: Invitation,
): Promise<ProgrammeEntry> {
  const { person, rows, hidden, all } = known
  const id = asked.newId ?? crypto.randomUUID()
  const found = all.find(({ programme }) => programme.id === asked.programme)?.programme
  if (!found || found.retired)
    throw new FhirProblem(422, 'business-rule', 'There is no such programme in use')
  const isIn = ({ entry }: EntryRow) => entry.programme === found.id && isOpenEntry(entry)
  if (rows.some(isIn)) throw conflict('They are invited already, or in this programme')
  if (hidden.some(isIn)) throw conflict('They cannot be invited to this now')
  // a record under this id may be anybody’s
  if (await service.store.read('RequestGroup', id, everyone)) throw conflict('This id is in use')
  return {
    ...{ id, person, programme: found.id },
    ...{ version: found.version, title: found.title, steps: [] },
  }
}

/** An invitation that came before, and whose answer was lost. */
const isSentAgain = ({ programme, steps }: ProgrammeEntry, asked: StepRequest) =>
  !asked.entry && asked.programme === programme && asked.kind === 'invited' && steps.length === 1

/** An invitation is written only where nothing stands; what the record is labelled with stays. */
async function kept(
  context: RequestContext,
  entry: ProgrammeEntry,
  before: RequestGroup | undefined,
): Promise<RequestGroup> {
  const { person } = entry
  const meta = before?.meta
  const resource = { ...programmeEntryToFhir(entry), ...(meta ? { meta } : {}) }
  const expect = before ? { version: Number(meta?.versionId) } : ('absent' as const)
  const request = { resource, expect, person, vouched: false }
  const written = await context.service.store.write(request)
  const act = before ? ('U' as const) : ('C' as const)
  await noteWritten(context, [{ request, act, person, before, written }], way)
  return (written.kept.resource as RequestGroup | undefined) ?? resource
}

const refusals: Readonly<Record<StepFault, string>> = {
  'not-next': 'This does not follow the last step. Look at it again',
  day: 'Say on which day it was',
  'before-last': 'This is before the step that came last',
  'in-future': 'This day has not come yet',
  way: 'Say how you tried: a call, a visit or a letter',
  outcome: 'Say what came of it',
  'call-back': 'Say on which day to call back: that day or later',
  reason: 'Say why',
  words: 'Say it in words',
  'too-long': `Write ${longestWords} characters at most, in each box`,
}

function mustFollow(entry: ProgrammeEntry, asked: StepRequest, today: string): void {
  if (entry.steps.length !== asked.seen)
    throw new FhirProblem(409, 'conflict', 'Somebody added a step. Look at it again')
  const fault = stepFault(asked, { steps: entry.steps, today })
  if (!fault) return
  if (fault === 'not-next') throw new FhirProblem(409, 'conflict', refusals[fault])
  throw new FhirProblem(422, 'business-rule', refusals[fault])
}

type Wish = Readonly<{ entry: ProgrammeEntry; asked: StepRequest; known: Known }>

/**
 * A death, a record out of use and a no of the person count; what the record shows, and another programme, ask for a
 * reason. The version counts under which the person was invited.
 */
async function mustBeSound(context: RequestContext, { entry, asked, known }: Wish): Promise<void> {
  const { kind } = asked
  const programme = known.asDefined(entry)?.programme
  if (programme) mustHaveItsReason(programme, asked)
  await mustFitTheDeath(context, known.person, asked)
  // whether the caller may take this step was asked before; the refusals count for whoever takes it
  const reading = { sql: context.service.sql, scope: everyone, now: context.now }
  const facts = await factsOf(reading, known.person, asked.day)
  mustNotBeLeftOut(facts, { entry, kind })
  if (!['invited', 'entered'].includes(kind) || !programme || asked.against.trim() !== '') return
  const against = speaksAgainst(programme, known, kind)
  if (against) throw refusal(against)
  if (kind !== 'entered' || !facts) return
  const answers = checkedCriteria(programme.criteria, facts.check).map(({ answer }) => answer)
  if (needsReason(answers))
    throw refusal('The record does not show that they may enter. Say why they enter')
}

/** The reason “died” is for somebody whose death is on the record, from that day on; after it there is no other step. */
async function mustFitTheDeath(
  context: RequestContext,
  person: string,
  { kind, reason, day }: StepRequest,
): Promise<void> {
  if (kind !== 'ended' || reason !== 'died') {
    await mustBeLiving(context, person, 'programme')
    return
  }
  const patient = await patientOf(context, person)
  const died = patient && deathIn(patient)
  if (died === undefined)
    throw refusal(
      'The record does not say that this person has died. Record the death first, on the page “Review”, or choose another reason',
    )
  if (isBeforeDeath(day, died, context.zone))
    throw refusal('This day is before the death. Enter the day of the death or a later one')
}

type Facts = Awaited<ReturnType<typeof factsOf>>

function mustNotBeLeftOut(
  facts: Facts,
  { entry, kind }: Readonly<{ entry: ProgrammeEntry; kind: StepKind }>,
): void {
  const { leftOut } = facts ?? {}
  if (!leftOut || leftOut === 'died') return
  const isStillFine = entry.steps.length > 0 && stepsLeft(entryState(entry), leftOut).includes(kind)
  if (isStillFine) return
  if (leftOut === 'joined')
    throw refusal(
      'This record was joined to another. Open it and follow its link to the one in use',
    )
  throw refusal(notAsked[leftOut])
}

/** Why somebody has to say why; a hidden entry is not named. */
function speaksAgainst(
  programme: Programme,
  { rows, hidden, asDefined }: Known,
  kind: StepKind,
): string | undefined {
  const others = excludedBy(programme, { rows, asDefined })
  if (others.length > 0)
    return `They are in “${others.join('”, “')}”, which excludes this one. Say why both`
  const wasDeclinedIn = (some: readonly EntryRow[]) =>
    kind === 'invited' &&
    wasDeclined(
      some.map(({ entry }) => entry),
      programme.id,
    )
  if (wasDeclinedIn(rows)) return 'They said no to this programme before. Say why they are invited'
  if (excludedBy(programme, { rows: hidden, asDefined }).length > 0 || wasDeclinedIn(hidden))
    return 'Something on the record speaks against this. Say why all the same'
  return undefined
}

const always: readonly string[] = ['other', 'died', 'asked-to-stop']

/** One that its definition names: anything else is said in words. */
function mustHaveItsReason({ pauses, ends }: Programme, { kind, reason }: StepRequest): void {
  const named: Readonly<Partial<Record<StepKind, readonly string[]>>> = {
    paused: pauses,
    ended: ends,
  }
  const theirs = named[kind]
  if (!theirs || !reason || theirs.includes(reason)) return
  if (kind === 'paused' ? reason === 'other' : always.includes(reason)) return
  throw refusal('The programme does not name this reason. Choose “other”, and say it in words')
}

const notAsked = {
  'set-aside': 'This record is no longer in use. Open the one that replaces it, and go on there',
  case: 'This person said no to case management. Until they take that back, nobody invites them or tries to reach them for a programme',
  finding:
    'This person said no to being looked for. Until they take that back, nobody invites them or tries to reach them for a programme',
} as const

const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)

const trimmed = (words: string) => words.trim() || undefined

/** With what belongs to its kind, and nothing else. */
function stepOf(context: RequestContext, person: string, asked: StepRequest): ProgrammeStep {
  const { kind, day } = asked
  const tried = kind === 'attempt' ? asked : undefined
  const reason = kind === 'paused' || kind === 'ended' ? asked.reason : undefined
  const callBackOn = tried?.outcome === 'call-back' ? tried.callBackOn : undefined
  return {
    ...{ kind, day, by: writerOf(context, person).who, at: context.now.toISOString() },
    ...{ ...given('way', tried?.way), ...given('outcome', tried?.outcome) },
    ...{ ...given('callBackOn', callBackOn), ...given('reason', reason) },
    ...given('words', trimmed(asked.words)),
    ...given('against', trimmed(asked.against)),
  }
}
