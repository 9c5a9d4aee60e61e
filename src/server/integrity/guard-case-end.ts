import type { EpisodeOfCare, Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { type Case, type CaseOutcome, caseOutcomes } from '#domain/case/case.ts'
import { caseFromFhir } from '#domain/case/fhir.ts'
import { type StepDownFault, stepDownFault } from '#domain/case/step-down.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import { deathIn } from '#domain/person/death.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { patientOf } from './patient-of.ts'

const stepDownWords: Readonly<Record<StepDownFault, string>> = {
  why: 'Say why the person needs less now',
  'brings-back': 'Say what brings the person back to the usual level',
  'look-again': 'Say on which day the team looks again: a day after today',
  since: 'A step down cannot be in the future',
}

/**
 * A step down to a lighter level says why, what brings the person back, and when the team looks again; an end by one of
 * our outcomes says what was reached, what goes on with whom, and how to come back. A case that stands here does not end without
 * any outcome, whoever writes it: the person would be on nobody’s list, and nobody would have told them. Throws 422. An outcome of another
 * system stays as it came, and so does a case that was brought as ended.
 */
export async function guardCaseEnd(
  context: RequestContext,
  resource: Resource,
  { person, before }: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  if (resource.resourceType !== 'EpisodeOfCare') return
  const stood = before?.resourceType === 'EpisodeOfCare' ? caseFromFhir(before) : undefined
  const stands = caseFromFhir(resource as EpisodeOfCare)
  mustStepDownRightly(context, stood, stands)
  if (stands.state !== 'closed' || stood?.state === 'closed') return
  const patient = person ? await patientOf(context, person) : undefined
  const hasDied = patient !== undefined && deathIn(patient) !== undefined
  // a death says by itself why the case ended
  if (stood && isStanding(stood) && !stands.outcome && !hasDied) throw refused(withoutOutcome)
  mustEndRightly(stands, hasDied)
}

const isStanding = ({ state }: Case) => state === 'open' || state === 'paused'

const withoutOutcome =
  'Say how the case ended: give an outcome (extension case-outcome), what continues and with whom, and how the person comes back. It can also be closed on the page of the person'

function mustStepDownRightly(
  { now, zone }: Pick<RequestContext, 'now' | 'zone'>,
  stood: Case | undefined,
  { stepDown, state }: Case,
): void {
  if (!stepDown || hasSameContent(stepDown, stood?.stepDown)) return
  if (state !== 'open') throw refused('Only an open case can be stepped down')
  const fault = stepDownFault(stepDown, { today: dayIn(zone, now), now })
  if (fault) throw refused(stepDownWords[fault])
}

function mustEndRightly(ended: Case, hasDied: boolean): void {
  const code = caseOutcomes.find((each) => each === ended.outcome?.code)
  if (!code) return
  const fault = wordsMissing(ended, hasDied) ?? outcomeFault(code, hasDied)
  if (fault) throw refused(fault)
}

function outcomeFault(code: CaseOutcome, hasDied: boolean): string | undefined {
  if (code === 'died' && !hasDied)
    return 'The record does not say that this person has died. Record the death first'
  return code !== 'died' && hasDied ? 'The person has died: close the case as “died”' : undefined
}

/** After a death nothing goes on for the person, and nobody comes back. */
function wordsMissing(
  { outcome, continues, comeBack }: Case,
  hasDied: boolean,
): string | undefined {
  if (!outcome?.words.trim()) return 'Say what the outcome was'
  if (hasDied || outcome.code === 'died') return undefined
  if (!continues?.trim()) return 'Say what continues, and with whom'
  return comeBack?.trim() ? undefined : 'Say how the person comes back'
}

const refused = (text: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: 'EpisodeOfCare.extension' })
