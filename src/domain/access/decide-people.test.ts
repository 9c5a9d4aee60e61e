import { expect, test } from 'vitest'
import { askAs, decisionTable } from '#test-support/access/decision-table.ts'
import type { AccessAct } from './decide.ts'
import type { Labelling } from './labels/labelling.ts'
import type { RecordAccessKind } from './record-access-kind.ts'

const restricting: Labelling = {
  ...{ touched: ['restricted'], explained: true, misplaced: false, isNew: false },
  sender: undefined,
}
const nurse = 'Practitioner/amina-yusuf'
const grace = 'Patient/p-3f9c27d1'
const chidi = 'RelatedPerson/r-8b51e604'
const staff = { relation: 'nobody', kind: 'about-nobody' } as const
const nothing = { read: [], write: [] }
const asChidi = {
  ...({ relation: 'carer', room: 'team', author: chidi } as const),
  shared: { read: ['team'], write: [] } as { read: ['team']; write: [] },
}

decisionTable(
  [
    ['grace', 'corrects her own number', { changed: ['telecom', 'address'] }, 'own-record', true],
    [
      'grace',
      'changes nothing else',
      { changed: ['telecom', 'birthDate'] },
      'not-your-role',
      false,
    ],
    ['grace', 'leaves those of others', { author: chidi }, 'not-your-role', false],
    ['grace', 'makes no second record', { act: 'create' }, 'not-your-role', false],
    ['grace', 'closes nothing with it', { labelling: restricting }, 'not-your-role', false],
    ['grace', 'writes no number of staff', { ...staff, author: nurse }, 'not-your-role', false],
    ['chidi', 'corrects his own, with no room to write in', asChidi, 'shared', true],
    ['chidi', 'leaves hers', { ...asChidi, author: grace }, 'not-your-role', false],
    [
      'chidi',
      'corrects his own, whatever is shared',
      { ...asChidi, shared: nothing },
      'own-record',
      true,
    ],
    [
      'chidi',
      'does not come to others by it',
      { ...asChidi, shared: nothing, author: 'RelatedPerson/another' },
      'not-shared',
      false,
    ],
    [
      'chidi',
      'does not see what professionals keep of him',
      { ...asChidi, act: 'read', room: 'restricted' },
      'not-shared',
      false,
    ],
    ['chidi', 'ends no role of his', { ...asChidi, changed: ['active'] }, 'not-your-role', false],
    ['amina', 'corrects her own number', { ...staff, author: nurse }, 'own-record', true],
    [
      'amina',
      'is who she is',
      { ...staff, author: nurse, changed: ['name'] },
      'not-your-role',
      false,
    ],
    [
      'amina',
      'leaves those of colleagues',
      { ...staff, author: 'Practitioner/tom-price' },
      'not-your-role',
      false,
    ],
    ['admin', 'corrects any', { ...staff, author: nurse }, 'administration', true],
    ['ruth', 'corrects none', { ...staff, author: nurse }, 'not-your-role', false],
  ],
  {
    ...{ relation: 'self', kind: 'details', act: 'update', room: 'me' },
    ...{ author: grace, changed: ['telecom'] },
  },
)

