import { writeTrail } from '#api/audit/trail.ts'
import { verifyTrail } from '#api/audit/verify.ts'
import { restoreBackup } from '#api/backup/restore-backup.ts'
import { backupSource } from './backup-files.ts'
import { openDatabase } from './database.ts'

/** `npm run restore -- FOLDER|FILE.tar [--merge]`: brings a backup into the team database, all of it or nothing. */
const args = process.argv.slice(2)
const merge = args.includes('--merge')
const [path, another] = args.filter((each) => each !== '--merge')
if (!path || another) {
  console.error('Which backup? npm run restore -- FOLDER, or FILE.tar; --merge keeps what is here')
  process.exit(2)
}
const database = await openDatabase()
const now = new Date()
try {
  const source = await backupSource(path)
  const { manifest, records, kept } = await restoreBackup(database.sql, source, {
    now,
    merge,
    progress: (lines, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${lines} of ${of} lines read`)
    },
  })
  const actor = {
    identity: 'restore',
    name: 'Restore from the command line',
    role: 'admin' as const,
  }
  const why = `backup ${manifest.sum}`
  await writeTrail(database.sql, [
    { at: now, actor, act: 'E', way: '$restore', allowed: true, why, what: new Map() },
  ])
  await database.sql.script('analyze')
  process.stderr.write('\n')
  console.log(`records ${records}${merge ? `, here already and left as they are ${kept}` : ''}`)
  const { fault, head } = await verifyTrail(database.sql)
  if (head) console.log(`head ${head.number}:${head.hash}`)
  if (fault) console.log(`The trail came with a fault: ${fault.kind}`)
} catch (cause) {
  console.error(`Nothing was changed: ${cause instanceof Error ? cause.message : 'it failed'}`)
  process.exitCode = 1
} finally {
  await database.stop()
}
process.exit()
