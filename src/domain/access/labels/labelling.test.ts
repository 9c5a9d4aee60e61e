import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { AccessAct, AccessRelation, Decision } from '#domain/access/decide.ts'
import { namesPerson } from '#domain/access/names-person.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { askAs } from '#test-support/access/decision-table.ts'
import {
  type AccessLabel,
  accessLabelOf,
  isBetween,
  labelsAsSeenByPatient,
} from './access-label.ts'
import { type Labelling, labelFault, labellingOf } from './labelling.ts'
import { isOwnedByPatient } from './owned-by-patient.ts'

const gable = 'https://gable.example/codes'
const between = { system: gable, code: 'professional-only' }
const why = { extension: [{ url: 'https://gable.example/fhir/restricted-why', valueString: 'x' }] }
const restricted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
}
const sensitive = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }
const her = { reference: 'Patient/p' }
const nurse = { reference: 'Practitioner/amina-yusuf' }

const a = (resourceType: string, fields: object = {}, security?: readonly object[]) =>
  ({
    ...{ resourceType, id: 'x', ...fields },
    ...(security ? { meta: { security } } : {}),
  }) as unknown as Resource
const coded = (code: string) => ({ coding: [{ code }] })
const staff = { code: coded('staff-task') }

describe('never kept from the person', () => {
  const always = [
    ...['Patient', 'RelatedPerson', 'CareTeam', 'EpisodeOfCare', 'CarePlan', 'Goal', 'Consent'],
    ...['Provenance', 'AuditEvent', 'Appointment', 'AppointmentResponse'],
  ]
  test.each<[string, Resource, boolean]>([
    ...always.map((type) => [`a ${type}`, a(type), true] as [string, Resource, boolean]),
    ['a diagnosis', a('Condition'), false],
    ['a diagnosis of no category', a('Condition', { category: [{}] }), false],
    ['a need of hers', a('Condition', { category: [coded('health-concern')] }), true],
    ['what she said she has', a('Condition', { asserter: her }), true],
    ['what her son said', a('Condition', { asserter: { reference: 'RelatedPerson/r' } }), false],
    ['a finding', a('Observation', { code: coded('718-7') }), false],
    ['what is written about her', a('Observation', { code: coded('1515861000000103') }), true],
    ['a finding without a code', a('Observation', { code: {} }), false],
    ['a reading of hers', a('Observation', { code: {}, performer: [nurse, her] }), true],
    ['her answers', a('QuestionnaireResponse', { source: her }), true],
    ['answers of a professional', a('QuestionnaireResponse', { author: nurse }), false],
    ['what she wrote', a('Communication', { sender: her }), true],
    ['what she is told', a('Communication', { sender: nurse, recipient: [her] }), true],
    ['a comment', a('Communication', { category: [coded('comment')] }), true],
    ['an answer to a promise', a('Communication', { category: [coded('promise-answer')] }), true],
    ['a note', a('Communication', { sender: nurse, category: [coded('note')] }), false],
    ['what she is to do', a('Task', { intent: 'order', owner: her }), true],
    ['what she asked for', a('Task', { intent: 'order', requester: her }), true],
    ['a promise of a colleague', a('Task', { intent: 'order', owner: nurse }), true],
    ['work of the staff', a('Task', { code: coded('staff-task'), owner: nurse }), false],
    ['a referral on its way', a('Task', { code: coded('referral'), owner: nurse }), false],
    ['work of the staff that she asked for', a('Task', { ...staff, requester: her }), true],
    ['a suggestion', a('Task', { intent: 'proposal', focus: { reference: 'Goal/g' } }), false],
    [
      'the alert of an opening',
      a('Flag', { code: { coding: [{ system: gable, code: 'break-glass' }] } }),
      true,
    ],
    ['an alert that her answers raised', a('Flag', { author: her, code: coded('x') }), false],
    ['help that she asked for', a('ServiceRequest', { requester: her }), true],
    ['a letter', a('DocumentReference', { author: [nurse], subject: her }), false],
    ['a letter that she wrote', a('DocumentReference', { author: [her] }), true],
  ])('%s: %#', (_what, resource, expected) => {
    expect(isOwnedByPatient(resource)).toBe(expected)
  })

  test.each([
    ...['asserter', 'author', 'enterer', 'expressedBy', 'informationSource', 'owner'],
    ...['participant', 'performer', 'recipient', 'recorder', 'reporter', 'requester', 'sender'],
    ...['source', 'agent'],
  ])('%s says whose it is, however deep', (key) => {
    expect(namesPerson(a('Basic', { [key]: [{ actor: her }] }))).toBe(true)
    expect(namesPerson(a('Basic', { [key]: [{ actor: nurse, reference: 7 }] }))).toBe(false)
  })

  test('the person a record is about says nothing about who wrote it', () => {
    expect(namesPerson(a('Condition', { subject: her, patient: her, performer: null }))).toBe(false)
  })
})

