import { everythingOperation } from './everything.ts'
import { importOperation } from './import.ts'
import type { Operation } from './operation.ts'
import { todayOperation } from './today.ts'
import { validateRecord, validateType } from './validate.ts'
import { whoLookedOperation } from './who-looked.ts'

/** Every named operation that is served, and told of in `metadata`. */
export const operations: readonly Operation[] = [
  importOperation,
  everythingOperation,
  validateType,
  validateRecord,
  whoLookedOperation,
  todayOperation,
]
