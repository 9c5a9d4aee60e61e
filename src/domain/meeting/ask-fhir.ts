import type { Communication } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { idIn, ownCode, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isMeetingAsk, meetingAskCode } from './is-team-meeting.ts'

/** Somebody asks that the team talks about a person: the person, a carer or a professional. */
export type MeetingAsk = Readonly<{
  id: string
  person: string
  by: Who
  at: string
  words: string
}>

/** It is no contact: it waits to be talked about. What a professional asks is between professionals. */
export function askToFhir({
  id,
  person,
  by,
  at,
  words,
}: MeetingAsk): Communication & { id: string } {
  return {
    ...{ resourceType: 'Communication', id, status: 'in-progress' },
    ...(by.voice === 'professional' ? { meta: { security: [{ ...professionalOnly }] } } : {}),
    category: [ownCode(meetingAskCode)],
    subject: { reference: `Patient/${person}` },
    ...{ sender: referenceTo(by), sent: at, payload: [{ contentString: words }] },
  }
}

/** Undefined for another message, and for one that was withdrawn. */
export function askFromFhir(message: Communication): MeetingAsk | undefined {
  const by = whoFrom(message.sender)
  if (!by || !isMeetingAsk(message) || message.status !== 'in-progress') return undefined
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference), by },
    ...{ at: message.sent ?? '', words: message.payload?.[0]?.contentString ?? '' },
  }
}
