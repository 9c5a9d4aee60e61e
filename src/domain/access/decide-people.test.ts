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
    ['grace', 'does not correct a carer’s number', { author: chidi }, 'not-your-role', false],
    ['grace', 'creates no second record of herself', { act: 'create' }, 'not-your-role', false],
    ['grace', 'sets no access label with it', { labelling: restricting }, 'not-your-role', false],
    [
      'grace',
      'does not correct a nurse’s number',
      { ...staff, author: nurse },
      'not-your-role',
      false,
    ],
    ['chidi', 'corrects his own number without write access to a room', asChidi, 'shared', true],
    [
      'chidi',
      'does not correct Grace’s number',
      { ...asChidi, author: grace },
      'not-your-role',
      false,
    ],
    [
      'chidi',
      'corrects his own number when nothing is shared',
      { ...asChidi, shared: nothing },
      'own-record',
      true,
    ],
    [
      'chidi',
      'does not correct another carer’s number',
      { ...asChidi, shared: nothing, author: 'RelatedPerson/another' },
      'not-shared',
      false,
    ],
    [
      'chidi',
      'does not see his details once they are restricted',
      { ...asChidi, act: 'read', room: 'restricted' },
      'not-shared',
      false,
    ],
    [
      'chidi',
      'does not end his own role as a carer',
      { ...asChidi, changed: ['active'] },
      'not-your-role',
      false,
    ],
    ...(
      [
        ['amina', 'records a new care home', { act: 'create' }, 'relation', true],
        ['amina', 'changes no care home of strangers', {}, 'no-resident', false],
        ['amina', 'changes the home of a resident', { caresThere: true }, 'relation', true],
        ['amina', 'deletes no home', { act: 'delete', caresThere: true }, 'not-your-role', false],
        ['grace', 'changes no home, her own neither', { caresThere: true }, 'not-your-role', false],
      ] as const
    ).map(
      ([who, does, more, why, allowed]) =>
        [who, does, { relation: 'nobody', kind: 'care-home', ...more }, why, allowed] as const,
    ),
    ['amina', 'corrects her own number', { ...staff, author: nurse }, 'own-record', true],
    [
      'amina',
      'does not change her own name',
      { ...staff, author: nurse, changed: ['name'] },
      'not-your-role',
      false,
    ],
    [
      'amina',
      'does not correct a colleague’s number',
      { ...staff, author: 'Practitioner/tom-price' },
      'not-your-role',
      false,
    ],
    ['admin', 'corrects anyone’s number', { ...staff, author: nurse }, 'administration', true],
    ['ruth', 'corrects nobody’s number', { ...staff, author: nurse }, 'not-your-role', false],
  ],
  {
    ...{ relation: 'self', kind: 'details', act: 'update', room: 'me' },
    ...{ author: grace, changed: ['telecom'] },
  },
)

decisionTable([
  [
    'grace',
    'reads a restricted record of her own',
    { relation: 'self', room: 'restricted' },
    'own-record',
    true,
  ],
  [
    'grace',
    'does not see a sealed record',
    { relation: 'self', room: 'sealed' },
    'professionals-only',
    false,
  ],
  [
    'chidi',
    'does not see a professional-only record',
    { relation: 'carer', room: 'professional' },
    'professionals-only',
    false,
  ],
  ['chidi', 'reads nothing when nothing is shared', { relation: 'carer' }, 'not-shared', false],
  [
    'grace',
    'sets no access label',
    { relation: 'self', kind: 'goal', act: 'update', labelling: restricting },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'sets no access label even when named in the care',
    { relation: 'named', kind: 'goal', act: 'update', labelling: restricting },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'deletes a record that she wrote',
    { relation: 'self', act: 'delete', wroteFirst: true },
    'own-record',
    true,
  ],
  [
    'grace',
    'adds a reading',
    { relation: 'self', act: 'create', kind: 'reading', author: grace },
    'own-record',
    true,
  ],
  [
    'grace',
    'adds a reading without a performer',
    { relation: 'self', act: 'create', kind: 'reading' },
    'own-record',
    true,
  ],
  [
    'grace',
    'adds no reading in a nurse’s name',
    { relation: 'self', act: 'create', kind: 'reading', author: nurse },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'adds no goal in a carer’s name',
    { relation: 'self', act: 'create', kind: 'goal', author: chidi },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'adds no answers in a carer’s name',
    { relation: 'self', act: 'create', kind: 'answers', author: chidi },
    'words-of-another',
    false,
  ],
  [
    'grace',
    'makes no promise in a nurse’s name',
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
    'does not move a goal to another person',
    { relation: 'self', act: 'update', kind: 'goal', changed: ['subject'] },
    'not-your-role',
    false,
  ],
  [
    'grace',
    'does not change the status of a nurse’s action',
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
    'changes the status of her own action',
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
    'changes a goal in his own words',
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
    'changes a goal in nobody’s words',
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
    'changes the goals of the plan in a room shared for writing',
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
test.each(cells)(
  'what a person may write in their own record: %s, %s: %s',
  (kind, act, allowed) => {
    const facts = { relation: 'self', room: 'me', author: grace, priorAuthor: grace } as const
    expect(askAs('grace', { ...facts, kind, act }).allowed).toBe(allowed)
  },
)

test.each([
  ...['status', 'intent', 'category', 'subject', 'careTeam', 'addresses', 'period', 'author'],
  ...['supportingInfo', 'extension:review-on', 'extension:reading-limit', 'extension:what-if'],
])('only a professional changes %s of the plan', (name) => {
  const facts = { relation: 'self', room: 'roof', kind: 'plan', act: 'update' } as const
  expect(askAs('grace', { ...facts, changed: ['goal', name] }).allowed).toBe(false)
  expect(askAs('grace', { ...facts, changed: ['goal'] }).allowed).toBe(true)
})

test.each(['intent', 'for', 'owner', 'requester', 'restriction', 'code', 'focus'])(
  'only a professional changes %s of a promise',
  (name) => {
    const facts = { relation: 'self', kind: 'action', act: 'update', author: grace } as const
    expect(askAs('grace', { ...facts, changed: [name] }).allowed).toBe(false)
    expect(askAs('grace', { ...facts, changed: ['status'] }).allowed).toBe(true)
  },
)
