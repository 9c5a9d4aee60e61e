import { decisionTable } from '#test-support/access/decision-table.ts'
import type { AccessQuestion } from './decide.ts'

const shares = {
  ...{ kind: 'sharing', room: 'roof', author: 'Patient/p-3f9c27d1' },
  ...{ person: 'p-3f9c27d1', supporters: ['Practitioner/amina-yusuf'] },
} as const satisfies Partial<AccessQuestion>

/** What a person shares is hers to give: a professional writes it down for her, which waits, and ends it. */
decisionTable(
  [
    [
      'amina',
      'gives nothing in her name, even written down as hers',
      { relation: 'named', act: 'create', opens: true },
      'hers-to-give',
      false,
    ],
    [
      'amina',
      'changes nothing that is given',
      { relation: 'named', act: 'update', opens: true },
      'hers-to-give',
      false,
    ],
    [
      'admin',
      'gives nothing in her name either',
      { relation: 'all', act: 'create', opens: true },
      'hers-to-give',
      false,
    ],
    ['grace', 'gives it', { relation: 'self', act: 'create', opens: true }, 'own-record', true],
    [
      'grace',
      'says yes to what was written down for her',
      { relation: 'self', act: 'update', opens: true },
      'own-record',
      true,
    ],
    [
      'chidi',
      'gives nothing in her name',
      {
        ...{ relation: 'carer', act: 'create', opens: true },
        shared: { read: ['roof'], write: ['roof'] },
      },
      'never',
      false,
    ],
    [
      'chidi',
      'asks for nothing in her name',
      {
        ...{ relation: 'carer', act: 'create', asks: true },
        shared: { read: ['roof'], write: ['roof'] },
      },
      'never',
      false,
    ],
    [
      'amina',
      'writes down what Grace wants to share, as hers',
      { relation: 'named', act: 'create', asks: true },
      'relation',
      true,
    ],
    [
      'amina',
      'asks nothing of somebody who does not know her by name',
      { relation: 'related', act: 'create', asks: true },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'asks nothing without saying that she wrote it down',
      { relation: 'named', act: 'create', asks: true, supporters: [] },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'asks nothing where nobody is said to have written it down',
      { relation: 'named', act: 'create', asks: true, supporters: undefined },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'asks nothing in a name that is not Grace’s',
      { relation: 'named', act: 'create', asks: true, author: 'Patient/another' },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'asks nothing of nobody',
      {
        ...{ relation: 'named', act: 'create', asks: true },
        ...{ person: undefined, author: 'Patient/undefined' },
      },
      'words-of-another',
      false,
    ],
    [
      'admin',
      'asks nothing for her',
      { relation: 'all', act: 'create', asks: true, supporters: [] },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'ends what Grace shares',
      { supporters: [], relation: 'related', act: 'update' },
      'relation',
      true,
    ],
    [
      'amina',
      'puts nothing otherwise that Grace agreed to or ended',
      { relation: 'named', act: 'update', rewording: 'words-of-another' },
      'words-of-another',
      false,
    ],
    [
      'admin',
      'takes nothing of hers out as an error without saying why',
      { relation: 'all', act: 'update', rewording: 'error-unexplained' },
      'error-unexplained',
      false,
    ],
    [
      'grace',
      'puts otherwise what she agreed to',
      { relation: 'self', act: 'update', rewording: 'words-of-another' },
      'own-record',
      true,
    ],
    [
      'grace',
      'writes down what she may share, and waits',
      { relation: 'self', act: 'create', asks: true, supporters: [] },
      'own-record',
      true,
    ],
  ],
  shares,
)
