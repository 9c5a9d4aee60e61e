import type { Resource } from '@medplum/fhirtypes'

/** A narrative that was made from the elements says what they say; one with more in it was written, and is content itself. */
export const hasWrittenNarrative = (resource: Resource): boolean =>
  'text' in resource &&
  (resource.text?.status === 'additional' || resource.text?.status === 'extensions')
