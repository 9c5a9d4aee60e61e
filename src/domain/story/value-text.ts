import type { Observation, ObservationComponent, Quantity } from '@medplum/fhirtypes'
import { conceptText } from './concept.ts'

/** The value of a reading in the words of the record; undefined when it has none. Numbers are rounded for reading only. */
export function valueText(observation: Observation): string | undefined {
  const own = singleValue(observation)
  if (own !== undefined) return own
  const parts = observation.component ?? []
  const pressure = pressureText(parts)
  if (pressure) return pressure
  const texts = parts.flatMap((part) => {
    const value = singleValue(part)
    return value === undefined ? [] : [`${conceptText(part.code) ?? ''} ${value}`.trim()]
  })
  return texts.length > 0 ? texts.join(', ') : undefined
}

function singleValue(part: ObservationComponent | Observation): string | undefined {
  if (part.valueQuantity) return quantityText(part.valueQuantity)
  if (part.valueCodeableConcept) return conceptText(part.valueCodeableConcept)
  const bare = part.valueInteger ?? part.valueString ?? part.valueDateTime
  return bare === undefined ? undefined : String(bare)
}

/** Three significant figures at most behind the point: 176.354998 cm reads as 176 cm, 1.0472 as 1.05. */
function quantityText({ value, unit, code, comparator }: Quantity): string | undefined {
  if (value === undefined) return undefined
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  const number = String(Number(value.toFixed(decimals)))
  // UCUM annotations such as {score} are notes to machines
  const measure = (unit ?? code ?? '').replace(/\{.*?\}/g, '')
  return `${comparator ?? ''}${number} ${measure}`.trim()
}

/** LOINC 8480-6 over 8462-4, as people say it. */
function pressureText(parts: readonly ObservationComponent[]): string | undefined {
  const of = (loinc: string) =>
    parts.find((part) => part.code.coding?.some((each) => each.code === loinc))?.valueQuantity
      ?.value
  const systolic = of('8480-6')
  const diastolic = of('8462-4')
  if (systolic === undefined || diastolic === undefined) return undefined
  return `${Math.round(systolic)}/${Math.round(diastolic)} mmHg`
}
