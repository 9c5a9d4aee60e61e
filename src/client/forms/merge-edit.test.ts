import type { Goal as GoalRecord } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goalKind } from '#domain/goal/fhir.ts'
import { type Goal, goalProgresses } from '#domain/goal/goal.ts'
import { canonical } from '#domain/merge/merge-json.ts'
import { rebasedSave } from '#domain/sync/rebase.ts'
import { type Edit, mergeEditOf, SaveConflict } from './merge-edit.ts'

const first: Goal = {
  ...{ id: 'g', person: 'p', words: 'walk to church on Sunday morning', why: 'friends are there' },
  ...{ needs: ['n1'], state: 'active' },
}
const recordOf = (goal: Goal, versionId: string): GoalRecord & { id: string } => ({
  ...goalKind.toFhir(goal),
  meta: { versionId },
})

const words = fc.constantFrom(
  first.words,
  'ride to church on Sunday morning',
  'walk to church on Sunday evening',
  'walk to the mosque on Sunday morning',
)
const change: fc.Arbitrary<Partial<Goal>> = fc.record(
  {
    words,
    why: fc.constantFrom('friends are there', 'old friends are there', ''),
    needs: fc.subarray(['n1', 'n2', 'n3']),
    state: fc.constantFrom('active', 'reached', 'stopped'),
    progress: fc.constantFrom(...goalProgresses),
  },
  { requiredKeys: [] },
)

/** The result of an edit online: the record, or the fields the user is asked about. */
function online(edit: Edit, current: GoalRecord, base: GoalRecord) {
  try {
    return { record: edit.onto(current, base) ?? current }
  } catch (error) {
    if (!(error instanceof SaveConflict)) throw error
    return { asked: error.fields.map((each) => each.field) }
  }
}

function offline(base: GoalRecord, mine: Goal, current: GoalRecord & { id: string }) {
  const record = { base, mine: { ...goalKind.toFhir(mine, base), meta: { versionId: '2' } } }
  const save = { id: 's', place: 1, at: '', person: 'p', name: 'Pat', records: [record] }
  const ready = rebasedSave(save, [current])
  if ('trouble' in ready) return { asked: ready.trouble.why === 'choice' }
  return { record: ready.writes[0] ?? current }
}

test('the same two edits merge the same way online and on a device that was offline', () => {
  const holds = (mine: Partial<Goal>, theirs: Partial<Goal>) => {
    const base = recordOf(first, '1')
    const current = recordOf({ ...first, ...theirs }, '2')
    const ours = { ...goalKind.fromFhir(base), ...mine }
    const edit = mergeEditOf(goalKind, { base: goalKind.fromFhir(base), mine: ours })
    const [here, away] = [online(edit, current, base), offline(base, ours, current)]
    expect(here.asked !== undefined).toBe(away.asked !== undefined)
    if (here.record) expect(canonical(here.record)).toBe(canonical(away.record))
    else expect(here.asked).not.toEqual([])
  }
  fc.assert(fc.property(change, change, holds), { seed: 11, numRuns: 1000 })
})

test('a conflict is raised where one side clears the list of needs and the other adds to it', () => {
  const base = recordOf(first, '1')
  const current = recordOf({ ...first, needs: ['n1', 'n2'] }, '2')
  const mine = { ...goalKind.fromFhir(base), needs: [] }
  const edit = mergeEditOf(goalKind, { base: goalKind.fromFhir(base), mine })
  expect(online(edit, current, base)).toEqual({ asked: ['needs'] })
  try {
    edit.onto(current, base)
  } catch (error) {
    expect((error as SaveConflict).fields).toEqual([
      { field: 'needs', base: ['n1'], mine: [], theirs: ['n1', 'n2'] },
    ])
  }
})

test('a version number guessed on a device is not taken for the version that was read', () => {
  const read = { ...goalKind.fromFhir(recordOf(first, '2')) }
  // somebody else wrote the second version
  const theirs = recordOf({ ...first, progress: 'achieved' }, '2')
  const edit = mergeEditOf(goalKind, { base: read, mine: { ...read, progress: 'worsening' } })
  expect(online(edit, theirs, theirs)).toEqual({ asked: ['progress'] })
})

test('fields an edit does not know are kept, also when somebody wrote in between', () => {
  const base: GoalRecord = { ...recordOf(first, '1'), outcomeCode: [{ text: 'kept' }] }
  const current: GoalRecord = { ...base, lifecycleStatus: 'on-hold', meta: { versionId: '2' } }
  const mine = { ...goalKind.fromFhir(base), why: 'a new reason' }
  const { record } = online(
    mergeEditOf(goalKind, { base: goalKind.fromFhir(base), mine }),
    current,
    base,
  )
  expect(record).toMatchObject({ lifecycleStatus: 'on-hold', outcomeCode: [{ text: 'kept' }] })
  expect(goalKind.fromFhir(record as GoalRecord).why).toBe('a new reason')
})
