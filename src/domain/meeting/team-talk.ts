import type { Who } from '#domain/plan/plan.ts'
import type { AgendaKind } from './agenda.ts'

/** planned: on the agenda; now: being talked about; done: talked about; later: put first on another day. */
export type TalkState = 'planned' | 'now' | 'done' | 'later'

/** Whether somebody was there when this person was talked about. */
export type Presence = 'not-heard' | 'there' | 'wrote' | 'cannot-come'
export const presences: readonly Presence[] = ['there', 'wrote', 'cannot-come', 'not-heard']

/** Without a reference for somebody of another organisation who has no account here. */
export type MeetingMember = Readonly<{ reference: string; name: string; presence: Presence }>

/** What somebody brings, in their own words, before the meeting or in it. */
export type BroughtWords = Readonly<{ id: string; by: Who; at: string; words: string }>

export type DecisionKind = 'task' | 'plan' | 'goal' | 'step' | 'referral' | 'unmet-need'
export const decisionKinds: readonly DecisionKind[] = [
  ...(['task', 'plan', 'goal', 'step', 'referral', 'unmet-need'] as const),
]

/** A new goal or step is suggested: it comes into the plan when the person or the team takes it. */
export const isSuggestedDecision = (kind: DecisionKind): kind is 'goal' | 'step' =>
  kind === 'goal' || kind === 'step'

/** Somebody who does not agree, in their words; kept with the decision. */
export type Dissent = Readonly<{ by: string; words: string }>

/** What was decided: one owner, one day, and the records that it became. */
export type MeetingDecision = Readonly<{
  id: string
  kind: DecisionKind
  words: string
  owner: Who
  /** `YYYY-MM-DD` */
  by: string
  /** of a referral: to whom */
  to?: string
  /** of a change of the plan: the goal, for example `Goal/1`. Its words are read there, by whoever may read it */
  goal?: string
  dissent: readonly Dissent[]
  /** for example `Task/1`: the task of the owner first */
  records: readonly string[]
  written: Readonly<{ by: Who; at: string }>
}>

/** What one team meeting says about one person. The meeting itself is all talks with the same `meeting`. */
export type TeamTalk = Readonly<{
  id: string
  version: string
  person: string
  meeting: string
  title: string
  organisation?: Readonly<{ id: string; name: string }>
  /** instant */
  start: string
  place: number
  minutes: number
  state: TalkState
  /** seconds that were used until `runningSince` */
  used: number
  /** instant; absent: the clock stands still */
  runningSince?: string
  /**
   * Why the person was put on the agenda: never in words, which not everybody may read who reads this. Absent: for
   * no rule.
   */
  why?: AgendaKind
  members: readonly MeetingMember[]
  brought: readonly BroughtWords[]
  decisions: readonly MeetingDecision[]
  /** who says that the person knows that the team talks about them; absent: nobody has said so */
  told?: Readonly<{ by: Who; at: string }>
  /** when this person was finished, an instant */
  doneAt?: string
}>

/** Whole seconds that are left; below zero once the time is over. Nothing happens then. */
export function secondsLeft(
  { minutes, used, runningSince }: Pick<TeamTalk, 'minutes' | 'used' | 'runningSince'>,
  now: string,
): number {
  const running = runningSince ? Math.max(0, Date.parse(now) - Date.parse(runningSince)) / 1000 : 0
  return Math.round(minutes * 60 - used - running)
}

/** The clock stands still, and what ran is counted. */
export function withClockStopped(talk: TeamTalk, now: string): TeamTalk {
  const { runningSince: _since, ...rest } = talk
  return { ...rest, used: talk.minutes * 60 - secondsLeft(talk, now) }
}

export const longestMeetingWords = 2000
export const longestMinutes = 60

export type TalkStep =
  | 'start'
  | 'pause'
  | 'minutes'
  | 'done'
  | 'later'
  | 'bring'
  | 'presence'
  | 'told'
  | 'again'

export const talkSteps: readonly TalkStep[] = [
  ...([
    'start',
    'pause',
    'minutes',
    'done',
    'later',
    'bring',
    'presence',
    'told',
    'again',
  ] as const),
]

const stepsIn: Readonly<Record<TalkState, readonly TalkStep[]>> = {
  planned: ['start', 'minutes', 'later', 'bring', 'presence', 'told'],
  now: ['start', 'pause', 'minutes', 'done', 'later', 'bring', 'presence', 'told'],
  done: ['again', 'presence'],
  later: ['again', 'presence'],
}

/** Whether a step may follow in this state; to repeat it does no harm. */
export const mayTakeStep = (state: TalkState, step: TalkStep) => stepsIn[state].includes(step)

/** The talk after a step of the clock or its end. */
export function afterStep(
  talk: TeamTalk,
  step: TalkStep,
  { at, minutes }: Readonly<{ at: string; minutes: number }>,
): TeamTalk {
  switch (step) {
    case 'start':
      return { ...talk, state: 'now', runningSince: talk.runningSince ?? at }
    case 'pause':
      return withClockStopped(talk, at)
    case 'minutes':
      return { ...talk, minutes }
    case 'done':
      return { ...withClockStopped(talk, at), state: 'done', doneAt: at }
    case 'later':
      return { ...withClockStopped(talk, at), state: 'later', doneAt: at }
    case 'again': {
      const { doneAt: _done, ...rest } = talk
      return { ...rest, state: 'now' }
    }
    default:
      return talk
  }
}
