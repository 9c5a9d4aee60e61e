import { isOne, type OperationRow } from './operation-row.ts'

const ofPartners = isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'ruth', 'admin'])

/** How the partnership is doing: for those who work for a partner. */
export const outcomeOperationRows: Readonly<Record<string, OperationRow>> = {
  'outcomes system': { path: () => '$outcomes', may: ofPartners, status: 200 },
  'measure-runs system': { path: () => '$measure-runs', may: ofPartners, status: 200 },
}
