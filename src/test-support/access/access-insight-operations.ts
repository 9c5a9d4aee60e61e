import { isPerson, type OperationRow, post } from './operation-row.ts'

/** The operations that show how a partnership is doing. */
export const insightOperationRows: Readonly<Record<string, OperationRow>> = {
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
