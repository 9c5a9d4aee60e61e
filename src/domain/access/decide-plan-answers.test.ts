import { describe } from 'vitest'
import { decisionTable } from '#test-support/access/decision-table.ts'

const graceId = 'Patient/p-3f9c27d1'
const chidiId = 'RelatedPerson/r-8b51e604'
const aminaId = 'Practitioner/amina-yusuf'
const carer = { relation: 'carer' as const }
const reading = { read: ['conversation' as const], write: [] }
const writing = { read: ['conversation' as const], write: ['conversation' as const] }
const inConversation = { room: 'conversation' as const }

describe('A suggestion of other words', () => {
  const made = { ...inConversation, kind: 'suggested-change', act: 'create' } as const
  decisionTable(
    [
      ['chidi', 'makes one where he may only read', { ...carer, shared: reading }, 'shared', true],
      ['chidi', 'makes none in a room that he does not see', carer, 'not-shared', false],
      ['grace', 'makes one about the plan', { relation: 'self' }, 'own-record', true],
      ['tom', 'makes one', { relation: 'related' }, 'relation', true],
      ['stranger', 'does not know of it', { relation: 'none' }, 'no-relation', false],
      [
        'tom',
        'makes none with emergency access',
        { relation: 'break-glass' },
        'not-your-role',
        false,
      ],
      ['grace', 'deletes none', { relation: 'self', act: 'delete' }, 'words-of-another', false],
    ],
    made,
  )
})

describe('An answer about a goal', () => {
  const given = { ...inConversation, kind: 'goal-view', act: 'create' } as const
  decisionTable(
    [
      ['grace', 'is her own', { relation: 'self', author: graceId }, 'own-record', true],
      [
        'grace',
        'is not somebody else’s',
        { relation: 'self', author: aminaId },
        'words-of-another',
        false,
      ],
      ['amina', 'is her own', { relation: 'named', author: aminaId }, 'relation', true],
      [
        'amina',
        'is Grace’s if she wrote it down',
        { relation: 'named', author: graceId, supporters: [aminaId] },
        'relation',
        true,
      ],
      [
        'amina',
        'is not Grace’s without saying so',
        { relation: 'named', author: graceId },
        'words-of-another',
        false,
      ],
      [
        'chidi',
        'is his own where he may write',
        { ...carer, shared: writing, author: chidiId },
        'shared',
        true,
      ],
      [
        'chidi',
        'is not given where he may only read',
        { ...carer, shared: reading, author: chidiId },
        'not-shared',
        false,
      ],
      [
        'tom',
        'is not given with emergency access',
        { relation: 'break-glass' },
        'not-your-role',
        false,
      ],
    ],
    given,
  )
  decisionTable(
    [
      [
        'grace',
        'is hidden from her until the round is shown',
        { relation: 'self' },
        'answered-alone',
        false,
      ],
      [
        'amina',
        'is hidden from her',
        { relation: 'named', author: 'Practitioner/tom-price' },
        'answered-alone',
        false,
      ],
      [
        'amina',
        'is read by her if it is her own',
        { relation: 'named', author: aminaId },
        'own-record',
        true,
      ],
      [
        'amina',
        'is not changed even if it is her own',
        { relation: 'named', author: aminaId, act: 'update' },
        'answered-alone',
        false,
      ],
      ['chidi', 'is hidden from him', { ...carer, shared: writing }, 'answered-alone', false],
      [
        'tom',
        'is hidden with emergency access',
        { relation: 'break-glass' },
        'answered-alone',
        false,
      ],
    ],
    { kind: 'goal-view', room: 'alone' },
  )
})

describe('What is said before and after a conversation', () => {
  decisionTable(
    [
      [
        'grace',
        'is written by her',
        { relation: 'self', act: 'create', author: graceId },
        'own-record',
        true,
      ],
      ['chidi', 'is not read by him', { ...carer, shared: writing }, 'not-shared', false],
      ['amina', 'is read by her', { relation: 'named' }, 'relation', true],
      [
        'amina',
        'is not changed by her if Grace wrote it',
        {
          relation: 'named',
          act: 'update',
          author: graceId,
          priorAuthor: graceId,
          changed: ['item'],
        },
        'words-of-another',
        false,
      ],
      [
        'grace',
        'is answered by her over what Amina wrote down',
        {
          relation: 'self',
          act: 'update',
          author: graceId,
          priorAuthor: aminaId,
          changed: ['author', 'item'],
        },
        'own-record',
        true,
      ],
    ],
    { kind: 'answers', room: 'own' },
  )
})

describe('That a carer is ill', () => {
  const said = { kind: 'carer-ill', room: 'roof', act: 'create', author: chidiId } as const
  decisionTable(
    [
      ['chidi', 'is said by him, whatever is shared', carer, 'own-record', true],
      [
        'chidi',
        'is not said of another carer',
        { ...carer, shared: { read: ['roof'], write: [] }, author: 'RelatedPerson/other' },
        'not-your-role',
        false,
      ],
      ['grace', 'is said by her', { relation: 'self' }, 'own-record', true],
      ['amina', 'is said by a named professional', { relation: 'named' }, 'relation', true],
      ['tom', 'is not said by others', { relation: 'related' }, 'not-your-role', false],
      [
        'amina',
        'is ended, and not changed otherwise',
        { relation: 'named', act: 'update', changed: ['status', 'code'] },
        'never',
        false,
      ],
      [
        'amina',
        'is ended',
        { relation: 'named', act: 'update', changed: ['status', 'period'] },
        'relation',
        true,
      ],
      [
        'amina',
        'is not ended with other words beside it',
        { relation: 'named', act: 'update', changed: ['status', 'text'] },
        'never',
        false,
      ],
      ['amina', 'is not deleted', { relation: 'named', act: 'delete' }, 'never', false],
    ],
    said,
  )
})

describe('Whether somebody can decide', () => {
  decisionTable(
    [
      ['grace', 'is read by her', { relation: 'self' }, 'own-record', true],
      ['amina', 'is read by named professionals', { relation: 'named' }, 'relation', true],
      ['tom', 'is hidden from other professionals', { relation: 'related' }, 'named-only', false],
      [
        'chidi',
        'is hidden from carers, whatever is shared',
        { ...carer, shared: writing },
        'not-shared',
        false,
      ],
      [
        'grace',
        'is not written by her',
        { relation: 'self', act: 'create' },
        'not-your-role',
        false,
      ],
    ],
    { kind: 'clinical', room: 'restricted' },
  )
})
