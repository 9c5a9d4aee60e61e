import type { Storage } from '#server/hosts/browser/tabs/tab-channels.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Files } from './open-database.ts'
import { storageFull } from './storage-folder.ts'

/**
 * The database as the API knows it. A transaction that the device did not store completely rejects because of missing
 * space.
 */
export function keptSql({ db, room }: Files, storage: Storage): Sql {
  const mustBeKept = (kind: 'upkeep' | undefined) => {
    if (kind || !room.isOut) return
    room.isApart = true
    throw storageFull()
  }
  return pgliteSql(db, {
    mustHaveRoom() {
      if (room.isOut) throw storageFull()
    },
    async afterCommit(kind) {
      // files are written as a whole; what comes after belongs to the next transaction
      if (storage === 'opfs') mustBeKept(kind)
      await db.syncToFs()
      if (storage !== 'opfs') mustBeKept(kind)
    },
  })
}
