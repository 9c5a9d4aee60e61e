import type { Flag } from '@medplum/fhirtypes'
import {
  extensionOf,
  extensionsOf,
  idIn,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { type AlertDuty, alertDutyOf } from './alert-duty.ts'
import type { Closing } from './closing.ts'

/** An alert that the service has raised, until it is closed. */
export type RaisedAlert = Readonly<{
  /** id of the Flag */
  flag: string
  /** id of the reading it was first raised about */
  about: string
  duty: AlertDuty
  /** what was done about it so far, oldest first */
  answers: readonly Closing[]
}>

export const alertAnswerName = 'alert-answer'

/** The alerts among these Flags that were raised, and that nobody has closed. */
export const raisedAlerts = (flags: readonly Flag[]): readonly RaisedAlert[] =>
  flags.flatMap((flag) => {
    const duty = flag.status === 'active' ? alertDutyOf(flag) : undefined
    if (!duty) return []
    const about = idIn(extensionOf(flag, 'about')?.valueReference?.reference)
    return [{ flag: flag.id ?? '', about, duty, answers: alertAnswersOf(flag) }]
  })

/** What was done about an alert, oldest first. */
export const alertAnswersOf = (flag: Flag): readonly Closing[] =>
  extensionsOf(flag, alertAnswerName).flatMap(({ extension = [] }) => {
    const part = (url: string) => extension.find((each) => each.url === url)
    const by = whoFrom(part('by')?.valueReference)
    const at = part('at')?.valueDateTime
    return by && at ? [{ by, at, words: part('words')?.valueString ?? '' }] : []
  })

/** The alert with one more thing that was done about it; it stays open. */
export function withAlertAnswer(flag: Flag, { by, at, words }: Closing): Flag & { id: string } {
  const answer = {
    extension: [
      { url: 'by', valueReference: referenceTo(by) },
      { url: 'at', valueDateTime: at },
      { url: 'words', valueString: words },
    ],
  }
  const answers = [...extensionsOf(flag, alertAnswerName), answer]
  return { ...flag, id: flag.id ?? '', ...withExtensions(flag, { [alertAnswerName]: answers }) }
}

export type DutyNow = Readonly<{
  /** whose it is now; absent: nobody is named */
  owner?: Who
  /** who did not answer in time, if it has gone on */
  before?: Who
  /** `waiting` until its time; `late` if nobody is named to go on to; `answered` ends both */
  is: 'waiting' | 'passed-on' | 'late' | 'answered'
}>

/**
 * Whose an alert is at a moment. It goes on once, when its time is over and nobody has answered, and not again: how it stands
 * follows from the record and the clock alone, so that no job can miss it. An answer counts for what had been found when it
 * was given.
 */
export function dutyNow({ duty, answers: said }: RaisedAlert, now: Date): DutyNow {
  const { owner, next, answerBy, raised } = duty
  const answers = said.filter(({ at }) => Date.parse(at) >= Date.parse(raised))
  const own = owner ? { owner } : {}
  const end = Date.parse(answerBy)
  const inTime = answers.some(({ at }) => Date.parse(at) < end)
  const isOver = Number(now) >= end && !inTime
  if (isOver && next)
    return {
      ...{ owner: next, is: answers.length > 0 ? 'answered' : 'passed-on' },
      ...(owner ? { before: owner } : {}),
    }
  if (answers.length > 0) return { ...own, is: 'answered' }
  return { ...own, is: isOver ? 'late' : 'waiting' }
}
