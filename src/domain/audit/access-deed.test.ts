import type { AuditEvent } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { accessSummaryFrom } from './access-summary.ts'

const event = (way: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  resourceType: 'AuditEvent',
  ...{ recorded: '2026-11-30T10:00:00Z', outcome: '0', action: 'E' },
  ...{ type: {}, subtype: [{ code: way }], source: { observer: {} } },
  agent: [{ requestor: true, name: 'Amina Yusuf' }],
  ...more,
})
const wrote = (reference: string) =>
  event('update', { action: 'U', entity: [{ what: { reference } }] })

test.each([
  [
    'a new card',
    event('$set-card-link', { outcomeDesc: 'new until 2027-11-30: Yes' }),
    'card-made',
  ],
  ['one of before', event('$set-card-link', { outcomeDesc: 'end' }), 'card-ended'],
  ['a carer who reads no reasons', event('$set-card-link'), 'card-made'],
  ['a card to print', event('$emergency-card'), 'card-printed'],
  ['a carer', event('$add-carer', { action: 'C' }), 'carer-added'],
  ['the photo', wrote('Media/photo-p-1'), 'photo'],
  ['a crisis line', wrote('CarePlan/whatif-case-1'), 'if-worse'],
  ['a consent', wrote('Consent/share-r-1'), 'sharing'],
  ['an offer', wrote('ServiceRequest/1'), 'help'],
  ['a goal', wrote('Goal/1'), undefined],
  ['what was refused', event('$add-carer', { outcome: '4' }), undefined],
])('%s is told as what it was', (_title, given, deed) => {
  expect(accessSummaryFrom([given])[0]?.deed).toBe(deed)
})

test('each kind of deed on a day is a line of its own, and says until when a card works', () => {
  const made = event('$set-card-link', { outcomeDesc: 'new until 2027-11-30' })
  const later = { ...made, recorded: '2026-11-30T10:05:00Z' }
  const lines = accessSummaryFrom([later, made, event('$emergency-card'), wrote('Goal/1')])
  expect(lines).toMatchObject([
    { deed: 'card-made', until: '2027-11-30', times: 2 },
    { deed: 'card-printed', times: 1 },
    { way: 'changed', times: 1 },
  ])
})

test('a change to a card is told once, though the log has it with its words and as a request', () => {
  const ended = event('$set-card-link', { outcomeDesc: 'end' })
  const request = event('$set-card-link', { recorded: '2026-11-30T10:00:00.040Z' })
  expect(accessSummaryFrom([request, ended])).toMatchObject([{ deed: 'card-ended', times: 1 }])
  // a reader who may not know why still learns that something was done
  expect(accessSummaryFrom([request, { ...request }])).toMatchObject([{ deed: 'card-made' }])
})
