import type { Observation } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  bloodPressure,
  type Coded,
  type Country,
  encounterOf,
  neverSmoked,
  panel,
  type Reading,
  readings,
  smoking,
} from './synthea-codes.ts'
import type { Drawn } from './synthea-draw.ts'

type Kept = ResourceWithId
type Pointer = Readonly<{ reference: string }>

export type Visit = Readonly<{
  draw: Drawn
  country: Country
  subject: Pointer
  /** named by their identifiers: they come in separate files */
  staff: Pointer
  place: Pointer
  /** the number of earlier visits */
  visit: number
  on: Date
}>

const concept = (coded: Coded) => ({ coding: [coded], text: coded.display })
const toEntry = ({ id }: Kept): Pointer => ({ reference: `urn:uuid:${id}` })
const codeOf = (name: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code }],
})

/** All records of one visit: about thirteen. */
export function visitOf(context: Visit): readonly Kept[] {
  const encounter = encounterAt(context)
  const seen = { ...context, encounter: toEntry(encounter), at: context.on.toISOString() }
  const measured = readings
    .filter((_, at) => (at + context.visit) % 7 !== 0)
    .map((each) => reading(seen, each))
  const rarely = [problem, plan, vaccination, procedure, answer]
  const one = rarely[context.visit % rarely.length]?.(seen) ?? []
  const [diagnosis] = one
  const prescribed = medication(
    seen,
    diagnosis?.resourceType === 'Condition' ? diagnosis : undefined,
  )
  const claim = claimFor(seen, prescribed)
  return [
    encounter,
    ...one,
    ...measured,
    pressure(seen),
    report(seen, measured),
    prescribed,
    claim,
    benefit(seen, claim),
  ]
}

type Seen = Visit & Readonly<{ encounter: Pointer; at: string }>

const later = ({ on }: Visit, minutes: number) =>
  new Date(on.getTime() + minutes * 60_000).toISOString()

function encounterAt(context: Visit): Kept {
  const { draw, subject, staff, place, on } = context
  return {
    ...{ resourceType: 'Encounter', id: draw.uuid(), status: 'finished', subject },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [concept(encounterOf)],
    participant: [{ individual: staff }],
    period: { start: on.toISOString(), end: later(context, 15) },
    serviceProvider: place,
  }
}

type Measured = Observation & { id: string }

function observation({ draw, subject, encounter, at }: Seen, code: Coded): Measured {
  return {
    ...{ resourceType: 'Observation', id: draw.uuid(), status: 'final', subject, encounter },
    category: [codeOf('observation-category', 'vital-signs')],
    ...{ code: concept(code), effectiveDateTime: at, issued: at },
  }
}

const quantity = (value: number, unit: string) => ({
  ...{ value, unit, system: 'http://unitsofmeasure.org', code: unit },
})

function reading(seen: Seen, { code, unit, from, to }: Reading): Measured {
  const value = seen.draw.between(from * 100, to * 100) / 100 + 0.00021100218293
  return { ...observation(seen, code), valueQuantity: quantity(value, unit) }
}

function pressure(seen: Seen): Measured {
  const part = (code: Coded, from: number, to: number) => ({
    code: concept(code),
    valueQuantity: quantity(seen.draw.between(from, to), 'mm[Hg]'),
  })
  return {
    ...observation(seen, bloodPressure.whole),
    component: [part(bloodPressure.diastolic, 60, 110), part(bloodPressure.systolic, 100, 190)],
  }
}

const answer = (seen: Seen): readonly Kept[] => [
  { ...observation(seen, smoking), valueCodeableConcept: concept(neverSmoked) },
]

function report({ draw, subject, encounter, at }: Seen, measured: readonly Measured[]): Kept {
  return {
    ...{ resourceType: 'DiagnosticReport', id: draw.uuid(), status: 'final', subject, encounter },
    category: [codeOf('v2-0074', 'LAB')],
    ...{ code: concept(panel), effectiveDateTime: at, issued: at },
    result: measured
      .slice(0, 4)
      .map((each) => ({ ...toEntry(each), display: each.code.text ?? '' })),
  }
}

function problem({ draw, country, subject, encounter, at }: Seen): readonly Kept[] {
  const condition: Kept = {
    ...{ resourceType: 'Condition', id: draw.uuid(), subject, encounter },
    clinicalStatus: codeOf('condition-clinical', draw.one(['active', 'resolved'])),
    verificationStatus: codeOf('condition-ver-status', 'confirmed'),
    code: concept(draw.one(country.conditions)),
    ...{ onsetDateTime: at, recordedDate: at },
  }
  return [condition]
}

