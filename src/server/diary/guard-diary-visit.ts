import type { Appointment, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { diaryVisitFromFhir } from '#domain/diary/diary-fhir.ts'
import { diaryKindOf } from '#domain/diary/diary-kind.ts'
import type { DiaryVisit } from '#domain/diary/diary-visit.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Appointment.${element}` })

const longest = 8 * 3_600_000

/**
 * A visit or call of a diary: with one professional, a beginning and an end. It is not deleted: it is cancelled with a reason,
 * and a cancelled one is not booked again. Throws 403 and 422.
 */
export function guardDiaryVisit(
  { actor }: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): void {
  const was = diaryKindOf(before)
  if (was && diaryKindOf(resource) !== was)
    throw forbidden('A visit of a diary stays one. Cancel it, and make another appointment')
  if (!diaryKindOf(resource)) return
  if (before && changedElements(before, resource).length === 0) return
  const isProfessional = isStaff(actor) && actor.practitioner !== undefined
  if (!isProfessional && actor.role !== 'admin')
    throw forbidden('Professionals write in the diary. Send them a message to change a visit')
  mustBeSound(resource as Appointment)
  mustFollow(resource as Appointment, before as Appointment | undefined)
}

function mustBeSound(appointment: Appointment): void {
  const visit = diaryVisitFromFhir(appointment)
  if (!visit?.person)
    throw refusal('Say who is visited, by whom, and from when to when', 'participant')
  const length = Date.parse(visit.end) - Date.parse(visit.start)
  if (!(length > 0 && length <= longest))
    throw refusal('It ends after it begins, and within eight hours', 'end')
  if (visit.state === 'cancelled' && visit.reason.trim() === '')
    throw refusal('Say why it is cancelled', 'cancelationReason')
  if (appointment.description || appointment.comment || appointment.patientInstruction)
    throw refusal(
      'What it is about stands in the record, and not in the appointment',
      'description',
    )
}

function mustFollow(after: Appointment, before: Appointment | undefined): void {
  const was = before && diaryVisitFromFhir(before)
  const now = diaryVisitFromFhir(after)
  if (!was || !now) return
  if (was.person !== now.person) throw refusal('A visit stays with its person', 'participant')
  if (was.state === 'cancelled' && now.state !== 'cancelled')
    throw refusal('A cancelled visit stays cancelled. Make a new one', 'status')
  if (Date.parse(was.start) === Date.parse(now.start)) return
  if (was.state === 'cancelled')
    throw refusal('A cancelled visit is not moved. Make a new one', 'start')
  if (now.state !== 'cancelled') mustSayMove(was, now)
}

function mustSayMove(was: DiaryVisit, now: DiaryVisit): void {
  if (Date.parse(now.movedFrom ?? '') !== Date.parse(was.start))
    throw refusal('Say from when it was moved (moved-from)', 'extension')
  if (now.told && now.told.at === was.told?.at)
    throw refusal('Nobody was told of the new time yet (told-of-change)', 'extension')
  if (now.reason.trim() === '') throw refusal('Say why it is moved (moved-why)', 'extension')
}

/** What was in a diary stays. Throws 403. */
export function mustStayInDiary(stored: Resource): void {
  if (diaryKindOf(stored)) throw forbidden('A visit is not deleted. Cancel it, with a reason')
}
