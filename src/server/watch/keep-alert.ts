import type { Flag, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { alertDutyName } from '#domain/alert/alert-duty.ts'
import { closingsOf } from '#domain/alert/closing.ts'
import { isAlertFlag } from '#domain/alert/is-alert-flag.ts'
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
  mustBeOwn({ actor, now }, before, after)
  if (before && duty) mustStayAlert({ actor, now }, before, after)
}

function mustStayAlert({ actor }: Saying, before: Flag, after: Flag): void {
  if (changedElements(before, after).some((each) => lasting.includes(each)))
    throw forbidden('What an alert is about and whose it is stay as they are: answer or close it')
  if (before.status !== after.status && !actor.practitioner)
    throw forbidden('Only a professional closes an alert, or opens it again')
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
  throw unsaid('Say on the alert what was done, to close it')
}

type Saying = Pick<RequestContext, 'actor' | 'now'>

/** What somebody said on an alert, what stood there before, and how the refusals call it. */
const kinds = [
  {
    ...{ name: alertAnswerName, read: alertAnswersOf },
    kept: 'What was done about an alert stays as it was said',
    staff: 'Only a professional answers an alert',
    own: 'What was done about an alert is said in one’s own name',
  },
  {
    ...{ name: 'closing', read: closingsOf },
    kept: 'Why an alert was closed stays as it was said',
    staff: 'Only a professional closes an alert',
    own: 'An alert is closed in one’s own name',
  },
] as const

type SaidKind = (typeof kinds)[number]

function mustBeOwn(saying: Saying, before: Flag | undefined, after: Flag): void {
  const said = isAlertFlag(before ?? after) || isAlertFlag(after) ? kinds : kinds.slice(0, 1)
  for (const kind of said) mustBeOwnWords(saying, kind, { before, after })
}

function mustBeOwnWords(
  { actor, now }: Saying,
  { name, read, ...words }: SaidKind,
  { before, after }: Readonly<{ before: Flag | undefined; after: Flag }>,
): void {
  const stood = before ? extensionsOf(before, name) : []
  const said = extensionsOf(after, name)
  if (!stood.every((each, place) => hasSameContent(each, said[place]))) throw forbidden(words.kept)
  const more = read(after).slice(before ? read(before).length : 0)
  if (said.length - stood.length !== more.length || more.some((each) => each.words.trim() === ''))
    throw unsaid('Say what was done, by whom and when')
  if (more.length === 0) return
  if (!actor.practitioner) throw forbidden(words.staff)
  if (more.some(({ by }) => by.reference !== `Practitioner/${actor.practitioner}`))
    throw forbidden(words.own)
  if (more.some(({ at }) => !(Date.parse(at) <= Number(now) + mostAhead)))
    throw unsaid('What was done cannot be in the future')
}

const unsaid = (text: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: 'Flag.extension' })

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000
