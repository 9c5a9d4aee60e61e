import { type MeetingStep, meetingStepRequest } from '#domain/meeting/meeting-parameters.ts'
import {
  afterStep,
  longestMeetingWords,
  longestMinutes,
  type MeetingMember,
  mayTakeStep,
  type TeamTalk,
  withClockStopped,
} from '#domain/meeting/team-talk.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import {
  isOfTeam,
  keepTalk,
  mustBeProfessional,
  type StoredTalk,
  talksOfMeeting,
  talkToChange,
} from './stored-talks.ts'

const way = '$meeting-step'

/**
 * One step in a meeting about one person: the clock, the end, who was there, and what somebody brings. Two screens at
 * once follow each other, and a step that was sent twice is done once.
 */
export const meetingStepOperation: Operation = {
  name: 'meeting-step',
  on: 'type',
  type: 'Appointment',
  changes: true,
  purpose:
    'One step in a team meeting about one person (talk): kind start, pause, minutes (with minutes), done, later (put first next time), again, bring (words, newId), presence (member, presence), told (the person knows that the team talks about them); for professionals who care for that person',
  async run(call) {
    mustBeProfessional(call.actor)
    const asked = askedParameters(call, meetingStepRequest)
    return await withinRecord(call.context, async (inside) => {
      const stands = await talkToChange(inside, asked.talk)
      const { talk } = stands
      if (isSentAgain(talk, asked)) return stands.record
      if (!mayTakeStep(talk.state, asked.kind))
        throw new FhirProblem(
          ...([409, 'conflict'] as const),
          'Somebody else went on in this meeting. Look at it again',
        )
      const next = changed(inside, talk, asked)
      if (asked.kind === 'start') await stopOthers(inside, talk)
      await keepTalk(inside, { record: stands.record, talk: next }, way)
      if (asked.kind === 'presence') await sayPresenceOfOthers(inside, talk, asked)
      return stands.record
    })
  },
}

const isSentAgain = (talk: TeamTalk, { kind, newId }: MeetingStep) =>
  (kind === 'told' && talk.told !== undefined) ||
  (kind === 'done' && talk.state === 'done') ||
  (kind === 'later' && talk.state === 'later') ||
  (kind === 'bring' && talk.brought.some(({ id }) => id === newId))

const invalid = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })

function changed(context: RequestContext, talk: TeamTalk, asked: MeetingStep): TeamTalk {
  const { kind, minutes } = asked
  const at = context.now.toISOString()
  if (kind === 'bring') return withBrought(context, talk, asked)
  if (kind === 'told') return { ...talk, told: { by: writerOf(context, talk.person).who, at } }
  if (kind === 'presence') return withPresence(talk, memberIn(asked))
  if (kind === 'minutes' && (minutes < 1 || minutes > longestMinutes))
    throw invalid(`Give between 1 and ${longestMinutes} minutes`, 'minutes')
  return afterStep(talk, kind, { at, minutes })
}

function withBrought(context: RequestContext, talk: TeamTalk, asked: MeetingStep): TeamTalk {
  const words = asked.words.trim()
  if (words === '') throw invalid('Write what you bring to the meeting', 'words')
  if (words.length > longestMeetingWords)
    throw invalid(`Use at most ${longestMeetingWords} characters`, 'words')
  if (asked.newId === '') throw new FhirProblem(400, 'required', 'Give it an id (newId)')
  const { who: by } = writerOf(context, talk.person)
  const said = { id: asked.newId, by, at: context.now.toISOString(), words }
  const before = { ...talk, brought: [...talk.brought, said] }
  const member = talk.members.find(({ reference }) => reference === by.reference)
  // who writes before the meeting has been heard, and may still come
  const isUnheard = member?.presence === 'not-heard' || member?.presence === 'cannot-come'
  return member && isUnheard ? withPresence(before, { ...member, presence: 'wrote' }) : before
}

function memberIn({ member, presence }: MeetingStep): MeetingMember {
  const name = member?.name.trim() ?? ''
  if (!member || name === '' || !presence) throw invalid('Say who, and whether they came', 'member')
  if (!/^$|^Practitioner\/[A-Za-z0-9.-]{1,64}$/.test(member.reference))
    throw invalid('A member is a professional, or somebody by name', 'member')
  return { reference: member.reference, name, presence }
}

const isSame = (one: MeetingMember, other: MeetingMember) =>
  one.reference || other.reference ? one.reference === other.reference : one.name === other.name

const withPresence = (talk: TeamTalk, member: MeetingMember): TeamTalk => ({
  ...talk,
  members: talk.members.some((each) => isSame(each, member))
    ? talk.members.map((each) =>
        isSame(each, member) ? { ...each, presence: member.presence } : each,
      )
    : [...talk.members, member],
})

async function othersOf(context: RequestContext, talk: TeamTalk): Promise<readonly StoredTalk[]> {
  const reading = { sql: context.sql, scope: context.accessScope.scope, now: context.now }
  const others = (await talksOfMeeting(reading, talk.meeting)).filter(
    ({ talk: each }) => each.id !== talk.id,
  )
  const open: StoredTalk[] = []
  for (const each of others)
    if (await isOfTeam(context, each.talk.person))
      open.push(await talkToChange(context, each.talk.id))
  return open
}

/** One clock runs at a time. */
async function stopOthers(context: RequestContext, talk: TeamTalk): Promise<void> {
  for (const { record, talk: other } of await othersOf(context, talk))
    if (other.runningSince)
      await keepTalk(
        context,
        { record, talk: withClockStopped(other, context.now.toISOString()) },
        way,
      )
}

/** Who comes is there for everybody who has not been talked about yet, as far as the caller decides about them. */
async function sayPresenceOfOthers(
  context: RequestContext,
  talk: TeamTalk,
  asked: MeetingStep,
): Promise<void> {
  for (const { record, talk: other } of await othersOf(context, talk))
    if (other.state === 'planned')
      await keepTalk(context, { record, talk: withPresence(other, memberIn(asked)) }, way)
}
