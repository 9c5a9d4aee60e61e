import type { CarePlan, Extension, Observation, Quantity } from '@medplum/fhirtypes'
import { digitsAt, type NumberPlace, numbersOf } from '#domain/decimal/digits.ts'
import { hl7CodeSystem, loincSystem, ucumSystem } from '#domain/fhir/codes.ts'
import {
  extensionsOf,
  given,
  idIn,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { kindOfCode, lowerCodes, otherVitalSigns, upperCodes } from './codes.ts'
import type { ReadingLimit } from './limits.ts'
import {
  kindFacts,
  type Reading,
  type ReadingKind,
  readingKinds,
  type UncomparedReading,
} from './reading.ts'
import { inOurUnit, readingUnitOf } from './units.ts'

const upper = '8480-6'
const lower = '8462-4'

const withdrawn = ['entered-in-error', 'cancelled']

/** When it was measured, however that was written; for a period its end. */
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

const partOf = (observation: Observation, codes: readonly string[]) =>
  observation.component?.find((each) =>
    each.code.coding?.some((one) => codes.includes(one.code ?? '')),
  )

/** By its code; a blood pressure also by its numbers. */
function kindOf(observation: Observation): ReadingKind | undefined {
  const known = observation.code.coding?.map((each) => kindOfCode(each.code)).find(Boolean)
  return known ?? (partOf(observation, upperCodes) ? 'blood-pressure' : undefined)
}

const isVitalSign = ({ category = [] }: Observation) =>
  category.some((each) => each.coding?.some((one) => one.code === 'vital-signs'))

/**
 * What a vital sign with an unknown code may be, by its unit: it is shown as one that cannot be compared, so that
 * somebody checks it.
 */
function perhapsOfKind(observation: Observation): ReadingKind | undefined {
  const { code, valueQuantity } = observation
  if (!isVitalSign(observation) || !valueQuantity) return undefined
  if (code.coding?.some((each) => otherVitalSigns.includes(each.code ?? ''))) return undefined
  return readingKinds.find((kind) => isInUnitOf(kind, valueQuantity))
}

/** What is common to readings we can compare and those we cannot. */
function measuredIn(observation: Observation) {
  if (withdrawn.includes(observation.status)) return undefined
  const kind = kindOf(observation)
  const at = measuredAt(observation)
  if (!kind || !at) return undefined
  const upper = kind === 'blood-pressure' ? partOf(observation, upperCodes) : undefined
  const measured = upper ?? observation
  const person = idIn(observation.subject?.reference)
  return { known: { id: observation.id ?? '', person, kind, at }, measured }
}

/**
 * A reading in the unit of its kind; undefined for observations that are not readings, that we cannot compare, or that
 * were withdrawn.
 */
export function readingFromFhir(observation: Observation): Reading | undefined {
  const { known, measured } = measuredIn(observation) ?? {}
  if (!known) return undefined
  const value = quantityIn(known.kind, measured?.valueQuantity)
  if (value === undefined) return undefined
  const isPair = known.kind === 'blood-pressure'
  const lower = isPair ? partOf(observation, lowerCodes)?.valueQuantity : undefined
  const second = quantityIn(known.kind, lower)
  return {
    ...{ ...known, value, ...given('second', second) },
    ...asSent({ value: [measured?.valueQuantity, value], second: [lower, second] }),
    ...given('by', whoFrom(observation.performer?.[0])),
    ...given('device', observation.device?.display),
  }
}

type Measured = readonly [quantity: Quantity | undefined, amount: number | undefined]

/** What was not converted, with its digits. */
function asSent<K extends string>(measured: Readonly<Record<K, Measured>>) {
  const places = Object.entries<Measured>(measured)
    .filter(([, [quantity, amount]]) => quantity?.value === amount)
    .map(([name, [quantity]]) => [name, [quantity, 'value']] as const)
  return numbersOf(Object.fromEntries(places) as Partial<Record<K, NumberPlace>>)
}

/** A reading in a unit, or with a code, that we do not know; undefined for all others. */
export function uncomparedFromFhir(observation: Observation): UncomparedReading | undefined {
  const { known, measured } = measuredIn(observation) ?? {}
  if (!known || !measured) return underUnknownCode(observation)
  const { valueQuantity, valueInteger, valueString } = measured
  const bare = valueInteger?.toString() ?? valueString
  if (bare) return { ...known, written: bare }
  if (valueQuantity?.value === undefined) return undefined
  if (quantityIn(known.kind, valueQuantity) !== undefined) return undefined
  return { ...known, written: quantityAsWritten(known.kind, valueQuantity) }
}

function underUnknownCode(observation: Observation): UncomparedReading | undefined {
  const { code, valueQuantity, status } = observation
  const kind = perhapsOfKind(observation)
  const at = measuredAt(observation)
  if (!kind || !at || !valueQuantity || withdrawn.includes(status)) return undefined
  const [coding] = code.coding ?? []
  const name = code.text ?? coding?.display
  const written = [name, coding?.code].filter(Boolean).join(', ')
  return {
    ...{ id: observation.id ?? '', person: idIn(observation.subject?.reference), kind, at },
    written: [written, quantityAsWritten(kind, valueQuantity)].filter(Boolean).join(': '),
  }
}

export function readingToFhir(reading: Reading): Observation & { id: string } {
  const { loinc: code, ucum, unit } = kindFacts[reading.kind]
  const quantity = (key: 'value' | 'second') => ({
    ...numbersOf({ value: [reading, key] }),
    ...{ unit, system: ucumSystem, code: ucum },
  })
  const first = quantity('value')
  const part = (each: string, valueQuantity: Quantity) => ({
    code: { coding: [{ system: loincSystem, code: each }] },
    valueQuantity,
  })
  const measured =
    reading.second === undefined
      ? { valueQuantity: first }
      : { component: [part(upper, first), part(lower, quantity('second'))] }
  return {
    ...{ resourceType: 'Observation', id: reading.id, status: 'final' },
    category: [
      {
        coding: [
          {
            system: hl7CodeSystem('observation-category'),
            code: 'vital-signs',
          },
        ],
      },
    ],
    code: { coding: [{ system: loincSystem, code }] },
    subject: { reference: `Patient/${reading.person}` },
    effectiveDateTime: reading.at,
    ...(reading.by ? { performer: [referenceTo(reading.by)] } : {}),
    ...measured,
  }
}

/** The limits agreed in a plan. Those for unknown kinds are left out; they stay in the record. */
export function limitsFrom(carePlan: CarePlan): readonly ReadingLimit[] {
  return extensionsOf(carePlan, 'reading-limit').flatMap((each) => {
    const part = (url: string) => each.extension?.find((one) => one.url === url)
    const number = (url: string): NumberPlace => {
      const found = part(url)
      return [found, found?.valueDecimal === undefined ? 'valueInteger' : 'valueDecimal']
    }
    const kind = kindOfCode(part('code')?.valueCode)
    if (!kind) return []
    const numbers = numbersOf({
      ...{ low: number('low'), high: number('high') },
      ...{ riseOver: number('riseOver'), riseDays: number('riseDays') },
    })
    return [{ kind, ...numbers, ...given('since', part('since')?.valueDateTime) }]
  })
}

/** The plan with this limit in place of the one for its kind; without numbers it removes the limit. */
export function withLimit(carePlan: CarePlan, limit: ReadingLimit): CarePlan & { id: string } {
  const { loinc: code } = kindFacts[limit.kind]
  const isOther = (each: Extension) =>
    kindOfCode(each.extension?.find((one) => one.url === 'code')?.valueCode) !== limit.kind
  const others = extensionsOf(carePlan, 'reading-limit').filter(isOther)
  // a changed limit is still in force since it was first agreed: what was outside stays to be dealt with
  const since = limitsFrom(carePlan).find((each) => each.kind === limit.kind)
  const agreed = since ? since.since : limit.since
  const decimal = (url: 'low' | 'high' | 'riseOver') =>
    limit[url] === undefined ? [] : [{ url, ...numbersOf({ valueDecimal: [limit, url] }) }]
  const days = { url: 'riseDays', valueInteger: limit.riseDays ?? 3 }
  const rise = decimal('riseOver')
  const numbers = [
    ...decimal('low'),
    ...decimal('high'),
    ...rise,
    ...(rise.length > 0 ? [days] : []),
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

/** A measured amount in the unit of its kind, to hundredths if converted; undefined for a unit we cannot compare. */
function quantityIn(kind: ReadingKind, measured: Quantity | undefined): number | undefined {
  const { value, code, unit, comparator } = measured ?? {}
  // "less than 90" says nothing about a limit of 88
  if (value === undefined || comparator) return undefined
  const found = readingUnitOf(kind, code ?? unit ?? '')
  const shown = unit === undefined ? found : (readingUnitOf(kind, unit) ?? found)
  // a code and a word that name two units: nobody can know which was meant
  return found && found === shown ? inOurUnit(value, found) : undefined
}

/** Measured in one of the units in which this kind is measured. */
const isInUnitOf = (kind: ReadingKind, { code, unit }: Quantity): boolean =>
  readingUnitOf(kind, code ?? unit ?? '') !== undefined

/** As it is in the record: `82 %O2`, `<90 %`. */
function quantityAsWritten(kind: ReadingKind, measured: Quantity): string {
  const { value, unit, code = '', comparator = '' } = measured
  const written = unit ?? (code === kindFacts[kind].ucum ? kindFacts[kind].unit : code)
  const amount = digitsAt(measured, 'value') ?? value ?? ''
  return `${comparator}${amount} ${written}`.trim()
}
