import { expect, test } from 'vitest'
import type { CarePackage } from './care-package.ts'
import { packageSteps } from './package-steps.ts'

const by = { reference: 'Practitioner/k', name: 'Karen Lee', voice: 'professional' as const }
const one: CarePackage = {
  ...{ id: 'c', person: 'p', version: 1, provider: 'Kind Hands', startsOn: '2026-01-05' },
  ...{ endsOn: '', visits: [], changes: [], missed: [] },
  written: { by, at: '2026-01-04T09:00:00Z' },
}
const missed = { id: 'm', visit: 'v', on: '2026-03-02', words: '', by, at: '' }
const change = { at: '2026-03-03T09:00:00Z', by: 'Karen Lee', reason: 'x', what: [] }

const rows: readonly (readonly [string, Partial<CarePackage>, readonly string[]])[] = [
  ['nothing happens', {}, []],
  ['a visit was missed', { missed: [missed] }, ['missed-visit 2026-03-02']],
  ['it was dealt with', { missed: [{ ...missed, settled: { words: 'x', by: 'k', at: '' } }] }, []],
  ['it starts in two weeks', { startsOn: '2026-03-24' }, ['care-changes 2026-03-24']],
  ['it starts in fifteen days', { startsOn: '2026-03-25' }, []],
  ['it ends today', { endsOn: '2026-03-10' }, ['care-changes 2026-03-10']],
  ['it ended yesterday', { endsOn: '2026-03-09' }, []],
  ['it was changed a week ago', { changes: [change] }, ['care-changes 2026-03-03']],
  ['it was changed before that', { changes: [{ ...change, at: '2026-03-02T09:00:00Z' }] }, []],
]

test.each(rows)('a package of care on the social worker’s page: %s', (_title, more, wanted) => {
  const dayOf = (at: string) => at.split('T')[0] ?? ''
  const found = packageSteps({ one: { ...one, ...more }, today: '2026-03-10', dayOf })
  expect(found.map(({ step, day }) => `${step} ${day}`)).toEqual(wanted)
})
