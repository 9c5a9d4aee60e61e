import type { Observation, Resource } from '@medplum/fhirtypes'
import { kindOfCode } from '#domain/reading/codes.ts'
import { readingFromFhir, uncomparedFromFhir } from '#domain/reading/fhir.ts'
import { readingUnits } from '#domain/reading/units.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

const byHand = [
  'person',
  'carer',
  'nurse-case-manager',
  'gp',
  'pharmacist',
  'physiotherapist',
  'social-worker',
  'professional',
]

/**
 * A reading that somebody enters here has a unit that can be compared: 422 otherwise, with those that can. What other systems
 * send stays as it came, and is an alert of its own. Nothing is guessed.
 */
export function mustBeKnownUnit(
  { actor }: Pick<RequestContext, 'actor'>,
  before: Resource | undefined,
  after: Resource,
): void {
  if (after.resourceType !== 'Observation' || before || !byHand.includes(actor.role)) return
  if (readingFromFhir(after) || !isOurs(after)) return
  const found = uncomparedFromFhir(after)
  if (!found || !hasAmount(after)) return
  const units = readingUnits[found.kind].map(({ shown }) => shown).join(', ')
  throw new FhirProblem(
    422,
    'business-rule',
    `“${found.written}” is in a unit that cannot be compared. Use one of these: ${units}`,
    { expression: 'Observation.value' },
  )
}

/** Of a kind that we know by its code. */
const isOurs = ({ code }: Observation) =>
  code.coding?.some((each) => kindOfCode(each.code) !== undefined) ?? false

/** An amount without “less than”: the unit alone is in question. */
const hasAmount = ({ valueQuantity }: Observation) =>
  valueQuantity?.value !== undefined && valueQuantity.comparator === undefined
