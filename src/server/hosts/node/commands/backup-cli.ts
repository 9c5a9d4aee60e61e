import { makeBackup } from '#server/backup/make-backup.ts'
import { backupFileTarget } from './backup-files.ts'
import { runCommand } from './command.ts'

/** `npm run backup -- --out FOLDER|FILE.tar`: everything in the team database, as FHIR NDJSON with checksums. */
const args = process.argv.slice(2)
const out = args[0] === '--out' ? args[1] : undefined
if (!out) {
  console.error('Where to? npm run backup -- --out FOLDER, or --out FILE.tar')
  process.exit(2)
}
await runCommand('Nothing was backed up', async ({ sql }, stop) => {
  const target = await backupFileTarget(out)
  try {
    const manifest = await makeBackup(sql, {
      now: new Date(),
      emit: async (entry) => {
        stop.throwIfAborted()
        await target.emit(entry)
      },
      progress: (lines) => {
        stop.throwIfAborted()
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${lines} versions and entries`)
      },
    })
    await target.close()
    process.stderr.write('\n')
    for (const [type, count] of Object.entries(manifest.counts))
      console.log(`${type.padEnd(24)} ${count}`)
    const { entries, blocks, head } = manifest.trail
    console.log(`${'audit log'.padEnd(24)} ${entries} entries, ${blocks} blocks`)
    if (head) console.log(`head ${head.number}:${head.hash}`)
    console.log(`checksum of the manifest ${manifest.sum}`)
  } catch (cause) {
    await target.abandon()
    throw cause
  }
})
