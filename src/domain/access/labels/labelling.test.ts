import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { AccessAct, AccessRelation, Decision } from '#domain/access/decide.ts'
import { namesPerson } from '#domain/access/names-person.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { askAs } from '#test-support/access/decision-table.ts'
import { type AccessLabel, accessLabelOf, labelsAsSeenByPatient } from './access-label.ts'
import { isBetween } from './between.ts'
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

describe('records that are never kept from the person', () => {
  const always = [
    ...['Patient', 'RelatedPerson', 'CareTeam', 'EpisodeOfCare', 'CarePlan', 'Goal', 'Consent'],
    ...['Provenance', 'AuditEvent', 'Appointment', 'AppointmentResponse'],
  ]
  test.each<[string, Resource, boolean]>([
    ...always.map((type) => [`a ${type}`, a(type), true] as [string, Resource, boolean]),
    ['a diagnosis', a('Condition'), false],
    ['a diagnosis without a category', a('Condition', { category: [{}] }), false],
    ['a need of the person', a('Condition', { category: [coded('health-concern')] }), true],
    ['the person’s own report', a('Condition', { asserter: her }), true],
    ['a carer’s report', a('Condition', { asserter: { reference: 'RelatedPerson/r' } }), false],
    ['a finding', a('Observation', { code: coded('718-7') }), false],
    ['an About me text', a('Observation', { code: coded('1515861000000103') }), true],
    ['a finding without a code', a('Observation', { code: {} }), false],
    ['a reading by the person', a('Observation', { code: {}, performer: [nurse, her] }), true],
    ['the person’s answers', a('QuestionnaireResponse', { source: her }), true],
    ['answers of a professional', a('QuestionnaireResponse', { author: nurse }), false],
    ['a message from the person', a('Communication', { sender: her }), true],
    ['a message to the person', a('Communication', { sender: nurse, recipient: [her] }), true],
    ['a comment', a('Communication', { category: [coded('comment')] }), true],
    ['an answer to a promise', a('Communication', { category: [coded('promise-answer')] }), true],
    ['a note', a('Communication', { sender: nurse, category: [coded('note')] }), false],
    ['an action of the person', a('Task', { intent: 'order', owner: her }), true],
    ['an action the person asked for', a('Task', { intent: 'order', requester: her }), true],
    ['a promise of a colleague', a('Task', { intent: 'order', owner: nurse }), true],
    ['a task for staff', a('Task', { code: coded('staff-task'), owner: nurse }), false],
    ['the task of a referral', a('Task', { code: coded('referral'), owner: nurse }), false],
    ['a staff task the person asked for', a('Task', { ...staff, requester: her }), true],
    ['a suggestion', a('Task', { intent: 'proposal', focus: { reference: 'Goal/g' } }), false],
    [
      'the alert of a break-glass grant',
      a('Flag', { code: { coding: [{ system: gable, code: 'break-glass' }] } }),
      true,
    ],
    ['an alert from the person’s answers', a('Flag', { author: her, code: coded('x') }), false],
    ['a referral the person asked for', a('ServiceRequest', { requester: her }), true],
    ['a letter', a('DocumentReference', { author: [nurse], subject: her }), false],
    ['a letter that the person wrote', a('DocumentReference', { author: [her] }), true],
  ])('%s: %#', (_what, resource, expected) => {
    expect(isOwnedByPatient(resource)).toBe(expected)
  })

  test.each([
    ...['asserter', 'author', 'enterer', 'expressedBy', 'informationSource', 'owner'],
    ...['participant', 'performer', 'recipient', 'recorder', 'reporter', 'requester', 'sender'],
    ...['source', 'agent'],
  ])('the element %s names the person, at any depth', (key) => {
    expect(namesPerson(a('Basic', { [key]: [{ actor: her }] }))).toBe(true)
    expect(namesPerson(a('Basic', { [key]: [{ actor: nurse, reference: 7 }] }))).toBe(false)
  })

  test('the subject of a record is not taken for its author', () => {
    expect(namesPerson(a('Condition', { subject: her, patient: her, performer: null }))).toBe(false)
  })
})

