import type { Actor } from '#domain/access/actor.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { pgPubsub } from '#server/hosts/node/database/pg-pubsub.ts'
import { serviceZone } from '#server/hosts/node/settings.ts'
import { backupFileSource } from './backup-files.ts'
import { runCommand } from './command.ts'

/** `npm run restore -- FOLDER|FILE.tar [--merge]`: restores a backup into the team database, all of it or nothing. */
const args = process.argv.slice(2)
const merge = args.includes('--merge')
const [path, another] = args.filter((each) => each !== '--merge')
if (!path || another) {
  console.error('Which backup? npm run restore -- FOLDER, or FILE.tar; --merge keeps what is here')
  process.exit(2)
}
const actor: Actor = {
  identity: 'restore',
  name: 'Restore from the command line',
  role: 'admin',
}
await runCommand('Nothing was changed', async ({ sql, url }, stop) => {
  const source = await backupFileSource(path)
  const now = new Date()
  const { records, kept } = await restoreBackup(sql, source, {
    ...{ now, zone: serviceZone(process.env), merge, stop },
    progress: (lines, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${lines} of ${of} lines read`)
    },
    within: async (tx, { sum }) => {
      const why = `backup ${sum}`
      await writeAuditLog(tx, [
        { at: now, actor, act: 'E', way: '$restore', allowed: true, why, what: new Map() },
      ])
    },
  })
  if (records > 0) await tellServers(url)
  await sql.script('analyze')
  process.stderr.write('\n')
  console.log(`records ${records}${merge ? `, already here and not changed ${kept}` : ''}`)
  const { fault, head } = await verifyHashChain(sql)
  if (head) console.log(`head ${head.number}:${head.hash}`)
  if (fault) console.log(`The audit log in the backup has a fault: ${fault.kind}`)
})

/** Open screens of a running server load everything again. */
async function tellServers(url: string): Promise<void> {
  const pubsub = pgPubsub(url)
  pubsub.tell({ kind: 'lost' })
  await pubsub.stop()
}
