import type { Observation, ObservationComponent, Resource } from '@medplum/fhirtypes'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import {
  type Ability,
  abilities,
  type BestInterestsRecord,
  type CapacityRecord,
} from './capacity.ts'

const kindOf = ({ code }: Observation) =>
  code?.coding?.find((each) => each.system === gableCodeSystem)?.code

const isUsed = ({ status }: Observation) => status !== 'entered-in-error' && status !== 'cancelled'

/** For the person and the named professionals, and the record says why. */
const restricted = (why: string) => ({ security: [restrictedBecause(why)] })

const isCapacity = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' && kindOf(resource) === 'capacity-decision'
const isBestInterests = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' && kindOf(resource) === 'best-interests'

/** What is recorded about who decides: whether the person can, or why somebody else did. */
export const isDecisionRecord = (resource: Resource): resource is Observation =>
  isCapacity(resource) || isBestInterests(resource)

const component = (code: string, value: Partial<ObservationComponent>): ObservationComponent => ({
  code: ownCode(code),
  ...value,
})
const said = (code: string, text: string) =>
  text.trim() ? [component(code, { valueString: text.trim() })] : []

const componentOf = ({ component: all }: Observation, code: string) =>
  all?.find((each) => each.code.coding?.some((one) => one.code === code))
const textOf = (record: Observation, code: string) => componentOf(record, code)?.valueString ?? ''

const focusOf = ({ focus }: Observation) =>
  idIn(focus?.find((each) => each.reference?.startsWith('CarePlan/'))?.reference)

const begun = (record: Readonly<{ id: string; person: string; planId: string; at: string }>) => ({
  resourceType: 'Observation' as const,
  id: record.id,
  status: 'final' as const,
  subject: { reference: `Patient/${record.person}` },
  focus: [{ reference: `CarePlan/${record.planId}` }],
  effectiveDateTime: record.at,
})

export function capacityToFhir(record: CapacityRecord): Observation & { id: string } {
  const { unable, hasCapacity, reviewOn } = record
  return {
    ...begun(record),
    meta: restricted('About whether the person can make this decision'),
    code: { ...ownCode('capacity-decision'), text: record.decision },
    performer: [referenceTo(record.by)],
    valueBoolean: hasCapacity,
    component: [
      ...said('impairment', record.impairment),
      ...abilities.map((each) =>
        component(`can-${each}`, { valueBoolean: !unable.includes(each) }),
      ),
      ...said('because', record.because),
      ...said('support', record.support),
      ...said('reasons', record.reasons),
      ...(reviewOn ? [component('look-again', { valueDateTime: reviewOn })] : []),
    ],
  }
}

export function capacityFromFhir(record: Observation): CapacityRecord | undefined {
  const by = whoFrom(record.performer?.[0])
  if (!isCapacity(record) || !isUsed(record) || !by) return undefined
  const isUnable = (each: Ability) => componentOf(record, `can-${each}`)?.valueBoolean === false
  return {
    id: record.id ?? '',
    ...given('version', record.meta?.versionId),
    person: idIn(record.subject?.reference),
    planId: focusOf(record),
    decision: record.code.text ?? '',
    hasCapacity: record.valueBoolean ?? true,
    impairment: textOf(record, 'impairment'),
    unable: abilities.filter(isUnable),
    because: textOf(record, 'because'),
    support: textOf(record, 'support'),
    reasons: textOf(record, 'reasons'),
    ...given('reviewOn', dayWritten(componentOf(record, 'look-again')?.valueDateTime ?? '')),
    by,
    ...given('kept', record.meta?.lastUpdated),
    at: record.effectiveDateTime ?? record.meta?.lastUpdated ?? '',
  }
}

export function bestInterestsToFhir(record: BestInterestsRecord): Observation & { id: string } {
  return {
    ...begun(record),
    meta: restricted('About a decision made for the person'),
    code: ownCode('best-interests'),
    performer: [referenceTo(record.by)],
    valueString: record.decided.trim(),
    derivedFrom: [{ reference: record.capacity }],
    component: [
      ...said('wishes', record.wishes),
      ...said('consulted', record.consulted),
      ...said('why', record.why),
      ...said('imca', record.imca),
    ],
  }
}

export function bestInterestsFromFhir(record: Observation): BestInterestsRecord | undefined {
  const by = whoFrom(record.performer?.[0])
  if (!isBestInterests(record) || !isUsed(record) || !by) return undefined
  return {
    id: record.id ?? '',
    ...given('version', record.meta?.versionId),
    person: idIn(record.subject?.reference),
    planId: focusOf(record),
    capacity: record.derivedFrom?.[0]?.reference ?? '',
    wishes: textOf(record, 'wishes'),
    consulted: textOf(record, 'consulted'),
    decided: record.valueString ?? '',
    why: textOf(record, 'why'),
    imca: textOf(record, 'imca'),
    by,
    at: record.effectiveDateTime ?? record.meta?.lastUpdated ?? '',
  }
}
