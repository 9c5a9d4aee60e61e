import type { Extension, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { afterForm, prepareForm } from '#domain/preparation/prompts.ts'
import { type BreakGlassGrant, breakGlassToFhir } from './break-glass.ts'
import {
  type AccessLabel,
  accessLabelOf,
  ownAccessLabels,
  sharedAccessLabels,
  strictestLabel,
} from './labels/access-label.ts'
import { isRestricted } from './labels/restricted.ts'
import { authorOf, changedElements, recordAccessKind, supportersOf } from './record-access-kind.ts'

/** A record with only the fields that the rule uses. */
const a = (resourceType: string, fields: object = {}) =>
  ({ resourceType, id: 'x', ...fields }) as unknown as Resource
const ref = (reference: string) => ({ reference })
const coded = (...codes: (string | undefined)[]) => ({ coding: codes.map((code) => ({ code })) })
const gable = 'https://gable.example/codes'
const ours = (code: string) => a('Observation', { code: { coding: [{ system: gable, code }] } })
const closed = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const label = (system: string, code: string) => ({ meta: { security: [{ system, code }] } })
const opening: BreakGlassGrant = {
  ...{ id: 'g', person: 'p', practitioner: 'tom', name: 'Tom', organisation: 'brook' },
  ...{ reason: 'safeguarding', words: 'Found at the bus stop', from: '2026-03-02T09:00:00Z' },
  ...{ until: '2026-03-02T10:00:00Z', alert: true },
}

describe('the access kind and access label of a record', () => {
  const rows: readonly (readonly [
    title: string,
    resource: Resource,
    kind: string,
    room: AccessLabel,
  ])[] = [
    ['a person', a('Patient'), 'details', 'me'],
    ['a relative', a('RelatedPerson'), 'details', 'team'],
    ['a team', a('CareTeam'), 'clinical', 'team'],
    ['a case', a('EpisodeOfCare'), 'clinical', 'roof'],
    ['a plan', a('CarePlan'), 'plan', 'roof'],
    ['an agreement', a('Provenance'), 'agreement', 'roof'],
    ['a consent', a('Consent'), 'sharing', 'roof'],
    ['a goal', a('Goal'), 'goal', 'conversation'],
    ['a message', a('Communication'), 'message', 'conversation'],
    ['a promise', a('Task', { intent: 'order' }), 'action', 'conversation'],
    ['a suggestion', a('Task', { intent: 'proposal' }), 'suggestion', 'professional'],
    ['a device', a('Device'), 'about-nobody', 'record'],
    ['a device of a person', a('Device', { patient: ref('Patient/p') }), 'clinical', 'record'],
    ['a schedule', a('Schedule', { actor: [ref('Practitioner/x')] }), 'about-nobody', 'record'],
    ['a schedule of a person', a('Schedule', { actor: [ref('Patient/p')] }), 'clinical', 'record'],
    [
      'an organisation that names a person',
      a('Organization', { subject: ref('Patient/p') }),
      ...(['about-nobody', 'record'] as const),
    ],
    ['a referral', a('ServiceRequest'), 'clinical', 'support'],
    ['a risk score', a('RiskAssessment'), 'clinical', 'professional'],
    ['answers', a('QuestionnaireResponse'), 'answers', 'own'],
    ['an audit event', a('AuditEvent'), 'trail', 'record'],
    ['an organisation', a('Organization'), 'about-nobody', 'record'],
    [
      'a diagnosis',
      a('Condition', { category: [coded('problem-list-item')] }),
      'clinical',
      'record',
    ],
    [
      'a concern',
      a('Condition', { category: [coded('x', 'health-concern')] }),
      'clinical',
      'conversation',
    ],
    ['a condition without a category', a('Condition'), 'clinical', 'record'],
    [
      'a condition whose category has no code',
      a('Condition', { category: [{}] }),
      'clinical',
      'record',
    ],
    ['a finding', a('Observation', { code: coded('x') }), 'clinical', 'record'],
    ['a finding without a code', a('Observation', { code: {} }), 'clinical', 'record'],
    [
      'a reading',
      a('Observation', { code: coded('x'), category: [coded('reading')] }),
      'reading',
      'record',
    ],
    [
      'a vital sign',
      a('Observation', { code: coded('x'), category: [{}, coded('vital-signs')] }),
      'reading',
      'record',
    ],
    [
      'a laboratory result',
      a('Observation', { code: coded('x'), category: [coded('laboratory')] }),
      'clinical',
      'record',
    ],
    [
      'a score of answers',
      a('Observation', { code: coded('x'), derivedFrom: [{}, ref('QuestionnaireResponse/1')] }),
      ...(['clinical', 'own'] as const),
    ],
    [
      'a score of readings',
      a('Observation', { code: coded('x'), derivedFrom: [ref('Observation/1')] }),
      'clinical',
      'record',
    ],
    ['an alert', a('Flag', { code: coded('break-glass') }), 'clinical', 'record'],
    ['a break-glass grant', breakGlassToFhir(opening), 'emergency', 'own'],
    ['a score of a goal', ours('goal-attainment-score'), 'goal-view', 'conversation'],
    ['what comes first', ours('top-goal'), 'goal-view', 'conversation'],
    [
      'a score that its round keeps',
      { ...ours('goal-attainment-score'), ...label(gable, 'answered-alone') } as Resource,
      ...(['goal-view', 'alone'] as const),
    ],
    ['how confident somebody is', ours('goal-confidence'), 'goal-view', 'conversation'],
    ['a wish for later', ours(wishCodes.matters), 'about-me', 'own'],
    [
      'what somebody prepares',
      a('QuestionnaireResponse', { questionnaire: prepareForm.url, source: ref('Patient/p') }),
      ...(['answers', 'own'] as const),
    ],
    [
      'what a carer prepares',
      a('QuestionnaireResponse', {
        ...{ questionnaire: prepareForm.url, source: ref('RelatedPerson/r') },
        author: ref('RelatedPerson/r'),
      }),
      ...(['answers', 'conversation'] as const),
    ],
    [
      'what somebody says after a conversation',
      a('QuestionnaireResponse', { questionnaire: afterForm.url, author: ref('Patient/p') }),
      ...(['answers', 'own'] as const),
    ],
    [
      'that a promise was reviewed',
      a('Communication', { category: [coded('promise-review')] }),
      ...(['message', 'conversation'] as const),
    ],
    ...Object.entries(aboutMeCodes).map(
      ([section, code]) =>
        [section, a('Observation', { code: coded(undefined, code) }), 'about-me', 'me'] as const,
    ),
  ]
  test.each(rows)('%s', (_title, resource, kind, room) => {
    expect(recordAccessKind(resource)).toBe(kind)
    expect(accessLabelOf(resource)).toBe(room)
  })

  test.each<[string, object, AccessLabel]>([
    ['a professional-only note', label(gable, 'professional-only'), 'professional'],
    ['the same code of another code system', label('x', 'professional-only'), 'conversation'],
    ['another Gable code', label(gable, 'x'), 'conversation'],
    ['a restricted record', label(closed, 'R'), 'restricted'],
    ['a very restricted record', label(closed, 'V'), 'restricted'],
    ['a record of normal confidentiality', label(closed, 'N'), 'conversation'],
    ['a code R of another code system', label('x', 'R'), 'conversation'],
  ])('%s has the room of its label', (_title, fields, room) => {
    expect(accessLabelOf(a('Goal', fields))).toBe(room)
    expect(isRestricted(a('Goal', fields))).toBe(room === 'restricted')
  })

  test('a restricted and professional-only record is sealed', () => {
    const security = [
      { system: gable, code: 'professional-only' },
      { system: closed, code: 'R' },
    ]
    expect(accessLabelOf(a('Goal', { meta: { security } }))).toBe('sealed')
  })

  test.each<[AccessLabel, readonly AccessLabel[], AccessLabel]>([
    ['roof', [], 'roof'],
    ['roof', ['me', 'conversation'], 'roof'],
    ['roof', ['own'], 'own'],
    ['own', ['me'], 'own'],
    ['roof', ['restricted'], 'restricted'],
    ['roof', ['own', 'restricted'], 'restricted'],
    ['roof', ['professional'], 'professional'],
    ['roof', ['professional', 'own'], 'professional'],
    ['roof', ['professional', 'restricted'], 'sealed'],
    ['sealed', [], 'sealed'],
    ['me', ['sealed'], 'sealed'],
  ])('a record of room %s that refers to %j has the room %s', (own, others, room) => {
    expect(strictestLabel(own, others)).toBe(room)
  })

  test.each<[readonly AccessLabel[], AccessLabel]>([
    [[], 'roof'],
    [['me'], 'me'],
    [['me', 'me'], 'me'],
    [['me', 'conversation'], 'roof'],
    [['me', 'own'], 'own'],
  ])('a Provenance of records in %j has the room %s', (about, room) => {
    expect(accessLabelOf(a('Provenance'), about)).toBe(room)
  })
})

describe('the author of a record', () => {
  const who = ref('Patient/p')
  test.each<[string, object, string | undefined]>([
    ['Observation', { performer: [who] }, 'Patient/p'],
    ['Observation', {}, undefined],
    ['Observation', { performer: [] }, undefined],
    ['Communication', { sender: who }, 'Patient/p'],
    ['Communication', {}, undefined],
    ['Provenance', { agent: [{ who }] }, 'Patient/p'],
    ['Provenance', { agent: [{}] }, undefined],
    ['Provenance', { agent: [] }, undefined],
    ['Provenance', {}, undefined],
    ['QuestionnaireResponse', { author: who, source: ref('x/y') }, 'Patient/p'],
    ['QuestionnaireResponse', { source: who }, 'Patient/p'],
    ['QuestionnaireResponse', {}, undefined],
    ['Goal', { expressedBy: who }, 'Patient/p'],
    ['Goal', {}, undefined],
    ['Task', { owner: who }, 'Patient/p'],
    ['Task', {}, undefined],
    ['Consent', { performer: [who], patient: ref('x/y') }, 'Patient/p'],
    ['Consent', { patient: who }, 'Patient/p'],
    ['Consent', { performer: [] }, undefined],
    ['Condition', { performer: [who] }, undefined],
  ])('%s %j', (type, fields, author) => {
    expect(authorOf(a(type, fields))).toBe(author)
  })

  test('the people who helped to write a record down are found', () => {
    const extension = [
      { url: 'x/supported-by', valueReference: ref('Practitioner/a') },
      { url: 'x/supported-by' },
      { url: 'x/other', valueReference: ref('Practitioner/b') },
    ]
    expect(supportersOf(a('Observation', { extension }))).toEqual(['Practitioner/a'])
    expect(supportersOf(a('Observation'))).toEqual([])
  })
})

test('changed elements are named, without those that the server sets', () => {
  const extension = (url: string, valueString: string): Extension => ({ url, valueString })
  const before = a('CarePlan', {
    ...{ meta: { versionId: '1' }, text: { div: 'a' }, status: 'draft', title: 'same', period: {} },
    extension: [extension('x/review-on', 'a'), extension('x/kept', 'b'), extension('x/level', '1')],
  })
  const after = a('CarePlan', {
    ...{ meta: { versionId: '2' }, text: { div: 'b' }, status: 'active', title: 'same', note: [] },
    extension: [
      ...[extension('x/review-on', 'c'), extension('x/kept', 'b')],
      ...[extension('x/level', '1'), extension('x/level', '2')],
    ],
  })
  expect(changedElements(before, after).toSorted()).toEqual([
    ...['extension:level', 'extension:review-on', 'note', 'period', 'status', 'text'],
  ])
  expect(changedElements(before, before)).toEqual([])
})

test('a changed label counts as a change, unless it restricts: that has its own rules', () => {
  const labelled = (...security: readonly { system: string; code: string }[]) =>
    a('Goal', { meta: { versionId: '1', security, tag: [{ code: 'x' }] } })
  const kept = { system: 'https://gable.example/codes', code: 'answered-alone' }
  const between = { system: 'https://gable.example/codes', code: 'professional-only' }
  const named = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }
  const other = { system: 'http://example.org', code: 'x' }
  expect(changedElements(labelled(), labelled(kept))).toEqual(['security'])
  expect(changedElements(labelled(kept, other), labelled(other, kept))).toEqual([])
  expect(changedElements(labelled(kept), labelled(between, named))).toEqual(['security'])
  expect(changedElements(labelled(), labelled(between, named))).toEqual([])
  expect(changedElements(labelled(), a('Goal'))).toEqual([])
})

test('a person may share six rooms, and reads two more', () => {
  expect(sharedAccessLabels).toEqual(['me', 'conversation', 'team', 'roof', 'support', 'record'])
  expect(ownAccessLabels).toEqual([...sharedAccessLabels, 'own', 'restricted'])
})
