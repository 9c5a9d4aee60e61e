import type { AlertFound } from '#domain/alert/alert-duty.ts'
import { type AlertFacts, type OpenAlert, openAlerts } from '#domain/alert/open-alerts.ts'
import { type DutyNow, dutyNow } from '#domain/alert/raised-alert.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading } from '#domain/reading/reading.ts'

type Point = Readonly<{ at: string; value: number }>

/** What a row about readings shows. */
export type TodayReading = Readonly<{
  kind: Reading['kind']
  limit: ReadingLimit
  rise?: number
  /** the week up to the alert, which is the last of them; none if it cannot be compared */
  points: readonly Point[]
  /** ids of all readings of this kind that nobody has dealt with, oldest first: the row includes all of them */
  alerts?: readonly string[]
  /** of these the one furthest outside, if it is not the last */
  worst?: Point
  /** the latest reading, if one came after the last alert */
  latest?: Point
  /** what rules about trends found, oldest first */
  trends?: readonly Pick<AlertFound, 'rule' | 'version' | 'amount'>[]
  /** of an alert that the service has raised: by when its owner answers, and how that stands */
  answerBy?: string
  stands?: DutyNow['is']
  /** who was to answer before it went on */
  before?: string
  /** the last thing that was done about it, by whom */
  done?: string
}>

type Owner = Readonly<{ reference: string; name: string }>

type ReadingFacts = AlertFacts & Readonly<{ person: string; coordinator?: Owner }>

type ReadingItem = Readonly<{
  kind: 'reading'
  person: string
  reference: string
  due: string
  text: string
  detail: string
  owner?: Owner
  reading: TodayReading
}>

/**
 * Every reading outside the limits, and every trend, that nobody has dealt with, however old: one row a kind. Its owner is the
 * one the alert was raised to, or has gone on to; what was never raised belongs to who coordinates the care.
 */
export function readingItems(facts: ReadingFacts, now: string): readonly ReadingItem[] {
  return openAlerts(facts).map((alert): ReadingItem => {
    const { reading, why, written, since, raised: _raised, ...run } = alert
    const { owner, ...duty } = dutyShown(alert, now)
    return {
      ...{ kind: 'reading', person: facts.person },
      ...{ reference: `Observation/${reading}`, due: since, text: written, detail: why },
      reading: { ...run, ...duty },
      ...given('owner', owner ?? facts.coordinator),
    }
  })
}

type DutyShown = Pick<TodayReading, 'answerBy' | 'stands' | 'before' | 'done'> &
  Pick<ReadingItem, 'owner'>

function dutyShown({ raised }: OpenAlert, now: string): DutyShown {
  if (!raised) return {}
  const { owner, before, is } = dutyNow(raised, new Date(now))
  const done = raised.answers.at(-1)
  return {
    ...{ answerBy: raised.duty.answerBy, stands: is },
    ...(owner ? { owner: { reference: owner.reference, name: owner.name } } : {}),
    ...(before ? { before: before.name } : {}),
    ...(done ? { done: [done.words, done.by.name].filter(Boolean).join(', ') } : {}),
  }
}
