import type { Measure } from '@medplum/fhirtypes'

/** In such a measure, who is in the numerator has something due. */
export const isLessBetter = ({ improvementNotation }: Measure): boolean =>
  improvementNotation?.coding?.[0]?.code === 'decrease'