function plan({ draw, country, subject, encounter, at }: Seen): readonly Kept[] {
  const goal: Kept = {
    ...{ resourceType: 'Goal', id: draw.uuid(), lifecycleStatus: 'accepted', subject },
    achievementStatus: codeOf('goal-achievement', 'in-progress'),
    description: { text: 'Hemoglobin A1c total in Blood < 7.0' },
  }
  const carePlan: Kept = {
    ...{ resourceType: 'CarePlan', id: draw.uuid(), status: 'active', intent: 'order' },
    ...{ subject, encounter, period: { start: at }, goal: [toEntry(goal)] },
    category: [concept(draw.one(country.plans))],
    activity: [
      { detail: { code: concept(draw.one(country.procedures)), status: 'in-progress' } },
      { detail: { code: concept(draw.one(country.procedures)), status: 'in-progress' } },
    ],
  }
  return [goal, carePlan]
}

function vaccination({ draw, country, subject, encounter, at }: Seen): readonly Kept[] {
  const vaccine: Kept = {
    ...{ resourceType: 'Immunization', id: draw.uuid(), status: 'completed', encounter },
    ...{ patient: subject, vaccineCode: concept(draw.one(country.vaccines)) },
    ...{ occurrenceDateTime: at, primarySource: true },
  }
  return [vaccine]
}

function procedure(seen: Seen): readonly Kept[] {
  const { draw, country, subject, encounter, at } = seen
  const done: Kept = {
    ...{ resourceType: 'Procedure', id: draw.uuid(), status: 'completed', subject, encounter },
    code: concept(draw.one(country.procedures)),
    performedPeriod: { start: at, end: later(seen, 24) },
  }
  return [done]
}

function medication(seen: Seen, reason: Kept | undefined): Kept {
  const { draw, country, subject, encounter, staff, at } = seen
  return {
    ...{ resourceType: 'MedicationRequest', id: draw.uuid(), status: 'stopped', intent: 'order' },
    ...{ subject, encounter, authoredOn: at, requester: staff },
    medicationCodeableConcept: concept(draw.one(country.medications)),
    ...(reason ? { reasonReference: [toEntry(reason)] } : {}),
  }
}

const money = (value: number) => ({ value, currency: 'USD' as const })

function claimFor(seen: Seen, prescribed: Kept): Kept {
  const { draw, subject, encounter, place, at } = seen
  return {
    ...{ resourceType: 'Claim', id: draw.uuid(), status: 'active', use: 'claim' },
    ...{ patient: subject, provider: place, created: at, prescription: toEntry(prescribed) },
    type: codeOf('claim-type', 'institutional'),
    billablePeriod: { start: at, end: later(seen, 15) },
    priority: codeOf('processpriority', 'normal'),
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'no_insurance' } }],
    item: [{ sequence: 1, productOrService: concept(encounterOf), encounter: [encounter] }],
    total: money(129.16),
  }
}

/** With contained records, which name the person and the practitioner. */
function benefit({ draw, subject, staff, at }: Seen, claim: Kept): Kept {
  return {
    ...{ resourceType: 'ExplanationOfBenefit', id: draw.uuid(), status: 'active', use: 'claim' },
    contained: [
      {
        ...{ resourceType: 'ServiceRequest', id: 'referral', status: 'completed', intent: 'order' },
        ...{ subject, requester: staff, performer: [staff] },
      },
      {
        ...{ resourceType: 'Coverage', id: 'coverage', status: 'active', beneficiary: subject },
        ...{ type: { text: 'no_insurance' }, payor: [{ display: 'no_insurance' }] },
      },
    ],
    ...{ patient: subject, created: at, provider: staff, insurer: { display: 'no_insurance' } },
    ...{ referral: { reference: '#referral' }, claim: toEntry(claim), outcome: 'complete' },
    type: codeOf('claim-type', 'institutional'),
    insurance: [{ focal: true, coverage: { reference: '#coverage', display: 'no_insurance' } }],
    careTeam: [{ sequence: 1, provider: staff, role: codeOf('claimcareteamrole', 'primary') }],
    total: [{ category: codeOf('adjudication', 'submitted'), amount: money(125) }],
    payment: { amount: money(0) },
  }
}