describe('records that refer to a professional-only note', () => {
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
  ])('stay open to the person when they are the person’s own: %#', (resource, about, room) => {
    expect(accessLabelOf(resource, about)).toBe(room)
  })

  test('get the label of the note when the person did not write them', () => {
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
  wasOwnedByPatient?: boolean
}>
const labelled = (change: Change) => labellingOf({ ...change, to: accessLabelOf(change.after) })

describe('labels added and removed by a write', () => {
  const plain = a('Condition')
  test.each<[string, Change, Partial<Labelling> | undefined]>([
    ['no label before or after', { before: plain, after: plain }, undefined],
    ['new, without a label', { after: plain }, undefined],
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
      'new, restricted with a sensitivity code',
      { after: a('Condition', {}, [restricted, sensitive]) },
      { touched: ['restricted'], explained: true },
    ],
    [
      'a reason that is only spaces does not count',
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
      'professional-only without a reason',
      { before: plain, after: a('Condition', {}, [between]), from: 'record' },
      { touched: ['between'], explained: false, misplaced: false, isNew: false },
    ],
    [
      'a note needs no reason',
      { after: note({}, [between]) },
      { touched: ['between'], explained: true, sender: nurse.reference },
    ],
    ['an alert needs no reason', { after: a('Flag', {}, [between]) }, { explained: true }],
    ['a score needs no reason', { after: a('RiskAssessment', {}, [between]) }, { explained: true }],
    ['a task needs no reason', { after: a('Task', staff, [between]) }, { explained: true }],
    [
      'a restricted note needs a reason',
      { after: note({}, [between, restricted]) },
      { touched: ['between', 'restricted'], explained: false },
    ],
    [
      'a note that becomes restricted needs a reason',
      { before: note({}, [between]), after: note({}, [between, restricted]), from: 'professional' },
      { touched: ['restricted'], explained: false },
    ],
    [
      'a label is removed',
      { before: a('Condition', {}, [between]), after: plain, from: 'professional' },
      { touched: ['between'], explained: true, misplaced: false },
    ],
    [
      'a label is kept with its reason',
      {
        before: a('Condition', {}, [{ ...restricted, ...why }]),
        after: a('Condition', { code: {} }, [{ ...restricted, ...why }]),
      },
      undefined,
    ],
    [
      'a label is kept and its reason removed',
      {
        before: a('Condition', {}, [{ ...restricted, ...why }]),
        after: a('Condition', {}, [restricted]),
      },
      { touched: ['restricted'], explained: false },
    ],
    [
      'a label is kept and a reason added',
      {
        before: a('Condition', {}, [restricted]),
        after: a('Condition', {}, [restricted, sensitive]),
      },
      { touched: ['restricted'], explained: true },
    ],
    [
      'a note whose sender is changed',
      {
        before: note({}, [between]),
        after: note({ sender: { reference: 'Practitioner/z' } }),
        from: 'professional',
      },
      { touched: ['between'], sender: undefined },
    ],
    [
      'only a note has a sender',
      { before: a('Condition', { sender: nurse }), after: a('Condition', {}, [between]) },
      { sender: undefined },
    ],
    ['a label on a goal is misplaced', { after: a('Goal', {}, [between]) }, { misplaced: true }],
    [
      'a label on an earlier record of the person is misplaced',
      { before: plain, after: a('Condition', {}, [between]), wasOwnedByPatient: true },
      { misplaced: true },
    ],
    [
      'a label on a record that was the person’s until this write is misplaced',
      {
        before: a('Condition', { asserter: her }),
        after: a('Condition', {}, [between]),
        from: 'record',
      },
      { misplaced: true },
    ],
    [
      'a restriction on a consent that opens a room is misplaced',
      { after: a('Consent', given, [restricted, sensitive]) },
      { misplaced: true },
    ],
    [
      'a restriction on a consent that opens no room is allowed',
      { after: a('Consent', {}, [restricted, sensitive]) },
      { misplaced: false },
    ],
    ['professional-only on a consent', { after: a('Consent', {}, [between]) }, { misplaced: true }],
    [
      'a restriction on the alert of a break-glass grant is misplaced',
      {
        after: a('Flag', { code: { coding: [{ system: gable, code: 'break-glass' }] } }, [
          restricted,
          sensitive,
        ]),
      },
      { misplaced: true },
    ],
    [
      'a professional-only task that becomes the person’s is misplaced',
      {
        before: a('Task', staff, [between]),
        after: a('Task', { owner: her }, [between]),
        from: 'professional',
      },
      { touched: [], misplaced: true },
    ],
    [
      'a label that was misplaced before this rule is kept',
      {
        before: a('Goal', {}, [between]),
        after: a('Goal', { note: [] }, [between]),
        from: 'professional',
      },
      undefined,
    ],
    [
      'a label that was misplaced before this rule is removed',
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
      'a promise whose reason becomes professional-only',
      a('Task', { owner: her }),
      'conversation',
      'professional',
      false,
      true,
    ],
    [
      'a promise that becomes a suggestion',
      a('Task', { owner: her }),
      'conversation',
      'sealed',
      false,
      true,
    ],
    ['a record once the person’s', a('Task', staff), 'conversation', 'professional', true, true],
    ['a record never the person’s', a('Task', staff), 'conversation', 'professional', false, false],
    [
      'a record that is hidden already',
      a('Task', { owner: her }),
      'professional',
      'professional',
      false,
      false,
    ],
    ['a record still shown', a('Task', { owner: her }), 'conversation', 'restricted', true, false],
  ])(
    'a write hides a record without a label: %s',
    (_what, before, from, to, wasOwnedByPatient, hides) => {
      const found = labellingOf({ before, after: a('Task', staff), from, to, wasOwnedByPatient })
      expect(found?.misplaced ?? false).toBe(hides)
    },
  )

  test('a new record without a label is not misplaced', () => {
    expect(labellingOf({ after: a('Task'), to: 'professional' })).toBeUndefined()
  })
})

