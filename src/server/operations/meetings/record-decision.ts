import type { Task } from '@medplum/fhirtypes'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { goalFromFhir } from '#domain/goal/fhir.ts'
import { isMeetingLetter } from '#domain/meeting/is-team-meeting.ts'
import { type RecordDecision, recordDecisionRequest } from '#domain/meeting/meeting-parameters.ts'
import {
  isSuggestedDecision,
  longestMeetingWords,
  type MeetingDecision,
  type TeamTalk,
} from '#domain/meeting/team-talk.ts'
import { writtenDay } from '#domain/plan/document/written-day.ts'
import { needToFhir } from '#domain/plan/fhir.ts'
import type { Who } from '#domain/plan/plan.ts'
import { sentReferral } from '#domain/referral/fhir.ts'
import { suggestedChangeToFhir } from '#domain/suggestion/suggested-change-fhir.ts'
import { newTask } from '#domain/task/fhir.ts'
import { meetingTemplate } from '#domain/template/suggested-item.ts'
import { templateItemToFhir } from '#domain/template/template-fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { keepTalk, mustBeProfessional, talkToChange } from './stored-talks.ts'

/**
 * A decision of a team meeting becomes records at once, all or none: always a task with one owner and one day, and
 * beside it the suggested change, the referral or the need that nobody can meet yet. Each record is checked as if the
 * caller had written it alone. Sent twice, it is recorded once.
 */
export const recordDecisionOperation: Operation = {
  name: 'record-decision',
  on: 'type',
  type: 'Appointment',
  changes: true,
  purpose:
    'Records what a team meeting decides about one person (talk): newId, kind (task, plan, goal, step, referral, unmet-need), words, owner (a professional), by (a day), to (of a referral), goal (of a change of the plan), dissent (by, words); writes the task of the owner and the records that it becomes; a new goal or step is suggested, and comes into the plan when the person or the team takes it',
  async run(call) {
    mustBeProfessional(call.actor)
    const asked = askedParameters(call, recordDecisionRequest)
    mustBeSound(asked, call.today)
    return await withinRecord(call.context, async (inside) => {
      const { record, talk } = await talkToChange(inside, asked.talk)
      if (isRecorded(talk, asked)) return record
      await mustBeBeforeLetter(inside, talk)
      if (talk.state === 'later')
        throw conflict('This person was put off. Take them up again first')
      await mustBeLiving(inside, talk.person, 'promise')
      const made = await recordsOf(inside, talk, asked)
      for (const resource of made) await storeRecord(inside, { resource, onlyNew: true })
      const suggested = suggestedOf(inside, talk, asked)
      await keepRecords(inside, suggested, { person: talk.person, way: '$record-decision' })
      const decision: MeetingDecision = {
        ...{ id: asked.newId, kind: asked.kind, words: asked.words.trim() },
        ...{ owner: ownerIn(asked), by: asked.by },
        ...given('to', asked.to?.name),
        ...given('goal', goalIn(asked)),
        dissent: dissentIn(asked),
        records: [...made, ...suggested].map(({ resourceType, id }) => `${resourceType}/${id}`),
        written: { by: writerOf(inside, talk.person).who, at: inside.now.toISOString() },
      }
      const next = { ...talk, decisions: [...talk.decisions, decision] }
      await keepTalk(inside, { record, talk: next }, '$record-decision')
      return record
    })
  },
}

/** True for a retry. The same id with anything else is no retry: nobody would learn that it was not recorded. Throws 409. */
function isRecorded({ decisions }: TeamTalk, asked: RecordDecision): boolean {
  const stands = decisions.find(({ id }) => id === asked.newId)
  if (!stands) return false
  const { kind, words, owner, by, to, goal, dissent } = stands
  const said = [kind, words, owner.reference, by, to, goal, dissent]
  const again = [asked.kind, asked.words.trim(), asked.owner.reference, asked.by, asked.to?.name]
  if (JSON.stringify(said) === JSON.stringify([...again, goalIn(asked), dissentIn(asked)]))
    return true
  throw conflict(
    'This decision was recorded already, in other words. Send it with an id of its own',
  )
}

const dissentIn = ({ dissent }: RecordDecision) =>
  dissent.filter(({ words }) => words.trim() !== '').map(({ by, words }) => ({ by, words }))

const goalIn = ({ kind, goal }: RecordDecision) =>
  kind === 'plan' && goal ? `Goal/${goal}` : undefined

/** What is decided after the letter would never be told to the person. Throws 409. */
async function mustBeBeforeLetter({ service }: RequestContext, { id }: TeamTalk): Promise<void> {
  const { resource } = (await service.store.read('Communication', `letter-${id}`, everyone)) ?? {}
  if (resource && isMeetingLetter(resource))
    throw conflict(
      'The letter about this meeting has gone to the person. Put them on the agenda of the next meeting to decide more',
    )
}

const conflict = (words: string) => new FhirProblem(409, 'conflict', words)

/** Rooms that are closed to somebody who reads what a meeting says: the person, or professionals who are not named. */
const closedRooms: readonly (string | undefined)[] = [
  'restricted',
  'professional',
  'sealed',
  'alone',
]

