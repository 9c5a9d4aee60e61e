import type { Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import { lastChanges } from './last-changes.ts'

type Said = Readonly<{ id: string; day: number; kind: string; by?: string; record?: string }>

const provenance = ({
  id,
  day,
  kind,
  by = 'Practitioner/a',
  record = 'Goal/g',
}: Said): Provenance => ({
  ...{ resourceType: 'Provenance', id, recorded: `2026-03-0${day}T09:00:00Z` },
  meta: { lastUpdated: `2026-03-0${day}T09:00:00Z` },
  target: [{ reference: `${record}/_history/${day}` }],
  activity: ownCode(kind),
  agent: [{ who: { reference: by } }],
})
const saved = (id: string, day: number, more: Partial<Said> = {}) =>
  provenance({ id, day, kind: 'write-goal', ...more })
const ids = (all: readonly Provenance[]) =>
  lastChanges(all, 'p')
    .map(({ id }) => id)
    .toSorted()

test('of many saves of a record the last of each kind by each writer is shown', () => {
  const all = [
    saved('old', 2),
    saved('first', 1),
    saved('last', 4),
    saved('by another', 3, { by: 'Practitioner/b' }),
    saved('other record', 1, { record: 'Goal/h' }),
    provenance({ id: 'other kind', day: 2, kind: 'write-need' }),
  ]
  // nothing is agreed yet, so the first change is still new
  expect(ids(all)).toEqual(['by another', 'first', 'last', 'other kind', 'other record'])
})

test('every answer and every change of access is shown, and provenance of other programs is not', () => {
  const elsewhere = { ...saved('elsewhere', 1), activity: { coding: [{ code: 'write-goal' }] } }
  const kinds = ['agree', 'agree', 'disagree', 'change-access', 'change-access']
  const all = kinds.map((kind, at) => provenance({ id: `${at}`, day: at + 1, kind }))
  expect(ids([...all, elsewhere])).toEqual(['0', '1', '2', '3', '4'])
})

test('the first change of a record since the person’s last agreement is shown, by the time it was stored', () => {
  const yes = provenance({
    id: 'yes',
    day: 3,
    kind: 'agree',
    by: 'Patient/p',
    record: 'CarePlan/plan-c',
  })
  const carers = provenance({ id: 'carer', day: 7, kind: 'agree', by: 'RelatedPerson/r' })
  const slow = { ...saved('slow clock', 1), meta: { lastUpdated: '2026-03-04T10:00:00Z' } }
  const waiting = { ...saved('not sent yet', 2, { record: 'Goal/h' }), meta: {} }
  const all = [saved('before', 2), yes, slow, saved('between', 5), saved('last', 6), carers]
  expect(ids([...all, waiting])).toEqual(['carer', 'last', 'not sent yet', 'slow clock', 'yes'])
})
