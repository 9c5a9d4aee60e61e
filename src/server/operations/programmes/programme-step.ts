import { isStaff } from '#domain/access/actor.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { checkedCriteria, needsReason } from '#domain/programme/criteria.ts'
import type { Programme } from '#domain/programme/programme.ts'
import {
  isOpenEntry,
  type ProgrammeEntry,
  type ProgrammeStep,
  type StepFault,
  type StepKind,
  stepFault,
} from '#domain/programme/programme-entry.ts'
import { programmeEntryToFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeStepRequest, type StepRequest } from '#domain/programme/programme-parameters.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { type EntryRow, entryRows } from './entry-rows.ts'
import { excludedBy, factsOf } from './person-programmes.ts'
import { type StoredProgramme, storedProgrammes } from './stored-programmes.ts'

const way = '$programme-step'
const longest = 2_000

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
        const entry = entryAsked(known, person, asked)
        if (isSentAgain(entry, asked)) return programmeEntryToFhir(entry)
        mustFollow(entry, asked, today)
        await mustBeSound(inside, { entry, asked, known })
        const next = { ...entry, steps: [...entry.steps, stepOf(inside, person, asked)] }
        const group = programmeEntryToFhir(next)
        await keepRecords(inside, [group], { person, way })
        return group
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

type Known = Readonly<{ rows: readonly EntryRow[]; all: readonly StoredProgramme[] }>

async function knownOf({ service, now, zone }: RequestContext, person: string): Promise<Known> {
  const reading = { sql: service.sql, scope: everyone, now, zone }
  return {
    rows: await entryRows(reading, { person }),
    all: await storedProgrammes(service.sql),
  }
}

/** The entry that the step is for; a new one for an invitation. */
function entryAsked({ rows, all }: Known, person: string, asked: StepRequest): ProgrammeEntry {
  const id = asked.entry || asked.newId || ''
  const stands = rows.find(({ entry }) => entry.id === id)?.entry
  if (stands) return stands
  if (asked.entry) throw notFound()
  const found = all.find(({ programme }) => programme.id === asked.programme)?.programme
  if (!found || found.retired)
    throw new FhirProblem(422, 'business-rule', 'There is no such programme in use')
  if (rows.some(({ entry }) => entry.programme === found.id && isOpenEntry(entry)))
    throw new FhirProblem(409, 'conflict', 'They are invited already, or in this programme')
  return {
    ...{ id: id || crypto.randomUUID(), person, programme: found.id },
    ...{ version: found.version, title: found.title, steps: [] },
  }
}

/** An invitation that came before, and whose answer was lost. */
const isSentAgain = ({ id, steps }: ProgrammeEntry, { entry, newId, kind }: StepRequest) =>
  !entry && newId === id && kind === 'invited' && steps.length === 1

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

/** A no of the person counts; what the record shows, and another programme, ask for a reason. */
async function mustBeSound(context: RequestContext, { entry, asked, known }: Wish): Promise<void> {
  const { kind } = asked
  const programme = known.all.find((each) => each.programme.id === entry.programme)?.programme
  if (programme) mustHaveItsReason(programme, asked)
  if (!['invited', 'entered', 'resumed'].includes(kind)) return
  await mustBeLiving(context, entry.person, 'case')
  const facts = await factsOf(context.service.sql, entry.person, asked.day)
  if (facts?.saidNo) throw refusal(saidNo[facts.saidNo])
  if (kind === 'resumed' || !programme || asked.against.trim() !== '') return
  const others = excludedBy(programme, known)
  if (others.length > 0)
    throw refusal(`They are in “${others.join('”, “')}”, which excludes this one. Say why both`)
  if (kind !== 'entered' || !facts) return
  const answers = checkedCriteria(programme.criteria, facts.check).map(({ answer }) => answer)
  if (needsReason(answers))
    throw refusal('The record does not show that they may enter. Say why they enter')
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

const saidNo = {
  case: 'This person said no to case management. They can be invited only after they take that back',
  finding:
    'This person said no to being looked for. They can be invited only after they take that back',
} as const

const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)

const trimmed = (words: string) => words.trim().slice(0, longest) || undefined

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
