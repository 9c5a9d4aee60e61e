import { expect, test } from 'vitest'
import { demoActor } from '#testing/actors.ts'
import { type Decision, decide, type Question } from './decide.ts'

const base = { act: 'read', kind: 'clinical', room: 'record' } as const
const nurse = 'Practitioner/amina-yusuf'
const grace = 'Patient/p-3f9c27d1'

const ask = (identity: string, facts: Partial<Question>) =>
  decide({ ...base, actor: demoActor(identity), relation: 'none', ...facts } as Question)

type Row = [
  who: string,
  what: string,
  facts: Partial<Question>,
  why: Decision['why'],
  allowed: boolean,
]
test.each<Row>([
  ['amina', 'comes into the record', { relation: 'related' }, 'relation', true],
  ['amina', 'is named', { relation: 'named', room: 'restricted' }, 'relation', true],
  ['amina', 'is not named', { relation: 'related', room: 'restricted' }, 'named-only', false],
  [
    'amina',
    'is not named for what is sealed',
    { relation: 'related', room: 'sealed' },
    'named-only',
    false,
  ],
  ['tom', 'opened it in an emergency', { relation: 'glass', room: 'sealed' }, 'emergency', true],
  ['admin', 'reaches all', { relation: 'all', room: 'sealed' }, 'administration', true],
  ['admin', 'reads no trail as a record', { relation: 'all', kind: 'trail' }, 'never', false],
  [
    'amina',
    'finds nothing that is about nobody but a person',
    { relation: 'nobody' },
    'never',
    false,
  ],
  [
    'admin',
    'changes organisations',
    { relation: 'nobody', kind: 'about-nobody', act: 'update' },
    'administration',
    true,
  ],
  [
    'amina',
    'puts a label on',
    { relation: 'named', act: 'update', relabelled: true },
    'relation',
    true,
  ],
  [
    'amina',
    'puts no label on where she is not named',
    { relation: 'related', act: 'update', relabelled: true },
    'not-your-role',
    false,
  ],
  [
    'admin',
    'puts a label on',
    { relation: 'all', act: 'update', relabelled: true },
    'administration',
    true,
  ],
  [
    'amina',
    'closes an emergency',
    {
      relation: 'related',
      kind: 'emergency',
      act: 'update',
      changed: ['status', 'period', 'author', 'extension:closing'],
    },
    'relation',
    true,
  ],
  [
    'amina',
    'closes one where she is named',
    { relation: 'named', kind: 'emergency', act: 'update', changed: ['status'] },
    'relation',
    true,
  ],
  [
    'amina',
    'does not lengthen one',
    {
      relation: 'related',
      kind: 'emergency',
      act: 'update',
      changed: ['status', 'extension:open-until'],
    },
    'never',
    false,
  ],
  [
    'amina',
    'changes one in nothing that is known',
    { relation: 'related', kind: 'emergency', act: 'update' },
    'never',
    false,
  ],
  [
    'amina',
    'begins none',
    { relation: 'related', kind: 'emergency', act: 'create', changed: ['status'] },
    'never',
    false,
  ],
  [
    'amina',
    'deletes none',
    { relation: 'related', kind: 'emergency', act: 'delete', changed: ['status'] },
    'never',
    false,
  ],
  [
    'admin',
    'closes none',
    { relation: 'all', kind: 'emergency', act: 'update', changed: ['status'] },
    'never',
    false,
  ],
  [
    'amina',
    'notes in an emergency',
    { relation: 'glass', kind: 'message', act: 'create', author: nurse },
    'emergency',
    true,
  ],
  [
    'amina',
    'measures in an emergency',
    { relation: 'glass', kind: 'reading', act: 'create' },
    'emergency',
    true,
  ],
  [
    'amina',
    'notes for nobody else',
    { relation: 'glass', kind: 'message', act: 'create', author: grace },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'changes nothing in an emergency',
    { relation: 'glass', kind: 'message', act: 'update', author: nurse },
    'not-your-role',
    false,
  ],
  [
    'amina',
    'diagnoses nothing in an emergency',
    { relation: 'glass', act: 'create' },
    'not-your-role',
    false,
  ],
  [
    'amina',
    'deletes what she wrote',
    { relation: 'related', act: 'delete', wroteFirst: true },
    'relation',
    true,
  ],
  [
    'amina',
    'deletes nothing of another',
    { relation: 'related', act: 'delete', wroteFirst: false },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'writes down for Grace, saying so',
    { relation: 'related', act: 'create', kind: 'about-me', author: grace, supporters: [nurse] },
    'relation',
    true,
  ],
  [
    'amina',
    'does not write for Grace without saying so',
    {
      relation: 'related',
      act: 'create',
      kind: 'about-me',
      author: grace,
      supporters: ['RelatedPerson/r-8b51e604'],
    },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'does not write for Grace with nobody said',
    { relation: 'related', act: 'create', kind: 'about-me', author: grace },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'sends no message of Grace, whoever helped',
    { relation: 'related', act: 'create', kind: 'message', author: grace, supporters: [nurse] },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'sends a message of nobody',
    { relation: 'related', act: 'create', kind: 'message' },
    'words-of-another',
    false,
  ],
  [
    'amina',
    'agrees in her own name',
    { relation: 'related', act: 'create', kind: 'agreement', author: nurse },
    'relation',
    true,
  ],
  [
    'amina',
    'measures for Grace',
    { relation: 'related', act: 'create', kind: 'reading', author: grace },
    'relation',
    true,
  ],
  [
    'admin',
    'brings a reading of Grace',
    { relation: 'all', act: 'create', kind: 'reading', author: grace },
    'administration',
    true,
  ],
])('%s %s', (identity, _what, facts, why, allowed) => {
  expect(ask(identity, facts)).toMatchObject({ allowed, why })
})
