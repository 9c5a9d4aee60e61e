import type { CodeableConcept, Timing } from '@medplum/fhirtypes'

/** The words of a coded element: its text, otherwise the display of a code, otherwise the code itself. */
export function textOfConcept(concept: CodeableConcept | undefined): string {
  const coding = concept?.coding ?? []
  return concept?.text ?? coding.find((each) => each.display)?.display ?? coding[0]?.code ?? ''
}

/** A code of FHIR as words: `in-progress` becomes “in progress”. */
export const inWords = (code: string | undefined): string => (code ?? '').replaceAll('-', ' ')

/** How often, as the other system says it; its numbers are not translated. */
export function textOfTiming(timing: Timing | undefined): readonly string[] {
  if (!timing) return []
  const { repeat, event, code } = timing
  const often = repeat?.period
    ? [`${repeat.frequency ?? 1} / ${repeat.period} ${repeat.periodUnit ?? ''}`.trim()]
    : []
  return [textOfConcept(code), ...often, ...(event ?? [])].filter(Boolean)
}
