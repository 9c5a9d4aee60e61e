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
import { amountAsWritten, amountIn } from './quantity.ts'
import { kindFacts, type Reading, readingKinds, type UncomparedReading } from './reading.ts'

const loinc = 'http://loinc.org'
const upper = '8480-6'
const lower = '8462-4'

const kindOf = (code: string | undefined) =>
  readingKinds.find((kind) => kindFacts[kind].loinc === code)

const withdrawn = ['entered-in-error', 'cancelled']

/** When it was measured, however that was written; for a stretch of time its end. */
function measuredAt(observation: Observation): string | undefined {
  const { effectiveDateTime, effectiveInstant, effectivePeriod, issued } = observation
  return (
    effectiveDateTime ??
    effectiveInstant ??
    effectivePeriod?.end ??
    effectivePeriod?.start ??
    issued
  )
}

const partOf = (observation: Observation, code: string) =>
  observation.component?.find((each) => each.code.coding?.some((one) => one.code === code))

/** What is common to readings we can compare and those we cannot. */
function measuredIn(observation: Observation) {
  if (withdrawn.includes(observation.status)) return undefined
  const kind = observation.code.coding?.map((each) => kindOf(each.code)).find(Boolean)
  const at = measuredAt(observation)
  if (!kind || !at) return undefined
  const measured = kind === 'blood-pressure' ? partOf(observation, upper) : observation
  const person = idIn(observation.subject?.reference)
  return { known: { id: observation.id ?? '', person, kind, at }, measured }
}

/** A reading in the unit of its kind; undefined for observations that are none, that we cannot compare, or that were withdrawn. */
export function readingFromFhir(observation: Observation): Reading | undefined {
  const { known, measured } = measuredIn(observation) ?? {}
  if (!known) return undefined
  const value = amountIn(known.kind, measured?.valueQuantity)
  if (value === undefined) return undefined
  const isPair = known.kind === 'blood-pressure'
  const second = isPair
    ? amountIn(known.kind, partOf(observation, lower)?.valueQuantity)
    : undefined
  return {
    ...{ ...known, value },
    ...(second === undefined ? {} : { second }),
    ...given('by', whoFrom(observation.performer?.[0])),
  }
}

/** A reading that was taken but is in a unit we cannot compare; undefined for all others. */
export function uncomparedFromFhir(observation: Observation): UncomparedReading | undefined {
  const { known, measured } = measuredIn(observation) ?? {}
  if (!known || !measured) return undefined
  const { valueQuantity, valueInteger, valueString } = measured
  const bare = valueInteger?.toString() ?? valueString
  if (bare) return { ...known, written: bare }
  if (valueQuantity?.value === undefined) return undefined
  if (amountIn(known.kind, valueQuantity) !== undefined) return undefined
  return { ...known, written: amountAsWritten(known.kind, valueQuantity) }
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
    const since = given('since', part('since')?.valueDateTime)
    return [Object.assign({ kind }, ...fields.map((url) => given(url, number(url))), since)]
  })
}

/** The plan with this limit in place of the one for its kind; without numbers it takes the limit away. */
export function withLimit(carePlan: CarePlan, limit: ReadingLimit): CarePlan & { id: string } {
  const { loinc: code } = kindFacts[limit.kind]
  const isOther = (each: Extension) =>
    each.extension?.find((one) => one.url === 'code')?.valueCode !== code
  const others = extensionsOf(carePlan, 'reading-limit').filter(isOther)
  // a limit that is changed still stands since it was first agreed: what lay outside stays to be dealt with
  const since = limitsFrom(carePlan).find((each) => each.kind === limit.kind)
  const agreed = since ? since.since : limit.since
  const numbers = [
    ...(limit.low === undefined ? [] : [{ url: 'low', valueDecimal: limit.low }]),
    ...(limit.high === undefined ? [] : [{ url: 'high', valueDecimal: limit.high }]),
    ...(limit.riseOver === undefined ? [] : riseParts(limit.riseOver, limit.riseDays ?? 3)),
  ]
  const ours =
    numbers.length > 0
      ? [
          {
            extension: [
              { url: 'code', valueCode: code },
              ...numbers,
              ...(agreed === undefined ? [] : [{ url: 'since', valueDateTime: agreed }]),
            ],
          },
        ]
      : []
  const { extension: _before, ...rest } = carePlan
  return {
    ...rest,
    id: carePlan.id ?? '',
    ...withExtensions(carePlan, { 'reading-limit': [...others, ...ours] }),
  }
}

const riseParts = (riseOver: number, riseDays: number): Extension[] => [
  { url: 'riseOver', valueDecimal: riseOver },
  { url: 'riseDays', valueInteger: riseDays },
]
