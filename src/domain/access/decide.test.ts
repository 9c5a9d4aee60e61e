import { expect, test } from 'vitest'
import { demoActor } from '#test-support/access/actors.ts'
import { type AccessQuestion, decide } from './decide.ts'

const base = { act: 'read', kind: 'clinical', room: 'record' } as const
const shared = { read: ['me', 'roof'], write: ['me'] } as const

type Row = [string, string, Partial<AccessQuestion>, boolean, string]
const rows: Row[] = [
  ['grace', 'reads her own record', { relation: 'self' }, true, 'own-record'],
  [
    'grace',
    'does not see a professional-only record',
    { relation: 'self', room: 'professional' },
    false,
    'professionals-only',
  ],
  [
    'grace',
    'does not write a diagnosis',
    { relation: 'self', act: 'create' },
    false,
    'not-your-role',
  ],
  [
    'grace',
    'gives consent',
    { relation: 'self', act: 'create', kind: 'sharing', room: 'roof' },
    true,
    'own-record',
  ],
  [
    'grace',
    'does not delete what others wrote',
    { relation: 'self', act: 'delete' },
    false,
    'words-of-another',
  ],
  [
    'chidi',
    'reads a room that is shared with him',
    { relation: 'carer', shared, room: 'me' },
    true,
    'shared',
  ],
  [
    'chidi',
    'does not read a room that is not shared with him',
    { relation: 'carer', shared },
    false,
    'not-shared',
  ],
  [
    'chidi',
    'does not write in a room that is shared for reading',
    {
      relation: 'carer',
      shared,
      room: 'roof',
      act: 'create',
      kind: 'agreement',
      author: 'RelatedPerson/r-8b51e604',
    },
    false,
    'not-shared',
  ],
  [
    'chidi',
    'does not change Grace’s words',
    {
      relation: 'carer',
      shared,
      room: 'me',
      act: 'update',
      kind: 'about-me',
      author: 'RelatedPerson/r-8b51e604',
      priorAuthor: 'Patient/p-3f9c27d1',
    },
    false,
    'words-of-another',
  ],
  [
    'chidi',
    'gives no consent in Grace’s name',
    {
      relation: 'carer',
      shared: { read: ['roof'], write: ['roof'] },
      room: 'roof',
      act: 'create',
      kind: 'sharing',
    },
    false,
    'never',
  ],
  [
    'amina',
    'reads a person who is related to her by care',
    { relation: 'related' },
    true,
    'relation',
  ],
  [
    'amina',
    'does not read a person without a care relationship',
    { relation: 'none' },
    false,
    'no-relation',
  ],
  [
    'amina',
    'does not agree for someone',
    { relation: 'related', act: 'create', kind: 'agreement', author: 'Patient/p1' },
    false,
    'words-of-another',
  ],
  [
    'amina',
    'does not write to the audit log',
    { relation: 'related', act: 'create', kind: 'trail' },
    false,
    'never',
  ],
  [
    'amina',
    'does not change organisations',
    { relation: 'nobody', act: 'update', kind: 'about-nobody' },
    false,
    'not-your-role',
  ],
  [
    'ruth',
    'reads a record that is about nobody',
    { relation: 'nobody', kind: 'about-nobody' },
    true,
    'open-to-all',
  ],
  ['ruth', 'does not read a person’s record', { relation: 'none' }, false, 'no-relation'],
  [
    'admin',
    'deletes a record that another wrote',
    { relation: 'all', act: 'delete' },
    true,
    'administration',
  ],
  [
    'admin',
    'sends no message in a person’s name',
    { relation: 'all', act: 'create', kind: 'message', author: 'Patient/p1' },
    false,
    'words-of-another',
  ],
  ['stranger', 'reads no person’s record', { relation: 'none' }, false, 'no-relation'],
]

test.each(rows)('%s %s', (identity, _title, facts, allowed, why) => {
  const question = {
    ...base,
    actor: demoActor(identity),
    relation: 'none',
    ...facts,
  } as AccessQuestion
  expect(decide(question)).toMatchObject({ allowed, why })
})

test.each<[string, Partial<AccessQuestion>, boolean]>([
  ['amina', { relation: 'none' }, true],
  ['amina', { relation: 'related', room: 'sealed' }, true],
  ['grace', { relation: 'self', room: 'professional' }, true],
  ['chidi', { relation: 'carer' }, true],
  ['grace', { relation: 'self', act: 'create' }, false],
  ['amina', { relation: 'related' }, false],
  ['amina', { relation: 'nobody' }, false],
])('for %s with %j a refused record is hidden: %s', (identity, facts, hidden) => {
  expect(decide({ ...base, actor: demoActor(identity), ...facts } as AccessQuestion).hidden).toBe(
    hidden,
  )
})
