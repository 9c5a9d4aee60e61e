import type { Observation, Quantity } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import type { ScoreInput } from '#domain/risk/evidence.ts'

/** One number, or one coded answer, that was measured. */
export type Measurement = Readonly<{
  at: string
  day: string
  codes: readonly string[]
  value?: number
  unit: string
  /** codes of a coded answer */
  answers: readonly string[]
  input: ScoreInput
}>

const withdrawn = ['entered-in-error', 'cancelled', 'registered']

/** What was measured on `day` or before, newest first; the parts of an observation stand on their own. */
export function measurements(
  observations: readonly Observation[],
  { day, zone }: Readonly<{ day: string; zone: string }>,
): readonly Measurement[] {
  return observations
    .filter(({ status }) => !withdrawn.includes(status))
    .flatMap((observation) => {
      const at = observation.effectiveDateTime ?? observation.effectiveInstant ?? observation.issued
      const when = at && dayOf(at, zone)
      if (!at || !when || when > day) return []
      return [observation, ...(observation.component ?? [])].map((part) =>
        measured(part, { at, day: when, record: `Observation/${observation.id}` }),
      )
    })
    .toSorted((one, other) => instant(other.at) - instant(one.at))
}

type Part = Pick<Observation, 'code' | 'valueQuantity' | 'valueInteger' | 'valueCodeableConcept'>

function measured(
  part: Part,
  { at, day, record }: Readonly<{ at: string; day: string; record: string }>,
): Measurement {
  const value = part.valueQuantity?.value ?? part.valueInteger
  const display = part.code.text ?? part.code.coding?.find((each) => each.display)?.display ?? ''
  return {
    ...{ at, day },
    codes: (part.code.coding ?? []).flatMap(({ code }) => code ?? []),
    ...(value === undefined ? {} : { value }),
    unit: unitOf(part.valueQuantity),
    answers: (part.valueCodeableConcept?.coding ?? []).flatMap(({ code }) => code ?? []),
    input: { record, code: part.code.coding?.[0]?.code ?? '', display, date: at },
  }
}

const unitOf = (quantity: Quantity | undefined): string => quantity?.code ?? quantity?.unit ?? ''

/** A day alone counts from its beginning. */
const instant = (at: string): number => Date.parse(at.length <= 10 ? `${at}T00:00:00Z` : at) || 0

/** The newest one with one of these codes that passes. */
export const newestOf = (
  all: readonly Measurement[],
  codes: readonly string[],
  passes: (each: Measurement) => boolean = () => true,
): Measurement | undefined =>
  all.find((each) => each.codes.some((code) => codes.includes(code)) && passes(each))
