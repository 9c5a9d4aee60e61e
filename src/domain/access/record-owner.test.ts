import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import {
  isAboutNobody,
  peopleNamed,
  peoplePointedAt,
  recordOwnerTargets,
  speakingTypes,
  speaksOf,
  tellsOfNobody,
} from './record-owner.ts'

/** A record with only the fields that the rule uses. */
const a = (resourceType: string, fields: object = {}) =>
  ({ resourceType, id: 'x', ...fields }) as unknown as Resource
const ref = (reference: string) => ({ reference })

describe('the people a record is about', () => {
  test.each<[Resource, readonly string[]]>([
    [a('Patient'), ['x']],
    [{ resourceType: 'Patient' }, []],
    [a('Goal', { subject: ref('Patient/p') }), ['p']],
    [a('Consent', { patient: ref('Patient/p') }), ['p']],
    [a('Task', { for: ref('Patient/p') }), ['p']],
    [a('Coverage', { beneficiary: ref('Patient/p') }), ['p']],
    [a('ResearchSubject', { individual: ref('Patient/p') }), ['p']],
    [a('Membership', { member: ref('Patient/p') }), ['p']],
    [a('Schedule', { actor: [ref('Patient/p'), ref('Practitioner/q')] }), ['p']],
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
    [a('Task', { focus: ref('CarePlan/1/Goal/2') }), ['Goal/2']],
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
  ])('%j refers to the records %j', (resource, records) => {
    expect(speaksOf(resource)).toEqual(records)
    expect(recordOwnerTargets(resource)).toEqual(
      resource.resourceType === 'Provenance' ? records : [],
    )
  })

  test('six types may refer to another record', () => {
    expect([...speakingTypes].sort()).toEqual([
      'Communication',
      'DetectedIssue',
      'Flag',
      'Observation',
      'Provenance',
      'Task',
    ])
  })

  test('every person a record refers to is found, at any depth and in any form', () => {
    const found = peoplePointedAt({
      a: [ref('Patient/1'), ref('Goal/2')],
      ...ref('https://elsewhere.example/fhir/Patient/3/_history/4'),
      b: { reference: 5 },
      c: ref('Goal/6/Patient/7'),
    })
    expect(found).toEqual(['1', '3', '7'])
    expect([...peoplePointedAt(null), ...peoplePointedAt('x')]).toEqual([])
  })

  test.each<[Resource, boolean]>([
    [a('Device'), true],
    [a('Device', { owner: ref('Organization/o') }), true],
    [a('Device', { patient: ref('Patient/p') }), false],
    [a('Device', { patient: { display: 'Grace' } }), false],
    [a('Schedule', { actor: [ref('RelatedPerson/r')] }), false],
    [a('Organization', { extension: [{ valueReference: ref('Patient/p') }] }), false],
    [a('Goal'), false],
  ])('%j is about nobody: %s', (resource, expected) => {
    expect(tellsOfNobody(resource)).toBe(expected)
  })

  const aboutNobody =
    'ActivityDefinition CapabilityStatement CodeSystem Device Endpoint HealthcareService Library Location Measure ' +
    'Medication Organization PlanDefinition Practitioner PractitionerRole Questionnaire Schedule Slot Substance ValueSet'
  test.each(aboutNobody.split(' '))('the type %s is about nobody', (type) => {
    expect(isAboutNobody(type)).toBe(true)
  })
  test('the type Patient is about a person', () => expect(isAboutNobody('Patient')).toBe(false))
})