describe('what speaks of a note between professionals', () => {
  test.each<[Resource, readonly AccessLabel[], AccessLabel]>([
    [a('Communication', { sender: her }), ['professional'], 'conversation'],
    [a('Communication', { sender: her }), ['sealed'], 'restricted'],
    [a('Communication', { sender: her }), ['own', 'professional'], 'own'],
    [a('Communication', { sender: nurse }), ['professional'], 'professional'],
    [a('Provenance', { agent: [{ who: her }] }), ['professional'], 'roof'],
    [a('Provenance', { agent: [{ who: nurse }] }), ['professional'], 'professional'],
    [a('Goal', { expressedBy: nurse }), ['professional'], 'conversation'],
    [a('CareTeam'), ['professional'], 'team'],
    [a('Task', { intent: 'order' }), ['sealed'], 'restricted'],
    [a('Task', { intent: 'proposal' }), ['professional'], 'professional'],
    [a('Communication', { category: [coded('comment')] }), ['professional'], 'professional'],
  ])('stays open to her when it is hers: %#', (resource, about, room) => {
    expect(accessLabelOf(resource, about)).toBe(room)
  })

  test('what she did not write goes where that stands', () => {
    expect(labelsAsSeenByPatient(a('Communication'), ['sealed', 'professional'])).toEqual([
      ...['sealed', 'professional'],
    ])
  })
})

test('a consent is never kept from the person, whatever labels it has', () => {
  expect(accessLabelOf(a('Consent', {}, [between]))).toBe('own')
  expect(accessLabelOf(a('Consent', {}, [between, restricted]))).toBe('restricted')
  expect(isBetween(a('Consent', {}, [between]))).toBe(true)
})

const given = {
  ...{ status: 'active', provision: { class: [{ code: 'me' }] } },
}
const note = (more: object = {}, security?: readonly object[]) =>
  a('Communication', { sender: nurse, ...more }, security)

type Change = Readonly<{
  before?: Resource
  after: Resource
  from?: AccessLabel
  wasHers?: boolean
}>
const labelled = (change: Change) => labellingOf({ ...change, to: accessLabelOf(change.after) })

