import { isOne, isPerson, nothing, type OperationRow, own, post } from './operation-row.ts'

const ofPartners = isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'ruth', 'admin'])

/** How the partnership is doing: for those who work for a partner. */
export const outcomeOperationRows: Readonly<Record<string, OperationRow>> = {
  'outcomes system': { path: () => '$outcomes', may: ofPartners, status: 200 },
  'measure-runs system': { path: () => '$measure-runs', may: ofPartners, status: 200 },
  'propose-measure system': {
    path: () => '$propose-measure',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 400,
  },
  'agree-measure system': {
    path: () => '$agree-measure',
    init: nothing,
    may: isOne(['ruth']),
    status: 400,
  },
  'settle system': {
    path: () => '$settle',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 400,
  },
  'unmet-needs system': { path: () => '$unmet-needs', may: ofPartners, status: 200 },
  'note-unmet system': {
    path: () => '$note-unmet',
    init: nothing,
    may: isOne(['ruth']),
    status: 422,
  },
  'voices system': { path: () => '$voices', may: ofPartners, status: 200 },
  'note-voice-change system': {
    path: () => '$note-voice-change',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'ruth']),
    status: 422,
  },
  'my-voices instance': { ...own('my-voices'), may: isOne(['grace']), status: 200 },
  'voice-leave instance': {
    ...own('voice-leave'),
    init: nothing,
    may: isOne(['grace']),
    status: 404,
  },
  'learning-cycles system': { path: () => '$learning-cycles', may: ofPartners, status: 200 },
  'keep-cycle system': {
    path: () => '$keep-cycle',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'ruth']),
    status: 400,
  },
  'xmr system': {
    path: () => '$xmr',
    init: post({
      resourceType: 'Parameters',
      parameter: [1, 2, 3].map((value) => ({ name: 'value', valueDecimal: value })),
    }),
    may: isPerson,
    status: 200,
  },
}
