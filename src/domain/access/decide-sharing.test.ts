import { decisionTable } from '#test-support/access/decision-table.ts'
import type { AccessQuestion } from './decide.ts'

const shares = {
  ...{ kind: 'sharing', room: 'roof', author: 'Patient/p-3f9c27d1' },
  ...{ person: 'p-3f9c27d1', supporters: ['Practitioner/amina-yusuf'] },
} as const satisfies Partial<AccessQuestion>

/**
 * Only the person gives consent to share: a professional may propose a consent, which needs the person’s agreement, and
 * end one.
 */
decisionTable(
  [
    [
      'amina',
      'gives no consent in Grace’s name, even when it says who wrote it down',
      { relation: 'named', act: 'create', opens: true },
      'only-patient-gives',
      false,
    ],
    [
      'amina',
      'changes no consent that is active',
      { relation: 'named', act: 'update', opens: true },
      'only-patient-gives',
      false,
    ],
    [
      'admin',
      'gives no consent in Grace’s name',
      { relation: 'all', act: 'create', opens: true },
      'only-patient-gives',
      false,
    ],
    [
      'grace',
      'gives consent',
      { relation: 'self', act: 'create', opens: true },
      'own-record',
      true,
    ],
    [
      'grace',
      'agrees to a consent that was written down for her',
      { relation: 'self', act: 'update', opens: true },
      'own-record',
      true,
    ],
    [
      'chidi',
      'gives no consent in Grace’s name',
      {
        ...{ relation: 'carer', act: 'create', opens: true },
        shared: { read: ['roof'], write: ['roof'] },
      },
      'never',
      false,
    ],
    [
      'chidi',
      'proposes no consent in Grace’s name',
      {
        ...{ relation: 'carer', act: 'create', asks: true },
        shared: { read: ['roof'], write: ['roof'] },
      },
      'never',
      false,
    ],
    [
      'amina',
      'proposes a consent for Grace that says who wrote it down',
      { relation: 'named', act: 'create', asks: true },
      'relation',
      true,
    ],
    [
      'amina',
      'proposes no consent where she is not named in the care',
      { relation: 'related', act: 'create', asks: true },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'proposes no consent that does not name her as the writer',
      { relation: 'named', act: 'create', asks: true, supporters: [] },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'proposes no consent without a list of writers',
      { relation: 'named', act: 'create', asks: true, supporters: undefined },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'proposes no consent in the name of another person',
      { relation: 'named', act: 'create', asks: true, author: 'Patient/another' },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'proposes no consent without a person',
      {
        ...{ relation: 'named', act: 'create', asks: true },
        ...{ person: undefined, author: 'Patient/undefined' },
      },
      'words-of-another',
      false,
    ],
    [
      'admin',
      'proposes no consent for Grace',
      { relation: 'all', act: 'create', asks: true, supporters: [] },
      'words-of-another',
      false,
    ],
    [
      'amina',
      'ends a consent of Grace’s',
      { supporters: [], relation: 'related', act: 'update' },
      'relation',
      true,
    ],
    [
      'amina',
      'does not reword a consent that Grace gave or ended',
      { relation: 'named', act: 'update', rewording: 'words-of-another' },
      'words-of-another',
      false,
    ],
    [
      'admin',
      'marks no consent of Grace’s as an error without a reason',
      { relation: 'all', act: 'update', rewording: 'error-unexplained' },
      'error-unexplained',
      false,
    ],
    [
      'grace',
      'rewords a consent that she gave',
      { relation: 'self', act: 'update', rewording: 'words-of-another' },
      'own-record',
      true,
    ],
    [
      'grace',
      'proposes a consent of her own',
      { relation: 'self', act: 'create', asks: true, supporters: [] },
      'own-record',
      true,
    ],
  ],
  shares,
)
