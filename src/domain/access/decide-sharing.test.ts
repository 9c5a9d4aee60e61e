import { decisionTable } from '#testing/decision-table.ts'
import type { Question } from './decide.ts'

const shares = {
  ...{ kind: 'sharing', room: 'roof', opens: true, author: 'Patient/p-3f9c27d1' },
  ...{ person: 'p-3f9c27d1', supporters: ['Practitioner/amina-yusuf'] },
} as const satisfies Partial<Question>

/** What a person shares is hers to give: a professional writes it down for her, and ends it. */
decisionTable(
  [
    [
      'amina',
      'writes down what Grace shares, as hers',
      { relation: 'named', act: 'create' },
      'relation',
      true,
    ],
    [
      'amina',
      'changes what Grace shares at her word',
      { relation: 'named', act: 'update' },
      'relation',
      true,
    ],
    [
      'amina',
      'shares nothing of somebody who does not know her by name',
      { relation: 'related', act: 'create' },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'shares nothing without saying that she wrote it down',
      { relation: 'named', act: 'create', supporters: [] },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'shares nothing in a name that is not Grace’s',
      { relation: 'named', act: 'create', author: 'Patient/another' },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'ends what Grace shares',
      { opens: false, supporters: [], relation: 'related', act: 'update' },
      'relation',
      true,
    ],
    [
      'admin',
      'brings in what Grace shares',
      { relation: 'all', act: 'create', supporters: [] },
      'administration',
      true,
    ],
  ],
  shares,
)