describe('what a write does to labels', () => {
  const plain = a('Condition')
  test.each<[string, Change, Partial<Labelling> | undefined]>([
    ['none, none', { before: plain, after: plain }, undefined],
    ['new without', { after: plain }, undefined],
    [
      'new, restricted without a reason',
      { after: a('Condition', {}, [restricted]) },
      { touched: ['restricted'], explained: false, misplaced: false, isNew: true },
    ],
    [
      'new, restricted with a reason',
      { after: a('Condition', {}, [{ ...restricted, ...why }]) },
      { touched: ['restricted'], explained: true },
    ],
    [
      'new, restricted with a code beside it',
      { after: a('Condition', {}, [restricted, sensitive]) },
      { touched: ['restricted'], explained: true },
    ],
    [
      'a reason of nothing but spaces is none',
      {
        after: a('Condition', {}, [
          {
            ...restricted,
            extension: [
              { url: 'https://gable.example/fhir/restricted-why', valueString: '  ' },
              { url: 'x', valueString: 'other' },
            ],
          },
        ]),
      },
      { explained: false },
    ],
    [
      'between professionals without a reason',
      { before: plain, after: a('Condition', {}, [between]), from: 'record' },
      { touched: ['between'], explained: false, misplaced: false, isNew: false },
    ],
    [
      'a note needs none',
      { after: note({}, [between]) },
      { touched: ['between'], explained: true, sender: nurse.reference },
    ],
    ['nor does an alert', { after: a('Flag', {}, [between]) }, { explained: true }],
    ['nor a score', { after: a('RiskAssessment', {}, [between]) }, { explained: true }],
    ['nor a task', { after: a('Task', staff, [between]) }, { explained: true }],
    [
      'a note that is restricted does',
      { after: note({}, [between, restricted]) },
      { touched: ['between', 'restricted'], explained: false },
    ],
    [
      'a note that becomes restricted does',
      { before: note({}, [between]), after: note({}, [between, restricted]), from: 'professional' },
      { touched: ['restricted'], explained: false },
    ],
    [
      'taken off',
      { before: a('Condition', {}, [between]), after: plain, from: 'professional' },
      { touched: ['between'], explained: true, misplaced: false },
    ],
    [
      'kept, with its reason',
      {
        before: a('Condition', {}, [{ ...restricted, ...why }]),
        after: a('Condition', { code: {} }, [{ ...restricted, ...why }]),
      },
      undefined,
    ],
    [
      'kept, its reason taken away',
      {
        before: a('Condition', {}, [{ ...restricted, ...why }]),
        after: a('Condition', {}, [restricted]),
      },
      { touched: ['restricted'], explained: false },
    ],
    [
      'kept, a reason given later',
      {
        before: a('Condition', {}, [restricted]),
        after: a('Condition', {}, [restricted, sensitive]),
      },
      { touched: ['restricted'], explained: true },
    ],
    [
      'a note whose sender is made another',
      {
        before: note({}, [between]),
        after: note({ sender: { reference: 'Practitioner/z' } }),
        from: 'professional',
      },
      { touched: ['between'], sender: undefined },
    ],
    [
      'of a goal nobody is the sender',
      { before: a('Condition', { sender: nurse }), after: a('Condition', {}, [between]) },
      { sender: undefined },
    ],
    ['on a goal', { after: a('Goal', {}, [between]) }, { misplaced: true }],
    [
      'on what she wrote once',
      { before: plain, after: a('Condition', {}, [between]), wasHers: true },
      { misplaced: true },
    ],
    [
      'on what is hers until now',
      {
        before: a('Condition', { asserter: her }),
        after: a('Condition', {}, [between]),
        from: 'record',
      },
      { misplaced: true },
    ],
    [
      'on a consent that opens a room',
      { after: a('Consent', given, [restricted, sensitive]) },
      { misplaced: true },
    ],
    [
      'on one that opens none',
      { after: a('Consent', {}, [restricted, sensitive]) },
      { misplaced: false },
    ],
    ['between professionals, on any', { after: a('Consent', {}, [between]) }, { misplaced: true }],
    [
      'on the alert of an opening',
      {
        after: a('Flag', { code: { coding: [{ system: gable, code: 'break-glass' }] } }, [
          restricted,
          sensitive,
        ]),
      },
      { misplaced: true },
    ],
    [
      'what is between professionals is made hers to do',
      {
        before: a('Task', staff, [between]),
        after: a('Task', { owner: her }, [between]),
        from: 'professional',
      },
      { touched: [], misplaced: true },
    ],
    [
      'what was labelled so before this was known goes on',
      {
        before: a('Goal', {}, [between]),
        after: a('Goal', { note: [] }, [between]),
        from: 'professional',
      },
      undefined,
    ],
    [
      'and is opened again',
      { before: a('Goal', {}, [between]), after: a('Goal'), from: 'professional' },
      { touched: ['between'], misplaced: false, explained: true },
    ],
  ])('%s', (_what, change, expected) => {
    const found = labelled(change)
    if (expected) expect(found).toMatchObject(expected)
    else expect(found).toBeUndefined()
  })

  test.each<[string, Resource, AccessLabel, AccessLabel, boolean, boolean]>([
    [
      'a promise by what it is for',
      a('Task', { owner: her }),
      'conversation',
      'professional',
      false,
      true,
    ],
    [
      'a promise made a suggestion',
      a('Task', { owner: her }),
      'conversation',
      'sealed',
      false,
      true,
    ],
    ['what was hers once', a('Task', staff), 'conversation', 'professional', true, true],
    ['what never was', a('Task', staff), 'conversation', 'professional', false, false],
    [
      'what is closed already',
      a('Task', { owner: her }),
      'professional',
      'professional',
      false,
      false,
    ],
    ['what stays open', a('Task', { owner: her }), 'conversation', 'restricted', true, false],
  ])('nothing of hers is hidden without a label: %s', (_what, before, from, to, wasHers, hides) => {
    const found = labellingOf({ before, after: a('Task', staff), from, to, wasHers })
    expect(found?.misplaced ?? false).toBe(hides)
  })

  test('what was never there is not hidden by being new', () => {
    expect(labellingOf({ after: a('Task'), to: 'professional' })).toBeUndefined()
  })
})

