import type { DetectedIssue, Resource } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { idIn, ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { GapDecline } from './gap.ts'

const gapCode = 'CAREGAP'
const measureSystem = gableUrl('gap-of-measure')

const declineIdPattern = /^gap-[0-9a-f]{40}$/

/** What somebody said no to; and whatever stands, or would stand, in its place. */
export const isGapDecline = (resource: Resource): boolean =>
  resource.resourceType === 'DetectedIssue' &&
  (declineIdPattern.test(resource.id ?? '') ||
    (resource.identifier?.some(({ system }) => system === measureSystem) ?? false))

type Declined = Readonly<{
  id: string
  person: string
  measure: string
  title: string
  by: Who
  at: string
  reason: string
}>

export const gapIssueCode = {
  coding: [{ system: hl7CodeSystem('v3-ActCode'), code: gapCode }],
}

/** What was declined before stays: each answer is added. */
export function declineToFhir(
  { id, person, measure, title, by, at, reason }: Declined,
  before?: DetectedIssue,
): DetectedIssue & { id: string } {
  return {
    ...{ resourceType: 'DetectedIssue', id, status: 'final', code: gapIssueCode },
    identifier: [{ system: measureSystem, value: measure }],
    patient: { reference: `Patient/${person}` },
    identifiedDateTime: at,
    detail: title,
    mitigation: [
      ...(before?.mitigation ?? []),
      { action: { text: reason }, date: at, author: referenceTo(by) },
    ],
  }
}

const takenBack = 'taken-back'

/** What is due is due again, and it stays written down that somebody had said no. */
export const declineTakenBack = <T extends DetectedIssue>(
  before: T,
  { by, at }: Pick<Declined, 'by' | 'at'>,
): T => ({
  ...before,
  mitigation: [
    ...(before.mitigation ?? []),
    { action: ownCode(takenBack), date: at, author: referenceTo(by) },
  ],
})

/** Undefined for what is no such record, and for what was taken back. */
export function declineFromFhir(
  issue: DetectedIssue,
  zone: string,
): Readonly<{ measure: string; person: string; decline: GapDecline }> | undefined {
  const measure = issue.identifier?.find(({ system }) => system === measureSystem)?.value
  const last = issue.mitigation?.at(-1)
  if (!measure || issue.status !== 'final' || !last?.date) return undefined
  if (last.action.coding?.[0]?.code === takenBack) return undefined
  return {
    measure,
    person: idIn(issue.patient?.reference),
    decline: {
      by: last.author?.display ?? '',
      day: dayOf(last.date, zone),
      reason: last.action.text ?? '',
    },
  }
}
