import type { CarePlan, Extension, Observation } from '@medplum/fhirtypes'
import {
  extensionsOf,
  given,
  idIn,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/plan/fhir-parts.ts'
import type { ReadingLimit } from './limits.ts'
import { kindFacts, type Reading, type ReadingKind, readingKinds } from './reading.ts'

const loinc = 'http://loinc.org'
const upper = '8480-6'
const lower = '8462-4'

const kindOf = (code: string | undefined) =>
  readingKinds.find((kind) => kindFacts[kind].loinc === code)

type Measured = Pick<Observation, 'valueQuantity'>

/** A value in our unit; undefined for one in another, which would be read wrongly. */
function valueIn(measured: Measured | undefined, kind: ReadingKind): number | undefined {
  const { value, code, unit } = measured?.valueQuantity ?? {}
  return (code ?? unit) === kindFacts[kind].ucum ? value : undefined
}

/** A reading; undefined for observations that are none, or that were withdrawn. */
export function readingFromFhir(observation: Observation): Reading | undefined {
  if (['entered-in-error', 'cancelled'].includes(observation.status)) return undefined
  const kind = observation.code.coding?.map((each) => kindOf(each.code)).find(Boolean)
  const at = observation.effectiveDateTime ?? observation.effectiveInstant
  if (!kind || !at) return undefined
  const part = (code: string) =>
    observation.component?.find((each) => each.code.coding?.some((one) => one.code === code))
  const isPair = kind === 'blood-pressure'
  const value = valueIn(isPair ? part(upper) : observation, kind)
  if (value === undefined) return undefined
  const second = isPair ? valueIn(part(lower), kind) : undefined
  return {
    ...{ id: observation.id ?? '', person: idIn(observation.subject?.reference), kind, value, at },
    ...(second === undefined ? {} : { second }),
    ...given('by', whoFrom(observation.performer?.[0])),
  }
}

export function readingToFhir(reading: Reading): Observation & { id: string } {
  const { loinc: code, ucum, unit } = kindFacts[reading.kind]
  const quantity = (value: number) => ({
    ...{ value, unit, system: 'http://unitsofmeasure.org', code: ucum },
  })
  const part = (each: string, value: number) => ({
    code: { coding: [{ system: loinc, code: each }] },
    valueQuantity: quantity(value),
  })
  const measured =
    reading.second === undefined
      ? { valueQuantity: quantity(reading.value) }
      : { component: [part(upper, reading.value), part(lower, reading.second)] }
  return {
    ...{ resourceType: 'Observation', id: reading.id, status: 'final' },
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'vital-signs',
          },
        ],
      },
    ],
    code: { coding: [{ system: loinc, code }] },
    subject: { reference: `Patient/${reading.person}` },
    effectiveDateTime: reading.at,
    ...(reading.by ? { performer: [referenceTo(reading.by)] } : {}),
    ...measured,
  }
}

/** The limits agreed in a plan. Those for kinds we do not know are left out; they stay in the record. */
export function limitsFrom(carePlan: CarePlan): readonly ReadingLimit[] {
  return extensionsOf(carePlan, 'reading-limit').flatMap((each) => {
    const part = (url: string) => each.extension?.find((one) => one.url === url)
    const number = (url: string) => part(url)?.valueDecimal ?? part(url)?.valueInteger
    const kind = kindOf(part('code')?.valueCode)
    if (!kind) return []
    const fields = ['low', 'high', 'riseOver', 'riseDays'] as const
    return [Object.assign({ kind }, ...fields.map((url) => given(url, number(url))))]
  })
}

/** The plan with this limit in place of the one for its kind; without numbers it takes the limit away. */
export function withLimit(carePlan: CarePlan, limit: ReadingLimit): CarePlan & { id: string } {
  const { loinc: code } = kindFacts[limit.kind]
  const isOther = (each: Extension) =>
    each.extension?.find((one) => one.url === 'code')?.valueCode !== code
  const others = extensionsOf(carePlan, 'reading-limit').filter(isOther)
  const numbers = [
    ...(limit.low === undefined ? [] : [{ url: 'low', valueDecimal: limit.low }]),
    ...(limit.high === undefined ? [] : [{ url: 'high', valueDecimal: limit.high }]),
    ...(limit.riseOver === undefined ? [] : riseParts(limit.riseOver, limit.riseDays ?? 3)),
  ]
  const ours =
    numbers.length > 0 ? [{ extension: [{ url: 'code', valueCode: code }, ...numbers] }] : []
  return {
    ...carePlan,
    id: carePlan.id ?? '',
    ...withExtensions(carePlan, { 'reading-limit': [...others, ...ours] }),
  }
}

const riseParts = (riseOver: number, riseDays: number): Extension[] => [
  { url: 'riseOver', valueDecimal: riseOver },
  { url: 'riseDays', valueInteger: riseDays },
]