describe('who may add and remove labels', () => {
  const own = [nurse.reference]
  const labelling: Labelling = {
    ...{ touched: ['between'], explained: true, misplaced: false, isNew: false },
    sender: undefined,
  }
  const sealing = { ...labelling, touched: ['between', 'restricted'] } as const
  const fresh = { ...labelling, isNew: true }
  const sentByNurse = { ...labelling, sender: nurse.reference }
  test.each<[string, AccessRelation, Labelling, ReturnType<typeof labelFault>]>([
    ['amina', 'named', labelling, undefined],
    ['amina', 'named', sealing, undefined],
    ['admin', 'all', sealing, undefined],
    ['amina', 'related', labelling, 'not-your-role'],
    ['amina', 'related', fresh, undefined],
    ['amina', 'related', sentByNurse, undefined],
    ['amina', 'related', { ...labelling, sender: 'Practitioner/z' }, 'not-your-role'],
    ['amina', 'related', { ...sealing, isNew: true }, 'not-your-role'],
    ['tom', 'break-glass', fresh, undefined],
    ['tom', 'break-glass', { ...sealing, isNew: true }, 'not-your-role'],
    ['grace', 'self', fresh, 'not-your-role'],
    ['grace', 'named', labelling, 'not-your-role'],
    ['chidi', 'carer', fresh, 'not-your-role'],
    ['amina', 'named', { ...labelling, explained: false }, 'no-reason'],
    ['admin', 'all', { ...labelling, explained: false }, 'no-reason'],
    ['admin', 'all', { ...labelling, misplaced: true }, 'never-hidden-from-patient'],
    ['grace', 'self', { ...labelling, explained: false }, 'not-your-role'],
  ])('%s, %s, %j: %s', (who, relation, done, fault) => {
    expect(labelFault({ actor: demoActor(who), relation, labelling: done }, own)).toBe(fault)
  })

  test('a program sets no label, whatever it is named in', () => {
    const actor = { identity: 'lab', name: 'Laboratory', role: 'program' } as const
    expect(labelFault({ actor, relation: 'named', labelling: fresh }, [])).toBe('not-your-role')
  })

  test('a write without a change of labels has no fault', () => {
    expect(labelFault({ actor: demoActor('grace'), relation: 'self' }, [])).toBeUndefined()
  })

  test.each<[AccessAct, string, AccessRelation, AccessLabel, Decision['why']]>([
    ['create', 'amina', 'none', 'record', 'no-relation'],
    ['create', 'grace', 'self', 'professional', 'not-your-role'],
    ['update', 'amina', 'related', 'record', 'not-your-role'],
    ['read', 'amina', 'related', 'record', 'relation'],
  ])('on %s by %s, %s: %s the reason given first is %s', (act, who, relation, room, reason) => {
    expect(askAs(who, { act, relation, room, labelling }).why).toBe(reason)
  })
})
