import { backupOperation } from './backup.ts'
import { breakGlassOperation } from './break-glass.ts'
import { caseloadOperation } from './caseload.ts'
import { endBreakGlassOperation } from './end-break-glass.ts'
import { everythingOperation } from './everything.ts'
import { exportRecordOperation } from './export-record.ts'
import { findPeopleOperation } from './find-people.ts'
import { importOperation } from './import.ts'
import { joinRecordsOperation, partRecordsOperation } from './join-records.ts'
import { keptAsideOperation } from './kept-aside.ts'
import { measuresOperation } from './measures.ts'
import { myTasksOperation } from './my-tasks.ts'
import type { Operation } from './operation.ts'
import { possibleDuplicatesOperation } from './possible-duplicates.ts'
import { restoreOperation } from './restore.ts'
import { scoreOperation } from './score.ts'
import { settleKeptAsideOperation } from './settle-kept-aside.ts'
import { sharedWithMeOperation } from './shared-with-me.ts'
import { todayOperation } from './today.ts'
import { validateRecord, validateType } from './validate.ts'
import { verifyTrailOperation } from './verify-trail.ts'
import { whoLookedOperation } from './who-looked.ts'
import { withheldOperation } from './withheld.ts'

/** Every named operation that is served, and told of in `metadata`. */
export const operations: readonly Operation[] = [
  importOperation,
  keptAsideOperation,
  settleKeptAsideOperation,
  everythingOperation,
  validateType,
  validateRecord,
  whoLookedOperation,
  withheldOperation,
  sharedWithMeOperation,
  caseloadOperation,
  measuresOperation,
  todayOperation,
  myTasksOperation,
  findPeopleOperation,
  possibleDuplicatesOperation,
  joinRecordsOperation,
  partRecordsOperation,
  scoreOperation,
  breakGlassOperation,
  endBreakGlassOperation,
  verifyTrailOperation,
  backupOperation,
  restoreOperation,
  exportRecordOperation,
]
