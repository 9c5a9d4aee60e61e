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

/** A sentence of the same eight words, some of which a writer has replaced by their own or removed. */
const sentence = (by: string) =>
  fc
    .array(fc.constantFrom('keep', 'keep', 'keep', 'own', 'gone'), { minLength: 8, maxLength: 8 })
    .map((deeds) =>
      deeds.flatMap((deed, at) => {
        if (deed === 'gone') return []
        return [deed === 'own' ? `${by}${at}` : `w${at}`]
      }),
    )
    .map((all) => all.join(' '))
const side = (by: string): fc.Arbitrary<Partial<Goal>> =>
  fc.record(
    {
      ...{ words: sentence(by), why: sentence(by) },
      needs: fc.subarray(['n0', 'n1', 'n2', `${by}1`, `${by}2`]),
      state: fc.constantFrom('active', 'reached', 'stopped'),
    },
    { requiredKeys: [] },
  )
const eight = 'w0 w1 w2 w3 w4 w5 w6 w7'
const started: Goal = { ...first, words: eight, why: eight, needs: ['n0', 'n1', 'n2'] }
const setOf = (value: unknown) =>
  new Set(
    Array.isArray(value)
      ? value
      : String(value ?? '')
          .split(' ')
          .filter(Boolean),
  )

/** Everything that either side added, and of what was there what both have kept. */
function ofBothSides(before: unknown, mine: unknown, theirs: unknown) {
  const [old, ours, others] = [before, mine, theirs].map(setOf)
  const all = [...(ours ?? []), ...(others ?? [])]
  return new Set(all.filter((each) => !old?.has(each) || (ours?.has(each) && others?.has(each))))
}

type Field = 'words' | 'why' | 'needs' | 'state'

/** What the save made of a goal that two people changed, and the fields in which a person has to choose. */
function saved(mine: Goal, theirs: Goal) {
  const base = recordOf(started, '1')
  const edit = mergeEditOf(goalKind, { base: goalKind.fromFhir(base), mine })
  const current = recordOf(theirs, '2')
  try {
    const record = (edit.onto(current, base) as GoalRecord | undefined) ?? current
    return { goal: goalKind.fromFhir(record), asked: [] }
  } catch (error) {
    if (!(error instanceof SaveConflict)) throw error
    return { goal: error.merged as Goal, asked: error.fields }
  }
}

type Values = readonly [before: unknown, mine: unknown, theirs: unknown]

/** What a field holds that nobody is asked about. */
function expectKept(field: Field, value: unknown, [before, mine, theirs]: Values): void {
  const isAs = (one: unknown) => canonical(one) === canonical(before)
  if (isAs(theirs)) expect(value, field).toEqual(mine)
  else if (isAs(mine)) expect(value, field).toEqual(theirs)
  else if (field === 'state') expect(mine, 'never chosen unseen').toBe(theirs)
  else expect(setOf(value), field).toEqual(ofBothSides(before, mine, theirs))
}

test('of two random edits of a goal nothing is lost: a field that both changed is merged whole, or shown with both values', () => {
  const holds = (ours: Partial<Goal>, others: Partial<Goal>) => {
    const [mine, theirs] = [
      { ...started, ...ours },
      { ...started, ...others },
    ]
    const { goal, asked } = saved(mine, theirs)
    for (const field of ['words', 'why', 'needs', 'state'] as const) {
      const values = [started[field], mine[field], theirs[field]] as const
      const shown = asked.find((each) => each.field === field)
      if (shown) expect([shown.base, shown.mine, shown.theirs], field).toEqual(values)
      else expectKept(field, goal[field], values)
    }
  }
  fc.assert(fc.property(side('m'), side('t'), holds), { seed: 14, numRuns: 1000 })
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
