import type { Observation, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isCarerAssessment, isCarerDecision } from '#domain/carer/carer-assessment-fhir.ts'
import { hasEndedWhy, isCarerEnding } from '#domain/carer/carer-ending.ts'
import { isCarerOffer } from '#domain/carer/carer-offer.ts'
import { isCarerShares } from '#domain/carer/carer-shares.ts'
import { isCarerWords } from '#domain/carer/carer-words-code.ts'
import { idIn, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * What counts about a carer only because the service checks who says it: offers come through `$carer-offer`, why
 * somebody stopped through `$end-carer`, an assessment stays as it was once somebody decided on it, and a decision is
 * in the name of the professional who made it, with a reason. Any other record is returned unchanged.
 */
export async function keepCarerRecord(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  const { before } = facts
  if (before && changedElements(before, resource).length === 0) return resource
  const isOne = (is: (record: Resource) => boolean) =>
    is(resource) || (before !== undefined && is(before))
  if (isOne(isCarerOffer))
    throw forbidden('An assessment is offered to a carer, and answered, through $carer-offer')
  if (isOne(isCarerEnding) || hasEndedWhy(resource))
    throw forbidden(
      'Why somebody stopped caring is said through $end-carer, in a record of its own',
    )
  if (isOne(isCarerAssessment)) {
    mustBeOwn(context, resource as QuestionnaireResponse, before)
    await mustBeUndecided(context, resource, before)
  }
  return isOne(isCarerDecision)
    ? await keptDecision(context, resource, facts)
    : dated(resource, context)
}

/** A device’s clock dates nothing: an assessment, the carer’s words and what they show count from when they come here. */
function dated(resource: ResourceWithId, { now }: RequestContext): ResourceWithId {
  const at = now.toISOString()
  if (isWithdrawn(resource)) return resource
  if (isCarerAssessment(resource)) return { ...resource, authored: at }
  if (isHowItIs(resource)) return { ...resource, effectiveDateTime: at }
  return isCarerShares(resource) ? { ...resource, dateTime: at } : resource
}

const isWithdrawn = (resource: Resource) =>
  (resource as { status?: string }).status === 'entered-in-error'

const isHowItIs = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' &&
  (resource.code?.coding?.some(({ code }) => isCarerWords(code)) ?? false)

async function keptDecision(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (!isCarerDecision(resource) || (before && !isCarerDecision(before)))
    throw refused('A decision about a carer stays one', 'Observation.code')
  return before ? markedAsError(resource, before) : await decided(context, resource, person)
}

/** Nobody deletes them either: a decision is marked as an error. */
export function mustStayOfCarer(stored: Resource): void {
  if (
    isCarerOffer(stored) ||
    isCarerEnding(stored) ||
    isCarerDecision(stored) ||
    isCarerAssessment(stored)
  )
    throw forbidden(
      'What was offered to a carer, found, decided and said at the end is not deleted',
    )
}

/** A decision rests on it: nobody writes one in a colleague’s name. */
function mustBeOwn(
  { actor }: RequestContext,
  response: QuestionnaireResponse,
  before: Resource | undefined,
): void {
  const isTakenBack = isWithdrawn(response) && before !== undefined
  if (isTakenBack && changedElements(before, response).every((each) => each === 'status')) return
  if (namesOf(actor).includes(response.author?.reference ?? '')) return
  throw forbidden('An assessment of a carer is in the name of whoever writes it')
}

async function mustBeUndecided(
  context: RequestContext,
  resource: ResourceWithId,
  before: Resource | undefined,
): Promise<void> {
  if (!before) return
  if (!isCarerAssessment(before) || !isCarerAssessment(resource))
    throw refused('Other answers do not become an assessment of a carer, nor the other way round')
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
    return restsOnIt && isCarerDecision(decision) && decision.status !== 'entered-in-error'
  })
  if (stands)
    throw refused('A decision rests on this assessment: it stays as it was. Write another one')
}

async function decided(
  context: RequestContext,
  resource: Observation & { id: string },
  person: string | undefined,
): Promise<ResourceWithId> {
  const { actor, now } = context
  if (!isStaff(actor) || !actor.practitioner || (await relationTo(context, person)) !== 'named')
    throw forbidden('Only a professional who is named in the carer’s own care decides')
  if (!resource.note?.some(({ text }) => text?.trim()))
    throw refused('Give the reason for the decision', 'Observation.note')
  if (resource.valueBoolean === undefined)
    throw refused('Say what was decided', 'Observation.valueBoolean')
  await mustRestOnAssessment(context, resource, person)
  const { who } = writerOf(context, person)
  // nothing is decided later than now, whatever a device’s clock says
  const at = now.toISOString()
  return { ...resource, status: 'final', effectiveDateTime: at, performer: [referenceTo(who)] }
}

/** A finished assessment by a professional, of the same carer. */
async function mustRestOnAssessment(
  { service, pendingWrites }: RequestContext,
  { derivedFrom }: Observation,
  person: string | undefined,
): Promise<void> {
  const id = idIn(
    derivedFrom?.find(({ reference = '' }) => /^Questionnai/.test(reference))?.reference,
  )
  const stored = id ? await service.store.read('QuestionnaireResponse', id, everyone) : undefined
  // as it will be, if it is written together with the decision
  const coming = pendingWrites.get(`QuestionnaireResponse/${id}`)
  const found = (coming ?? stored?.resource) as QuestionnaireResponse | undefined
  const isOfPerson = (stored?.person ?? person) === person
  const isTheirs =
    isOfPerson && idIn(found?.subject?.reference) === person && found && isCarerAssessment(found)
  const isDone = found?.status === 'completed' || found?.status === 'amended'
  if (!isTheirs || !isDone || !found.author?.reference?.startsWith('Practitioner/'))
    throw refused(
      'A decision rests on a finished assessment of this carer by a professional',
      'Observation.derivedFrom',
    )
}

function markedAsError(resource: Observation & { id: string }, before: Observation) {
  const changed = changedElements(before, resource)
  if (changed.every((each) => each === 'status') && resource.status === 'entered-in-error')
    return resource
  throw forbidden('A decision is not changed: mark it as an error, and decide again')
}

const refused = (text: string, expression?: string) =>
  new FhirProblem(422, 'business-rule', text, expression ? { expression } : {})