/** The words of a decision are read by everybody who reads the talk, and in the letter. Throws 422. */
async function mustBeForAllReaders(
  { service }: RequestContext,
  { id }: TeamTalk,
  room: string | undefined,
): Promise<void> {
  if (!closedRooms.includes(room)) return
  const talk = await service.store.read('Appointment', id, everyone)
  if (talk?.room === room) return
  throw invalid(
    'Not everybody who reads this meeting may read this goal. Suggest the change in the plan itself',
    'goal',
  )
}

const ownerIn = ({ owner }: RecordDecision): Who => ({
  ...{ reference: owner.reference, name: owner.name, voice: 'professional' },
})

const invalid = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })

function mustBeSound(asked: RecordDecision, today: string): void {
  const { newId, words, owner, by, dissent } = asked
  if (!/^[A-Za-z0-9\-.]{1,40}$/.test(newId))
    throw new FhirProblem(400, 'value', 'Give the decision an id (newId)')
  if (words.trim() === '') throw invalid('Write what you decide', 'words')
  if (
    [words, ...dissent.map((each) => each.words)].some((each) => each.length > longestMeetingWords)
  )
    throw invalid(`Use at most ${longestMeetingWords} characters`, 'words')
  if (!/^Practitioner\/[A-Za-z0-9.-]{1,64}$/.test(owner.reference) || owner.name === '')
    throw invalid('Say who does it: one professional by name', 'owner')
  if (!isWholeDay(by)) throw invalid('Say by which day', 'by')
  if (by < today) throw invalid('The day is over. Choose today or a later day', 'by')
  mustSayAbout(asked)
}

/** What only some kinds of decisions need. */
function mustSayAbout({ kind, to, goal, dissent }: RecordDecision): void {
  if (kind === 'referral' && !/^Organization\/.+/.test(to?.reference ?? ''))
    throw invalid('Say who is asked', 'to')
  if (kind === 'plan' && !goal) throw invalid('Say which goal the change is about', 'goal')
  if (dissent.some((each) => each.words.trim() !== '' && each.by.trim() === ''))
    throw invalid('Say who does not agree', 'dissent')
}

async function recordsOf(
  context: RequestContext,
  talk: TeamTalk,
  asked: RecordDecision,
): Promise<readonly ResourceWithId[]> {
  const { person } = talk
  const written = { by: writerOf(context, person).who, at: context.now.toISOString() }
  const words = asked.words.trim()
  const task = newTask(
    { id: `${asked.newId}-task`, person, what: words, owner: ownerIn(asked), dueOn: asked.by },
    written,
  )
  switch (asked.kind) {
    case 'plan':
      return [task, await changeOf(context, talk, asked)]
    case 'referral': {
      const to: Who = {
        ...{ reference: asked.to?.reference ?? '', name: asked.to?.name ?? '' },
        voice: 'professional',
      }
      const ids = { id: `${asked.newId}-referral`, requestId: `${asked.newId}-request` }
      const [request, sent] = sentReferral({ ...ids, person, what: words, why: '', to }, written)
      return [task, request, sent]
    }
    case 'unmet-need': {
      const need = { id: `${asked.newId}-need`, person, words, unmet: true, resolved: false }
      return [task, needToFhir({ ...need, askedOn: written.at, written })]
    }
    default:
      return [task]
  }
}

/** A new goal or step: it waits, as what a template suggests does, in the name of whoever wrote the decision down. */
function suggestedOf(
  context: RequestContext,
  { person, start }: TeamTalk,
  { newId, kind, words }: RecordDecision,
): readonly (Task & { id: string })[] {
  if (!isSuggestedDecision(kind)) return []
  const day = writtenDay(dayOf(start, context.zone), context.zone)
  return [
    templateItemToFhir({
      ...{ id: `item-${sha256Hex(`meeting ${newId} ${person}`).slice(0, 40)}`, person },
      template: meetingTemplate,
      item: { id: newId, kind, words: words.trim(), because: `the team talked about it on ${day}` },
      ...{ by: writerOf(context, person).who, at: context.now.toISOString() },
    }),
  ]
}

/** Other words for a goal: they wait for the yes of the one whose words stand there now. */
async function changeOf(context: RequestContext, talk: TeamTalk, asked: RecordDecision) {
  const found = await context.store.read('Goal', asked.goal ?? '', context.accessScope.scope)
  if (found?.resource?.resourceType !== 'Goal' || found.person !== talk.person)
    throw invalid('There is no such goal in this person’s plan', 'goal')
  await mustBeForAllReaders(context, talk, found.room)
  const baseWords = goalFromFhir({ ...found.resource, id: asked.goal ?? '' }).words
  return suggestedChangeToFhir({
    ...{ id: `${asked.newId}-change`, person: talk.person, record: `Goal/${asked.goal}` },
    ...{ place: 'words', words: asked.words.trim(), why: `${talk.title}`.trim() },
    by: writerOf(context, talk.person).who,
    at: context.now.toISOString(),
    ...{ baseVersion: String(found.version), baseWords },
  })
}
