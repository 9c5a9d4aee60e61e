import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import {
  isAboutNobody,
  peopleNamed,
  referencesIn,
  speakingTypes,
  speaksOf,
  targetOf,
} from './belongs-to.ts'

/** Only what the rule looks at. */
const a = (resourceType: string, fields: object = {}) =>
  ({ resourceType, id: 'x', ...fields }) as unknown as Resource
const ref = (reference: string) => ({ reference })

describe('whom a record is about', () => {
  test.each<[Resource, readonly string[]]>([
    [a('Patient'), ['x']],
    [{ resourceType: 'Patient' }, []],
    [a('Goal', { subject: ref('Patient/p') }), ['p']],
    [a('Consent', { patient: ref('Patient/p') }), ['p']],
    [a('Task', { for: ref('Patient/p') }), ['p']],
    [a('Coverage', { beneficiary: ref('Patient/p') }), ['p']],
    [a('ResearchSubject', { individual: ref('Patient/p') }), ['p']],
    [a('Membership', { member: ref('Patient/p') }), ['p']],
    [a('Goal', { subject: ref('Group/p') }), []],
    [a('Goal', { subject: ref('Patient/') }), []],
    [a('Goal', { subject: { reference: 7 } }), []],
    [a('Goal'), []],
    [
      a('Appointment', {
        participant: [{ actor: ref('Patient/p') }, {}, { actor: ref('Patient/q') }],
      }),
      ['p', 'q'],
    ],
  ])('%j', (resource, people) => {
    expect(peopleNamed(resource)).toEqual(people)
  })

  test.each<[Resource, readonly string[]]>([
    [a('Provenance', { target: [ref('CarePlan/1/_history/2')] }), ['CarePlan/1']],
    [a('Communication', { about: [ref('Goal/1'), ref('Patient/p'), {}, ref('x')] }), ['Goal/1']],
    [a('Task', { focus: ref('CarePlan/1') }), ['CarePlan/1']],
    [a('Observation', { focus: [ref('Goal/1')] }), ['Goal/1']],
    [a('DetectedIssue', { implicated: [ref('Goal/1')] }), ['Goal/1']],
    [
      a('Flag', {
        extension: [
          { url: 'x/fhir/about', valueReference: ref('Encounter/1') },
          { url: 'x/y', valueReference: ref('Goal/2') },
        ],
      }),
      ['Encounter/1'],
    ],
    [a('Condition', { target: [ref('Goal/1')] }), []],
  ])('%j speaks of %j', (resource, records) => {
    expect(speaksOf(resource)).toEqual(records)
    expect(targetOf(resource)).toEqual(resource.resourceType === 'Provenance' ? records : [])
  })

  test('six types may speak of another record', () => {
    expect([...speakingTypes].sort()).toEqual([
      'Communication',
      'DetectedIssue',
      'Flag',
      'Observation',
      'Provenance',
      'Task',
    ])
  })

  test('every reference in it is found, however deep', () => {
    const found = referencesIn({
      a: [{ reference: 'x/1' }],
      reference: 'y/2',
      b: { reference: 3 },
      c: null,
    })
    expect([...found]).toEqual(['x/1', 'y/2'])
    expect([...referencesIn(null), ...referencesIn('x')]).toEqual([])
  })

  const aboutNobody =
    'ActivityDefinition CapabilityStatement CodeSystem Device Endpoint HealthcareService Library Location Measure ' +
    'Medication Organization PlanDefinition Practitioner PractitionerRole Questionnaire Schedule Slot Substance ValueSet'
  test.each(aboutNobody.split(' '))('%s is about nobody', (type) => {
    expect(isAboutNobody(type)).toBe(true)
  })
  test('a Patient is about somebody', () => expect(isAboutNobody('Patient')).toBe(false))
})