decisionTable([
  [
    'grace',
    'reads what is restricted to others',
    { relation: 'self', room: 'restricted' },
    'own-record',
    true,
  ],
  [
    'grace',
    'does not see what is sealed',
    { relation: 'self', room: 'sealed' },
    'professionals-only',
    false,
  ],
  [
    'chidi',
    'does not see what is between professionals',
    { relation: 'carer', room: 'professional' },
    'professionals-only',
    false,
  ],
  ['chidi', 'was given nothing', { relation: 'carer' }, 'not-shared', false],
  [
    'grace',
    'puts no label on',
    { relation: 'self', kind: 'goal', act: 'update', labelling: restricting },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'puts none on though she were named',
    { relation: 'named', kind: 'goal', act: 'update', labelling: restricting },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'deletes what she wrote',
    { relation: 'self', act: 'delete', wroteFirst: true },
    'own-record',
    true,
  ],
  [
    'grace',
    'measures',
    { relation: 'self', act: 'create', kind: 'reading', author: grace },
    'own-record',
    true,
  ],
  [
    'grace',
    'measures without a name',
    { relation: 'self', act: 'create', kind: 'reading' },
    'own-record',
    true,
  ],
  [
    'grace',
    'measures for nobody else',
    { relation: 'self', act: 'create', kind: 'reading', author: nurse },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'sets no goal in another’s name',
    { relation: 'self', act: 'create', kind: 'goal', author: chidi },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'gives no answers of another',
    { relation: 'self', act: 'create', kind: 'answers', author: chidi },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'promises for nobody else',
    { relation: 'self', act: 'create', kind: 'action', author: nurse },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'changes a goal that Amina wrote down',
    {
      relation: 'self',
      act: 'update',
      kind: 'goal',
      author: nurse,
      priorAuthor: nurse,
      changed: ['description'],
    },
    'own-record',
    true,
  ],
  [
    'grace',
    'does not move a goal to another',
    { relation: 'self', act: 'update', kind: 'goal', changed: ['subject'] },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'does not change what Tom is to do',
    {
      relation: 'self',
      act: 'update',
      kind: 'action',
      author: nurse,
      priorAuthor: nurse,
      changed: ['status'],
    },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'changes what she is to do',
    {
      relation: 'self',
      act: 'update',
      kind: 'action',
      author: grace,
      priorAuthor: grace,
      changed: ['status'],
    },
    'own-record',
    true,
  ],
  [
    'chidi',
    'changes what he said',
    {
      relation: 'carer',
      shared: { read: ['me'], write: ['me'] },
      room: 'me',
      act: 'update',
      kind: 'goal',
      priorAuthor: chidi,
      author: chidi,
    },
    'shared',
    true,
  ],
  [
    'chidi',
    'changes what nobody said',
    {
      relation: 'carer',
      shared: { read: ['me'], write: ['me'] },
      room: 'me',
      act: 'update',
      kind: 'goal',
    },
    'shared',
    true,
  ],
  [
    'chidi',
    'works on the plan, which belongs to all',
    {
      relation: 'carer',
      shared: { read: ['roof'], write: ['roof'] },
      room: 'roof',
      act: 'update',
      kind: 'plan',
      priorAuthor: nurse,
      changed: ['goal'],
    },
    'shared',
    true,
  ],
])

const writes: Readonly<Partial<Record<RecordAccessKind, readonly AccessAct[]>>> = {
  ...{
    'about-me': ['create', 'update'],
    goal: ['create', 'update'],
    message: ['create', 'update'],
  },
  ...{ reading: ['create', 'update'], agreement: ['create'], answers: ['create', 'update'] },
  ...{ action: ['create', 'update'], plan: ['update'], sharing: ['create', 'update'] },
}
const kinds: readonly RecordAccessKind[] = [
  ...(['about-me', 'goal', 'message', 'reading', 'agreement', 'answers', 'action'] as const),
  ...(['suggestion', 'plan', 'sharing', 'clinical', 'trail'] as const),
]
const cells = kinds.flatMap((kind) =>
  (['create', 'update'] as const).map(
    (act) => [kind, act, writes[kind]?.includes(act) ?? false] as const,
  ),
)
test.each(cells)('in her own record a person may write: %s, %s: %s', (kind, act, allowed) => {
  const facts = { relation: 'self', room: 'me', author: grace, priorAuthor: grace } as const
  expect(askAs('grace', { ...facts, kind, act }).allowed).toBe(allowed)
})

test.each([
  ...['status', 'intent', 'category', 'subject', 'careTeam', 'addresses', 'period', 'author'],
  ...['supportingInfo', 'extension:review-on', 'extension:reading-limit', 'extension:what-if'],
])('%s of the plan stays with the professionals', (name) => {
  const facts = { relation: 'self', room: 'roof', kind: 'plan', act: 'update' } as const
  expect(askAs('grace', { ...facts, changed: ['goal', name] }).allowed).toBe(false)
  expect(askAs('grace', { ...facts, changed: ['goal'] }).allowed).toBe(true)
})

test.each(['intent', 'for', 'owner', 'requester', 'restriction', 'code', 'focus'])(
  '%s of a promise stays with the professionals',
  (name) => {
    const facts = { relation: 'self', kind: 'action', act: 'update', author: grace } as const
    expect(askAs('grace', { ...facts, changed: [name] }).allowed).toBe(false)
    expect(askAs('grace', { ...facts, changed: ['status'] }).allowed).toBe(true)
  },
)
