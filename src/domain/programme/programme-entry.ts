import { isWholeDay } from '#domain/calendar/days.ts'
import type { Who } from '#domain/plan/plan.ts'
import { attemptsUntilNeverReached, type EndReason, type PauseReason } from './programme.ts'

export const outreachWays = ['call', 'visit', 'letter'] as const
export type OutreachWay = (typeof outreachWays)[number]

export const outreachOutcomes = [
  ...(['reached', 'no-answer', 'call-back', 'declined', 'wrong-number'] as const),
] as const
export type OutreachOutcome = (typeof outreachOutcomes)[number]

export const stepKinds = ['invited', 'attempt', 'entered', 'paused', 'resumed', 'ended'] as const
export type StepKind = (typeof stepKinds)[number]

/** One step of a person’s way through a programme. It stays as it was written. */
export type ProgrammeStep = Readonly<{
  kind: StepKind
  /** when it was, `YYYY-MM-DD` */
  day: string
  /** when it was written down: an instant */
  at: string
  by: Who
  way?: OutreachWay
  outcome?: OutreachOutcome
  /** the day on which the person asked to be called back */
  callBackOn?: string
  reason?: PauseReason | EndReason
  words?: string
  /** why somebody entered although the record shows another thing, or although another programme excludes it */
  against?: string
}>

export type EntryState = 'invited' | 'entered' | 'paused' | 'ended' | 'declined'

/** A person’s way through one programme, as it was defined in the version under which they were invited. */
export type ProgrammeEntry = Readonly<{
  id: string
  person: string
  programme: string
  version: number
  /** as it was called then */
  title: string
  /** the oldest first */
  steps: readonly ProgrammeStep[]
}>

const after: Readonly<Record<StepKind, EntryState>> = {
  invited: 'invited',
  attempt: 'invited',
  entered: 'entered',
  paused: 'paused',
  resumed: 'entered',
  ended: 'ended',
}

export const entryState = ({ steps }: Pick<ProgrammeEntry, 'steps'>): EntryState =>
  steps.reduce<EntryState>(
    (_state, { kind, outcome }) => (outcome === 'declined' ? 'declined' : after[kind]),
    'invited',
  )

const next: Readonly<Record<EntryState, readonly StepKind[]>> = {
  invited: ['attempt', 'entered', 'ended'],
  entered: ['paused', 'ended'],
  paused: ['resumed', 'ended'],
  ended: [],
  declined: [],
}

/** What can come next. Who said no, or has left, is invited again: that is another entry. */
export const stepsAfter = (state: EntryState): readonly StepKind[] => next[state]

export const isOpenEntry = (entry: Pick<ProgrammeEntry, 'steps'>): boolean =>
  stepsAfter(entryState(entry)).length > 0

const spokeWith: readonly OutreachOutcome[] = ['reached', 'call-back', 'declined']

/** How often somebody tried; `neverReached`: so often that the list says so. */
export function outreachOf({ steps }: Pick<ProgrammeEntry, 'steps'>) {
  const attempts = steps.filter(({ kind }) => kind === 'attempt')
  const wasReached = attempts.some(({ outcome }) => outcome && spokeWith.includes(outcome))
  return {
    attempts: attempts.length,
    wasReached,
    neverReached: !wasReached && attempts.length >= attemptsUntilNeverReached,
  }
}

/** The day on which somebody waits for a call, if nothing came after it. */
export const callBackDay = ({ steps }: Pick<ProgrammeEntry, 'steps'>): string | undefined =>
  steps.at(-1)?.callBackOn

export type StepFault =
  | 'not-next'
  | 'day'
  | 'before-last'
  | 'in-future'
  | 'way'
  | 'outcome'
  | 'call-back'
  | 'reason'
  | 'words'
  | 'too-long'

/** The longest words of one step, in characters. */
export const longestWords = 2_000

type Sent = Omit<ProgrammeStep, 'at' | 'by'>

/** What is wrong with a step that would follow these; undefined: nothing. */
export function stepFault(
  step: Sent,
  { steps, today }: Readonly<{ steps: readonly ProgrammeStep[]; today: string }>,
): StepFault | undefined {
  const isFirst = steps.length === 0
  const isNext = isFirst
    ? step.kind === 'invited'
    : stepsAfter(entryState({ steps })).includes(step.kind)
  if (!isNext) return 'not-next'
  if (!isWholeDay(step.day)) return 'day'
  if (step.day > today) return 'in-future'
  if (step.day < (steps.at(-1)?.day ?? '')) return 'before-last'
  const isTooLong = [step.words, step.against].some((each = '') => each.length > longestWords)
  if (isTooLong) return 'too-long'
  return step.kind === 'attempt' ? attemptFault(step) : reasonFault(step)
}

function attemptFault({ way, outcome, callBackOn = '', day, words = '' }: Sent) {
  if (!way) return 'way'
  if (!outcome) return 'outcome'
  if (outcome === 'call-back' && !(isWholeDay(callBackOn) && callBackOn >= day)) return 'call-back'
  return outcome === 'declined' && words.trim() === '' ? 'words' : undefined
}

function reasonFault({ kind, reason, words = '' }: Sent) {
  if (kind !== 'paused' && kind !== 'ended') return undefined
  if (!reason) return 'reason'
  return reason === 'other' && words.trim() === '' ? 'words' : undefined
}

/** From entering to leaving, without the pauses: the days that the programme’s plan counts. */
export function daysInProgramme({ steps }: Pick<ProgrammeEntry, 'steps'>, today: string) {
  const from = steps.find(({ kind }) => kind === 'entered')?.day
  const until = steps.find(({ kind }) => kind === 'ended')?.day ?? today
  const pauses = steps.flatMap(({ kind, day }, place) =>
    kind === 'paused' ? [{ from: day, until: steps[place + 1]?.day ?? today }] : [],
  )
  return from === undefined ? undefined : { from, until, pauses }
}
