import type { Communication, RelatedPerson, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionsOf,
  idIn,
  ownCode,
  referenceTo,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/**
 * Why somebody no longer cares for the person. It is a record of its own, for the person and professionals: the carer’s
 * record is read by other carers, too.
 */
export type CarerEnding = Readonly<{
  id: string
  /** id of the RelatedPerson */
  carer: string
  words: string
  by: Who
  at: string
}>

const endingCode = 'carer-ended'

export const isCarerEnding = (resource: Resource): resource is Communication =>
  resource.resourceType === 'Communication' &&
  (resource.category?.some(({ coding }) =>
    coding?.some(({ system, code }) => system === gableCodeSystem && code === endingCode),
  ) ??
    false)

export const carerEndingToFhir = (
  { id, carer, words, by, at }: CarerEnding,
  person: string,
): Communication & { id: string } => ({
  ...{ resourceType: 'Communication', id, status: 'completed' },
  category: [ownCode(endingCode)],
  subject: { reference: `Patient/${person}` },
  about: [{ reference: `RelatedPerson/${carer}` }],
  sender: referenceTo(by),
  sent: at,
  payload: [{ contentString: words }],
})

/** Of which carer it is, and the words. */
export const carerEndingFromFhir = (
  message: Communication,
): Pick<CarerEnding, 'carer' | 'words'> => ({
  carer: idIn(message.about?.[0]?.reference),
  words: message.payload?.[0]?.contentString ?? '',
})

const inCarer = 'ended-why'

/** An earlier version of Gable wrote it into the carer’s record, where other carers read it. */
export const hasEndedWhy = (resource: Resource): resource is RelatedPerson =>
  resource.resourceType === 'RelatedPerson' && extensionsOf(resource, inCarer).length > 0

export function withoutEndedWhy<R extends Resource>(resource: R): R {
  if (!hasEndedWhy(resource)) return resource
  const { extension: _said, ...rest } = resource as RelatedPerson
  return { ...rest, ...withExtensions(resource as RelatedPerson, { [inCarer]: [] }) } as R
}
