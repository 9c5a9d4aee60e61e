import type { Communication, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isMeetingAsk, isMeetingLetter, isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const isKeptHere = (resource: Resource) => isTeamMeeting(resource) || isMeetingLetter(resource)

/**
 * What a team meeting says about a person, and the letter afterwards, are written by the service, in the name of the
 * caller: a decision has its owner, its day and its records. A label may be changed. What somebody asked to be talked
 * about stays theirs: it can only be withdrawn. Throws 403 and 422.
 */
export function guardMeeting(resource: Resource, before: Resource | undefined): void {
  if (isKeptHere(resource) || (before && isKeptHere(before))) {
    if (before && changedElements(before, resource).length === 0) return
    throw forbidden(
      'Team meetings change through $plan-meeting, $meeting-step, $record-decision and $meeting-letter',
    )
  }
  if (isMeetingAsk(resource)) guardAsk(resource, before)
  else if (before && isMeetingAsk(before)) throw staysAsAsked()
}

const longest = 500

const staysAsAsked = () =>
  forbidden('What somebody asked stays as it is. Its author can withdraw it')

const unsound = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Communication.${element}` })

function guardAsk(ask: Communication, before: Resource | undefined): void {
  const words = ask.payload?.[0]?.contentString?.trim() ?? ''
  if (words === '' || words.length > longest)
    throw unsound(`Say in up to ${longest} characters what the team should talk about`, 'payload')
  if (!before && ask.status !== 'in-progress')
    throw unsound('It waits to be talked about (in-progress)', 'status')
  if (before && !changedElements(before, ask).every((name) => name === 'status'))
    throw staysAsAsked()
}

/** What was said in a meeting, and what the person was told, stays. Throws 403. */
export function mustStayOfMeeting(stored: Resource): void {
  if (isKeptHere(stored))
    throw forbidden('What a team meeting decided, and its letter, are not deleted')
}
