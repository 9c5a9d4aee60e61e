import { isAdmin, isOne, isProfessional, nothing, type OperationRow, own } from './operation-row.ts'

const readsCounts = isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'ruth', 'admin'])
const measure = 'Measure/cql-blood-pressure-checked'

/** Measures in CQL. Nothing here works CQL out: whoever may ask hears that (501). */
export const qualityOperationRows: Readonly<Record<string, OperationRow>> = {
  'import-measure type': {
    ...{ path: () => 'Measure/$import-measure', init: nothing, may: isAdmin, status: 501 },
  },
  'evaluate-measure instance': {
    ...{ path: () => `${measure}/$evaluate-measure`, init: nothing, may: isProfessional },
    status: 501,
  },
  'stop-measure instance': {
    ...{ path: () => `${measure}/$stop-measure`, init: nothing, may: readsCounts, status: 409 },
  },
  'care-gaps instance': { ...own('care-gaps'), may: isProfessional, status: 501 },
  'decline-gap instance': {
    ...own('decline-gap'),
    ...{ init: nothing, may: isProfessional, status: 422 },
  },
  'gaps system': { path: () => '$gaps', may: readsCounts, status: 200 },
}
