import type { Communication } from '@medplum/fhirtypes'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { isMeetingLetter, isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { readersOf } from '#domain/message/is-message.ts'
import { longestMessage } from '#domain/message/message.ts'
import { fromMeetingIn } from '#domain/message/message-fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/**
 * No carer reads what a team meeting says. A professional tells one of them what was decided only after the person has
 * their letter, and with the person’s leave, in words. Throws 403 and 422.
 */
export async function mustHaveLeave(
  context: RequestContext,
  message: Communication,
  person: string | undefined,
): Promise<void> {
  if (!extensionOf(message, 'from-meeting')) return
  const { talk = '', leave = '' } = fromMeetingIn(message) ?? {}
  if (writerOf(context, person).who.voice !== 'professional')
    throw forbidden('Professionals tell a carer what a team meeting decided')
  if (readersOf(message) !== 'carer')
    throw refusal('What a team meeting decided is told to one carer at a time')
  await mustHaveBeenTold(context, talk, person)
  if (leave.trim() === '' || leave.length > longestMessage)
    throw refusal(
      `Say how the person agreed that this carer is told, in up to ${longestMessage} characters`,
    )
}

/** The person has had their own letter about it. */
async function mustHaveBeenTold(
  { store, accessScope, service }: RequestContext,
  talk: string,
  person: string | undefined,
): Promise<void> {
  const found = talk ? await store.read('Appointment', talk, accessScope.scope) : undefined
  if (found?.person !== person || !found?.resource || !isTeamMeeting(found.resource))
    throw refusal('There is no such meeting about this person')
  const letter = (await service.store.read('Communication', `letter-${talk}`, everyone))?.resource
  if (!letter || !isMeetingLetter(letter))
    throw refusal('The person hears it first: send them their letter')
}

const refusal = (words: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: 'Communication.extension' })
