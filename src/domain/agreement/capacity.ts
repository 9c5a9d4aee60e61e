import { dayWritten } from '#domain/calendar/days.ts'
import type { Who } from '#domain/plan/plan.ts'

/** What the Mental Capacity Act 2005, section 3, asks whether somebody can do about one decision. */
export const abilities = ['understand', 'retain', 'weigh', 'communicate'] as const
export type Ability = (typeof abilities)[number]

/**
 * Whether a person can make this decision, as a professional found it: section 2 and 3 of the Act. Somebody is taken to
 * have capacity unless the opposite was established, so there is a record only where there was doubt. Nothing is worked
 * out: who decided says what they found.
 */
export type CapacityRecord = Readonly<{
  id: string
  version?: string
  person: string
  planId: string
  /** the decision in words */
  decision: string
  hasCapacity: boolean
  /** stage 1: the impairment of, or disturbance in, the mind or brain; empty if there is none */
  impairment: string
  /** stage 2: what the person could not do */
  unable: readonly Ability[]
  /** that they could not because of the impairment, and how that showed */
  because: string
  /** what was done to help them decide */
  support: string
  reasons: string
  /** the date (`YYYY-MM-DD`) on which to look again, if it comes and goes */
  reviewOn?: string
  by: Who
  /** instant or day */
  at: string
  /** when the service stored it */
  kept?: string
}>

/** A decision made for somebody who lacks capacity for it: section 4 of the Act. */
export type BestInterestsRecord = Readonly<{
  id: string
  version?: string
  person: string
  planId: string
  /** the capacity record, `Observation/<id>` */
  capacity: string
  /** what the person wishes, feels, believes and values, now and before */
  wishes: string
  /** who was consulted, and what they said */
  consulted: string
  decided: string
  why: string
  /** an independent mental capacity advocate, where there was nobody to consult */
  imca: string
  by: Who
  at: string
}>

export type CapacityFault =
  | 'no-decision'
  | 'no-support'
  | 'no-reasons'
  | 'no-impairment'
  | 'no-ability'
  | 'no-because'
  | 'review-before'

/** What is missing for a record that others can rely on. Somebody who has capacity needs no finding of either stage. */
export function capacityFaults(record: Omit<CapacityRecord, 'by'>): readonly CapacityFault[] {
  const { decision, support, reasons, hasCapacity, impairment, unable, because, reviewOn } = record
  const lacking = (text: string, fault: CapacityFault) => (text.trim() === '' ? [fault] : [])
  return [
    ...lacking(decision, 'no-decision'),
    ...lacking(support, 'no-support'),
    ...lacking(reasons, 'no-reasons'),
    ...(hasCapacity
      ? []
      : [
          ...lacking(impairment, 'no-impairment'),
          ...(unable.length === 0 ? (['no-ability'] as const) : []),
          ...lacking(because, 'no-because'),
        ]),
    ...(reviewOn !== undefined && reviewOn < dayWritten(record.at)
      ? (['review-before'] as const)
      : []),
  ]
}

export type BestInterestsFault =
  | 'no-capacity-record'
  | 'no-wishes'
  | 'no-decided'
  | 'no-why'
  | 'nobody-consulted'

export function bestInterestsFaults(
  record: Omit<BestInterestsRecord, 'by'>,
): readonly BestInterestsFault[] {
  const { capacity, wishes, decided, why, consulted, imca } = record
  return [
    ...(capacity === '' ? (['no-capacity-record'] as const) : []),
    ...(wishes.trim() === '' ? (['no-wishes'] as const) : []),
    ...(decided.trim() === '' ? (['no-decided'] as const) : []),
    ...(why.trim() === '' ? (['no-why'] as const) : []),
    ...(consulted.trim() === '' && imca.trim() === '' ? (['nobody-consulted'] as const) : []),
  ]
}

/** The finding that holds today for this plan: the latest, unless its day to look again has passed. */
export function capacityNow(
  records: readonly CapacityRecord[],
  planId: string,
  today: string,
): Readonly<{ record: CapacityRecord; overdue: boolean }> | undefined {
  const [record] = records
    .filter((each) => each.planId === planId)
    .toSorted(
      (one, other) =>
        (other.kept ?? '').localeCompare(one.kept ?? '') || other.at.localeCompare(one.at),
    )
  if (!record) return undefined
  return { record, overdue: record.reviewOn !== undefined && record.reviewOn < today }
}
