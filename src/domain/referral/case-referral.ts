import type { CodeableConcept, Resource } from '@medplum/fhirtypes'
import { isBankHoliday, weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { addDays } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'

/** A referral that asks a team for a case manager: it goes through the team’s single point of access. */
const code = 'case-management'
export const caseReferralCode: CodeableConcept = {
  coding: ['referral', code].flatMap((each) => ownCode(each).coding ?? []),
}

export function isCaseReferral(resource: Resource): boolean {
  if (resource.resourceType === 'Task') return isCoded(resource.code)
  return resource.resourceType === 'ServiceRequest' && (resource.category ?? []).some(isCoded)
}
const isCoded = (concept: CodeableConcept | undefined): boolean =>
  concept?.coding?.some((each) => each.code === code && each.system === gableCodeSystem) ?? false

/** Working days in which a team answers. Our own figure: no standard that we have read sets one. */
export const workingDaysToAnswer = 2

const isWorkingDay = (day: string) => weekdayOf(day) % 6 !== 0 && !isBankHoliday(day)

/** The day by which a referral of `day` is answered (`YYYY-MM-DD`): working days of England and Wales. */
export function answerByFor(day: string): string {
  let at = day
  for (let left = workingDaysToAnswer; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left -= 1
  }
  return at
}
