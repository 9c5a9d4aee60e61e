import type { Appointment, Communication, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** The code of what a team meeting says about one person, of a wish to be talked about, and of the letter afterwards. */
export const teamMeetingCode = 'team-meeting'
export const meetingAskCode = 'meeting-ask'
export const meetingLetterCode = 'meeting-letter'

type Concept = { coding?: { system?: string; code?: string }[] } | undefined

const hasCode = (concept: Concept, code: string) =>
  concept?.coding?.some((each) => each.system === gableCodeSystem && each.code === code) ?? false

export const isTeamMeeting = (resource: Resource): resource is Appointment =>
  resource.resourceType === 'Appointment' && hasCode(resource.appointmentType, teamMeetingCode)

export const isMeetingLetter = (resource: Resource): resource is Communication =>
  resource.resourceType === 'Communication' &&
  (resource.category ?? []).some((each) => hasCode(each, meetingLetterCode))

export const isMeetingAsk = (resource: Resource): resource is Communication =>
  resource.resourceType === 'Communication' &&
  (resource.category ?? []).some((each) => hasCode(each, meetingAskCode))
