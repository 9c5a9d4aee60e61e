import type { Extension, Observation, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { kindOfCode } from './codes.ts'
import type { OwnAmber, OwnAmberAgreed, OwnAmberLimit } from './own-amber.ts'
import { kindFacts } from './reading.ts'

export const ownAmberCode = 'own-amber'
export const ownAmberAgreedCode = 'own-amber-agreed'
const limitName = 'own-amber-limit'

const isCoded = (resource: Resource | undefined, wanted: string): resource is Observation =>
  resource?.resourceType === 'Observation' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === wanted,
  ) ??
    false)

export const isOwnAmber = (resource: Resource | undefined): resource is Observation =>
  isCoded(resource, ownAmberCode)

export const isOwnAmberAgreed = (resource: Resource | undefined): resource is Observation =>
  isCoded(resource, ownAmberAgreedCode)

const commonOf = (each: Pick<OwnAmber, 'id' | 'person' | 'by' | 'at'>, code: string) => ({
  ...{ resourceType: 'Observation' as const, id: each.id, status: 'final' as const },
  // who may write a reading may say this
  ...{ category: [ownCode('reading')], code: ownCode(code) },
  subject: { reference: `Patient/${each.person}` },
  ...{ performer: [referenceTo(each.by)], effectiveDateTime: each.at },
})

export const ownAmberToFhir = (rule: OwnAmber): Observation & { id: string } => ({
  ...commonOf(rule, ownAmberCode),
  valueString: rule.words.trim(),
  ...withExtensions(undefined, { [limitName]: rule.limit ? [limitToFhir(rule.limit)] : [] }),
})

const numbers = ['below', 'above', 'up'] as const

function limitToFhir(limit: OwnAmberLimit): Omit<Extension, 'url'> {
  const { kind, days } = limit
  return {
    extension: [
      { url: 'code', valueCode: kindFacts[kind].loinc },
      ...numbers.flatMap((url) => {
        const value = limit[url]
        return value === undefined ? [] : [{ url, valueDecimal: value }]
      }),
      ...(days === undefined ? [] : [{ url: 'days', valueInteger: days }]),
    ],
  }
}

/** Undefined for what is none, or was taken back. */
export function ownAmberFromFhir(observation: Observation): OwnAmber | undefined {
  const common = commonFrom(observation)
  const { valueString: words } = observation
  if (!isOwnAmber(observation) || !common || !words) return undefined
  return { ...common, words, ...given('limit', ownAmberLimitIn(observation)) }
}

/** Undefined if it says no number, or is of a kind that we do not know. */
export function ownAmberLimitIn(observation: Observation): OwnAmberLimit | undefined {
  const said = extensionOf(observation, limitName)?.extension
  const part = (url: string) => said?.find((each) => each.url === url)
  const kind = kindOfCode(part('code')?.valueCode)
  if (!kind) return undefined
  return {
    kind,
    ...given('below', part('below')?.valueDecimal),
    ...given('above', part('above')?.valueDecimal),
    ...given('up', part('up')?.valueDecimal),
    ...given('days', part('days')?.valueInteger),
  }
}

export const saysOwnAmberLimit = (observation: Observation): boolean =>
  extensionOf(observation, limitName) !== undefined

export const ownAmberAgreedToFhir = (agreed: OwnAmberAgreed): Observation & { id: string } => ({
  ...commonOf(agreed, ownAmberAgreedCode),
  ...{ valueBoolean: true, focus: [{ reference: `Observation/${agreed.rule}` }] },
})

export function ownAmberAgreedFromFhir(observation: Observation): OwnAmberAgreed | undefined {
  const common = commonFrom(observation)
  const rule = idIn(observation.focus?.[0]?.reference)
  return isOwnAmberAgreed(observation) && common && rule ? { ...common, rule } : undefined
}

function commonFrom({ id = '', subject, performer, effectiveDateTime: at, status }: Observation) {
  const by = whoFrom(performer?.[0])
  if (status !== 'final' || !by || !at) return undefined
  return { id, person: idIn(subject?.reference), by, at }
}
