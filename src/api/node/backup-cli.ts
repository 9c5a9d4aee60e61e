import { makeBackup } from '#api/backup/make-backup.ts'
import { backupTarget } from './backup-files.ts'
import { openDatabase } from './database.ts'

/** `npm run backup -- --out FOLDER|FILE.tar`: everything in the team database, as FHIR NDJSON with its sums. */
const args = process.argv.slice(2)
const out = args[0] === '--out' ? args[1] : undefined
if (!out) {
  console.error('Where to? npm run backup -- --out FOLDER, or --out FILE.tar')
  process.exit(2)
}
const database = await openDatabase()
try {
  const target = await backupTarget(out)
  try {
    const manifest = await makeBackup(database.sql, {
      now: new Date(),
      emit: target.emit,
      progress: (lines) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${lines} versions and entries`)
      },
    })
    await target.close()
    process.stderr.write('\n')
    for (const [type, count] of Object.entries(manifest.counts))
      console.log(`${type.padEnd(24)} ${count}`)
    const { entries, blocks, head } = manifest.trail
    console.log(`${'trail'.padEnd(24)} ${entries} entries, ${blocks} blocks`)
    if (head) console.log(`head ${head.number}:${head.hash}`)
    console.log(`sum of the manifest ${manifest.sum}`)
  } catch (cause) {
    await target.abandon()
    throw cause
  }
} catch (cause) {
  console.error(`Nothing was backed up: ${cause instanceof Error ? cause.message : 'it failed'}`)
  process.exitCode = 1
} finally {
  await database.stop()
}
process.exit()
