import type { Flag, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { alertDutyName } from '#domain/alert/alert-duty.ts'
import { alertAnswerName, alertAnswersOf } from '#domain/alert/raised-alert.ts'
import {
  extensionOf,
  extensionsOf,
  hasSameContent,
} from '#domain/fhir/references-and-extensions.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustBeKnownUnit } from './must-be-known-unit.ts'

const isFlag = (resource: Resource | undefined): resource is Flag =>
  resource?.resourceType === 'Flag'

/** What an alert is about, and whose it is. */
const lasting = ['category', 'code', 'subject', 'extension:about', `extension:${alertDutyName}`]

/**
 * Whose an alert is and why it came is written by the service alone, and stays: it is answered and closed, never deleted or
 * turned into something else. What was done is said in one’s own name, and what others said stays. Throws 403, and 422 for an
 * end without a reason.
 */
export function mustKeepAlert(
  { actor, now }: Pick<RequestContext, 'actor' | 'now'>,
  before: Resource | undefined,
  after: Resource,
): void {
  mustBeKnownUnit({ actor }, before, after)
  if (!isFlag(after) || (before && !isFlag(before))) return
  const duty = before && extensionOf(before, alertDutyName)
  if (!duty && extensionOf(after, alertDutyName))
    throw forbidden('Whose an alert is, is written by the service when it raises the alert')
  mustBeOwnAnswers({ actor, now }, before, after)
  if (!before || !duty) return
  if (changedElements(before, after).some((each) => lasting.includes(each)))
    throw forbidden('What an alert is about and whose it is stay as they are: answer or close it')
  mustEndWithReason(before, after)
}

/** Throws 403 on a deletion of an alert that the service has raised. */
export function mustStayRaised(stored: Resource): void {
  if (isFlag(stored) && extensionOf(stored, alertDutyName))
    throw forbidden('An alert cannot be deleted: say what was done, and close it')
}

function mustEndWithReason(before: Flag, after: Flag): void {
  if (before.status !== 'active' || after.status === 'active') return
  const said = extensionsOf(after, 'closing').length > extensionsOf(before, 'closing').length
  if (said) return
  const text = 'Say on the alert what was done, to close it'
  throw new FhirProblem(422, 'business-rule', text, { expression: 'Flag.extension' })
}

function mustBeOwnAnswers(
  { actor, now }: Pick<RequestContext, 'actor' | 'now'>,
  before: Flag | undefined,
  after: Flag,
): void {
  const stood = before ? extensionsOf(before, alertAnswerName) : []
  const said = extensionsOf(after, alertAnswerName)
  const isKept = stood.every((each, place) => hasSameContent(each, said[place]))
  if (!isKept) throw forbidden('What was done about an alert stays as it was said')
  const own = `Practitioner/${actor.practitioner}`
  const more = alertAnswersOf(after).slice(stood.length)
  if (said.length - stood.length !== more.length || more.some(({ words }) => words.trim() === ''))
    throw new FhirProblem(422, 'business-rule', 'Say what was done, by whom and when', {
      expression: 'Flag.extension',
    })
  if (!actor.practitioner && more.length > 0)
    throw forbidden('Only a professional answers an alert')
  if (more.some(({ by }) => by.reference !== own))
    throw forbidden('What was done about an alert is said in one’s own name')
  if (more.some(({ at }) => Date.parse(at) > Number(now) + mostAhead))
    throw new FhirProblem(422, 'business-rule', 'What was done cannot be in the future', {
      expression: 'Flag.extension',
    })
}

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000
