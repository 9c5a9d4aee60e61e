import type { Observation, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { withAnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import {
  carerFindingsFrom,
  isCarerAssessment,
  isCarerDecision,
} from '#domain/carer/carer-assessment-fhir.ts'
import { type CarerEligibility, carerEligibility } from '#domain/carer/eligibility.ts'
import {
  hasSameContent,
  idIn,
  ownCode,
  referenceTo,
} from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  adultFindingsFrom,
  isCareAssessment,
  isCareDecision,
} from '#domain/social-care/care-assessment-fhir.ts'
import { adultEligibility } from '#domain/social-care/needs/adult-eligibility.ts'
import { takenBackReason, withTakenBack } from '#domain/social-care/taken-back.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { mustBeNamed } from './must-be-named.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/** An assessment under the Care Act 2014, and the decision that rests on it. */
type AssessedKind = Readonly<{
  isAssessment: (resource: Resource) => resource is QuestionnaireResponse
  isDecision: (resource: Resource) => resource is Observation
  comesTo: (response: QuestionnaireResponse) => CarerEligibility['outcome']
}>

const kinds: readonly AssessedKind[] = [
  {
    ...{ isAssessment: isCarerAssessment, isDecision: isCarerDecision },
    comesTo: (response) => carerEligibility(carerFindingsFrom(response)).outcome,
  },
  {
    ...{ isAssessment: isCareAssessment, isDecision: isCareDecision },
    comesTo: (response) => adultEligibility(adultFindingsFrom(response)).outcome,
  },
]

export const isAssessed = (resource: Resource): boolean =>
  kinds.some(({ isAssessment, isDecision }) => isAssessment(resource) || isDecision(resource))

/**
 * An assessment is in the name of whoever writes it, says of each answer who gave it and when, and stays as it was once
 * somebody decided on it. A decision is in the name of the professional who made it, with a reason, and says what the
 * answers came to. Any other record is returned unchanged.
 */
export async function keepAssessed(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  const { before } = facts
  for (const kind of kinds) {
    const isOne = (is: (record: Resource) => boolean) =>
      is(resource) || (before !== undefined && is(before))
    if (isOne(kind.isAssessment))
      return await keptAssessment(context, kind, resource as QuestionnaireResponse, facts)
    if (isOne(kind.isDecision)) return await keptDecision(context, kind, resource, facts)
  }
  return resource
}

async function keptAssessment(
  context: RequestContext,
  kind: AssessedKind,
  response: QuestionnaireResponse,
  facts: Facts,
): Promise<ResourceWithId> {
  const { before, person } = facts
  mustBeOwn(context, response, before)
  if (before?.resourceType === 'QuestionnaireResponse' && before.status === 'entered-in-error')
    throw refused('This assessment was taken back. Write another one')
  await mustBeUndecided(context, kind, response, before)
  const kept = response as QuestionnaireResponse & { id: string }
  if (response.status === 'entered-in-error') return takenBack(context, kept, facts)
  const { now } = context
  const { who } = writerOf(context, person)
  const at = now.toISOString()
  const earlier = before?.resourceType === 'QuestionnaireResponse' ? before : undefined
  const ahead = await writtenAhead(context, kind, { id: kept.id, person })
  // a device’s clock dates nothing: it counts from when it comes here
  return withAnswerMarks({ ...kept, authored: at }, { by: who, at, before: earlier, ...ahead })
}

/** It stays as it was, with who took it back, when and why. */
function takenBack(
  context: RequestContext,
  response: QuestionnaireResponse & { id: string },
  { before, person }: Facts,
): ResourceWithId {
  const reason = takenBackReason(response)
  if (reason === '')
    throw refused('Say why the assessment is taken back', 'QuestionnaireResponse.extension')
  const written = { by: writerOf(context, person).who, at: context.now.toISOString() }
  const stood = before?.resourceType === 'QuestionnaireResponse' ? before : response
  return withTakenBack({ ...stood, id: response.id }, { reason, written })
}

/** What the person wrote themselves, newest first, and when an assessment was last finished. */
async function writtenAhead(
  { service }: RequestContext,
  { isAssessment }: AssessedKind,
  { id, person }: Readonly<{ id: string; person: string | undefined }>,
): Promise<Readonly<{ ahead: readonly QuestionnaireResponse[]; since: string }>> {
  const { rows } = await service.sql.query<{ id: string; content: QuestionnaireResponse | string }>(
    `select r.id, r.content from resource r
     where r.person = $1 and r.rt = 'QuestionnaireResponse' and r.content is not null`,
    [person],
  )
  const others = rows
    .filter((row) => row.id !== id)
    .map(({ content }) => storedRecord<QuestionnaireResponse>(content))
    .filter((each) => isAssessment(each) && each.status !== 'entered-in-error')
    .toSorted((one, other) => (other.authored ?? '').localeCompare(one.authored ?? ''))
  return {
    ahead: others.filter(({ author }) => author?.reference === `Patient/${person}`),
    since: others.find(isFinished)?.authored ?? '',
  }
}

/** Completed by a professional. */
const isFinished = ({ status, author }: QuestionnaireResponse): boolean =>
  (status === 'completed' || status === 'amended') &&
  (author?.reference?.startsWith('Practitioner/') ?? false)

/** A decision rests on it: nobody writes one in a colleague’s name. */
function mustBeOwn(
  { actor }: RequestContext,
  response: QuestionnaireResponse,
  before: Resource | undefined,
): void {
  const isTakenBack = response.status === 'entered-in-error' && before !== undefined
  const mayChange = ['status', 'extension']
  if (isTakenBack && changedElements(before, response).every((each) => mayChange.includes(each)))
    return
  if (namesOf(actor).includes(response.author?.reference ?? '')) return
  throw forbidden('An assessment under the Care Act is in the name of whoever writes it')
}

async function mustBeUndecided(
  context: RequestContext,
  { isAssessment, isDecision }: AssessedKind,
  resource: QuestionnaireResponse,
  before: Resource | undefined,
): Promise<void> {
  if (!before) return
  if (!isAssessment(before) || !isAssessment(resource))
    throw refused(
      'Other answers do not become an assessment under the Care Act, nor the other way round',
    )
  const person = idIn(before.subject?.reference)
  const { rows } = await context.service.sql.query<{ content: Observation | string }>(
    `select r.content from resource r where r.person = $1 and r.rt = 'Observation'
       and r.content::text like $2`,
    [person, `%QuestionnaireResponse/${resource.id}%`],
  )
  const stands = rows.some(({ content }) => {
    const decision = storedRecord<Observation>(content)
    // in whatever version it is named
    const restsOnIt = decision.derivedFrom?.some(({ reference }) => idIn(reference) === resource.id)
    return restsOnIt && isDecision(decision) && decision.status !== 'entered-in-error'
  })
  if (stands)
    throw refused('A decision rests on this assessment: it stays as it was. Write another one')
}

async function keptDecision(
  context: RequestContext,
  kind: AssessedKind,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  const { isDecision } = kind
  if (!isDecision(resource) || (before && !isDecision(before)))
    throw refused('A decision about the right to support stays one', 'Observation.code')
  return before
    ? await markedAsError(context, { resource, before: before as Observation, person })
    : await decided(context, kind, resource, person)
}

async function decided(
  context: RequestContext,
  kind: AssessedKind,
  resource: Observation & { id: string },
  person: string | undefined,
): Promise<ResourceWithId> {
  const { now } = context
  await mustBeNamed(context, person)
  if (!resource.note?.some(({ text }) => text?.trim()))
    throw refused('Give the reason for the decision', 'Observation.note')
  if (resource.valueBoolean === undefined)
    throw refused('Say what was decided', 'Observation.valueBoolean')
  const response = await assessmentBehind(context, kind, resource, person)
  const { who } = writerOf(context, person)
  // nothing is decided later than now, whatever a device’s clock says
  const at = now.toISOString()
  const component = [
    { code: ownCode('worked-out'), valueCodeableConcept: ownCode(kind.comesTo(response)) },
  ]
  return {
    ...{ ...resource, status: 'final', effectiveDateTime: at, component },
    performer: [referenceTo(who)],
  }
}

/** A finished assessment by a professional, of the same person. */
async function assessmentBehind(
  { service, pendingWrites }: RequestContext,
  { isAssessment }: AssessedKind,
  { derivedFrom }: Observation,
  person: string | undefined,
): Promise<QuestionnaireResponse> {
  const id = idIn(
    derivedFrom?.find(({ reference = '' }) => /^Questionnai/.test(reference))?.reference,
  )
  const stored = id ? await service.store.read('QuestionnaireResponse', id, everyone) : undefined
  // as it will be, if it is written together with the decision
  const coming = pendingWrites.get(`QuestionnaireResponse/${id}`)
  const found = (coming ?? stored?.resource) as QuestionnaireResponse | undefined
  const isOfPerson = (stored?.person ?? person) === person
  const isTheirs =
    isOfPerson && idIn(found?.subject?.reference) === person && found && isAssessment(found)
  if (!isTheirs || !isFinished(found))
    throw refused(
      'A decision rests on a finished assessment of the same person by a professional',
      'Observation.derivedFrom',
    )
  return found
}

type Voiding = Readonly<{
  resource: Observation & { id: string }
  before: Observation
  person: string | undefined
}>

/** Only a named professional takes a decision back, and says why in a note more, beside the reason that was given. */
async function markedAsError(
  context: RequestContext,
  { resource, before, person }: Voiding,
): Promise<ResourceWithId> {
  await mustBeNamed(context, person)
  const changed = changedElements(before, resource)
  const isVoided = resource.status === 'entered-in-error' && before.status !== 'entered-in-error'
  if (!isVoided || changed.some((each) => each !== 'status' && each !== 'note'))
    throw forbidden('A decision is not changed: mark it as an error, and decide again')
  const given = before.note ?? []
  const [why, ...more] = resource.note?.slice(given.length) ?? []
  const isKept = hasSameContent(resource.note?.slice(0, given.length) ?? [], given)
  if (!why?.text?.trim() || more.length > 0 || !isKept)
    throw refused(
      'Say why the decision was an error: add one note, and leave the reason that was given',
      'Observation.note',
    )
  const { who } = writerOf(context, person)
  const time = context.now.toISOString()
  return {
    ...resource,
    note: [...given, { text: why.text.trim(), time, authorReference: referenceTo(who) }],
  }
}

const refused = (text: string, expression?: string) =>
  new FhirProblem(422, 'business-rule', text, expression ? { expression } : {})
