import type { Goal } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { QueuedSave } from './queued-save.ts'
import { type ConflictChoice, conflictSettled, rebasedSave, wordsOfBoth } from './rebase.ts'

type Said = Readonly<{ text: string; status: Goal['lifecycleStatus']; note: string }>
const goal = ({ text, status, note }: Said): Goal & { id: string } => ({
  ...{ resourceType: 'Goal', id: 'g', lifecycleStatus: status, description: { text } },
  ...{ subject: { reference: 'Patient/grace' }, note: [{ text: note }] },
})
const before: Said = { text: 'walk', status: 'active', note: 'none' }
const otherEdit: Said = { ...before, text: 'swim', status: 'on-hold' }

function asked(mine: Said, theirs: Said) {
  const save: QueuedSave = {
    ...{ id: 's', place: 1, at: '', person: 'grace', name: 'Grace' },
    records: [{ base: goal(before), mine: goal(mine) }],
  }
  const ready = rebasedSave(save, [goal(theirs)])
  if (!('trouble' in ready) || ready.trouble.why !== 'choice') throw new Error('Nobody is asked')
  return { save: { ...save, trouble: ready.trouble }, places: ready.trouble.places }
}

test.each<[ConflictChoice, string, string]>([
  ['mine', 'dance', 'completed'],
  ['theirs', 'swim', 'on-hold'],
  [{ text: 'dance and swim' }, 'dance and swim', 'completed'],
])('the chosen value replaces the conflicting ones: %j', (chosen, text, lifecycleStatus) => {
  const { save } = asked({ ...before, text: 'dance', status: 'completed' }, otherEdit)
  const [record] = conflictSettled(save, chosen).records
  expect(record?.mine).toMatchObject({ description: { text }, lifecycleStatus })
})

test.each([
  ['one text', { text: 'dance' }, {}, 'description.text'],
  [
    'one text and a status',
    { text: 'dance', status: 'completed' as const },
    {},
    'description.text',
  ],
  ['no text', { status: 'completed' as const }, {}, undefined],
  ['two texts', { text: 'dance', note: 'May' }, { note: 'June' }, undefined],
])('a combined text is offered only when one text conflicts: %s', (_title, mine, more, path) => {
  const { places } = asked({ ...before, ...mine }, { ...otherEdit, ...more })
  expect(wordsOfBoth(places)?.path).toBe(path)
})