describe('who puts labels on and takes them off', () => {
  const own = [nurse.reference]
  const labelling: Labelling = {
    ...{ touched: ['between'], explained: true, misplaced: false, isNew: false },
    sender: undefined,
  }
  const sealing = { ...labelling, touched: ['between', 'restricted'] } as const
  const fresh = { ...labelling, isNew: true }
  const hers = { ...labelling, sender: nurse.reference }
  test.each<[string, AccessRelation, Labelling, ReturnType<typeof labelFault>]>([
    ['amina', 'named', labelling, undefined],
    ['amina', 'named', sealing, undefined],
    ['admin', 'all', sealing, undefined],
    ['amina', 'related', labelling, 'not-your-role'],
    ['amina', 'related', fresh, undefined],
    ['amina', 'related', hers, undefined],
    ['amina', 'related', { ...labelling, sender: 'Practitioner/z' }, 'not-your-role'],
    ['amina', 'related', { ...sealing, isNew: true }, 'not-your-role'],
    ['tom', 'break-glass', fresh, undefined],
    ['tom', 'break-glass', { ...sealing, isNew: true }, 'not-your-role'],
    ['grace', 'self', fresh, 'not-your-role'],
    ['grace', 'named', labelling, 'not-your-role'],
    ['chidi', 'carer', fresh, 'not-your-role'],
    ['amina', 'named', { ...labelling, explained: false }, 'no-reason'],
    ['admin', 'all', { ...labelling, explained: false }, 'no-reason'],
    ['admin', 'all', { ...labelling, misplaced: true }, 'never-kept-from-her'],
    ['grace', 'self', { ...labelling, explained: false }, 'not-your-role'],
  ])('%s, %s, %j: %s', (who, relation, done, fault) => {
    expect(labelFault({ actor: demoActor(who), relation, labelling: done }, own)).toBe(fault)
  })

  test('a program labels nothing, whatever it is named in', () => {
    const actor = { identity: 'lab', name: 'Laboratory', role: 'program' } as const
    expect(labelFault({ actor, relation: 'named', labelling: fresh }, [])).toBe('not-your-role')
  })

  test('without a change of labels there is no fault', () => {
    expect(labelFault({ actor: demoActor('grace'), relation: 'self' }, [])).toBeUndefined()
  })

  test.each<[AccessAct, string, AccessRelation, AccessLabel, Decision['why']]>([
    ['create', 'amina', 'none', 'record', 'no-relation'],
    ['create', 'grace', 'self', 'professional', 'not-your-role'],
    ['update', 'amina', 'related', 'record', 'not-your-role'],
    ['read', 'amina', 'related', 'record', 'relation'],
  ])('%s by %s, %s: %s is asked first: %s', (act, who, relation, room, reason) => {
    expect(askAs(who, { act, relation, room, labelling }).why).toBe(reason)
  })
})
