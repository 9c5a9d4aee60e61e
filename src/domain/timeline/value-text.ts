import type { Observation, ObservationComponent, Quantity } from '@medplum/fhirtypes'
import { digitsAt } from '#domain/decimal/digits.ts'
import { conceptText } from './concept.ts'

/** The value of a reading as the record gives it; undefined if it has none. Numbers are rounded for reading only. */
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

/**
 * At most three significant figures after the point: 176.354998 cm is shown as 176 cm, 1.0472 as 1.05, 0.0040 as it was
 * sent.
 */
function quantityText(quantity: Quantity): string | undefined {
  const { value, unit, code, comparator } = quantity
  if (value === undefined) return undefined
  const decimals = decimalsOf(Math.abs(value))
  const number =
    shortEnough(digitsAt(quantity, 'value'), value, decimals) ?? rounded(value, decimals)
  // UCUM annotations such as {score} are notes to machines
  const measure = (unit ?? code ?? '').replace(/\{.*?\}/g, '')
  return `${comparator ?? ''}${number} ${measure}`.trim()
}

function decimalsOf(size: number): number {
  if (size >= 100) return 0
  if (size >= 10) return 1
  // for something very small the first figures, not zero
  return size >= 0.1 || size === 0 ? 2 : Math.min(100, 2 - Math.floor(Math.log10(size)))
}

const rounded = (value: number, decimals: number) =>
  value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')

/** The digits as they were sent, if they are no more than are shown, or more than can be calculated with. */
function shortEnough(said: string | undefined, value: number, decimals: number) {
  if (!said || /e/i.test(said)) return undefined
  const places = said.split('.')[1]?.length ?? 0
  return places <= decimals || Math.abs(value) > Number.MAX_SAFE_INTEGER ? said : undefined
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
