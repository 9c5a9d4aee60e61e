import { extendHashChain } from '#server/audit/hash-chain.ts'
import { notedChecksum } from '#server/audit/noted-checksum.ts'
import { howToProtect, isProtected, olderAuditLog } from '#server/audit/protect-audit-log.ts'
import {
  type Brought,
  type HashChainFault,
  notesWhatComes,
  verifyHashChain,
} from '#server/audit/verify-hash-chain.ts'
import { notedAuditHeads } from '#server/hosts/node/audit-heads.ts'
import { auditSettingsFrom } from '#server/hosts/node/audit-settings.ts'
import { runCommand } from './command.ts'

/**
 * `npm run trail [-- NUMBER:HASH]`: checks the chain of the audit log, and compares every head that was sent
 * elsewhere; exit code 1 if something is wrong.
 */
const [noted] = process.argv.slice(2)
const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(noted ?? '') ?? []
if (noted && !hash) {
  console.error('A head is the number and the hash of a block: npm run trail -- 12:0a1b…')
  process.exit(2)
}
const given = number && hash ? [notedChecksum('the command', { number: Number(number), hash })] : []
const elsewhere = notedAuditHeads(auditSettingsFrom(process.env))
await runCommand('The audit log could not be checked', async ({ sql }) => {
  await extendHashChain(sql, () => new Date())
  const report = await verifyHashChain(sql, [...given, ...elsewhere])
  const { blocks, entries, open, brought, broughtBy = [], upTo, head, fault } = report
  console.log(`blocks ${blocks}, entries ${entries}, not closed yet ${open}`)
  if (brought > 0) console.log(`entries restored from another database ${brought}`)
  for (const each of broughtBy) console.log(broughtWords(each))
  if (head) console.log(`head ${head.number}:${head.hash}`)
  if (!(await isProtected(sql))) console.log(`NOT GUARDED: ${howToProtect}`)
  else if (!(await notesWhatComes(sql))) console.log(`OLDER: ${olderAuditLog}`)
  if (fault) {
    console.log(`NOT COMPLETE: ${wordsOf(fault)}`)
    process.exitCode = 1
  } else console.log(`The audit log is complete${upTo ? ` up to ${upTo}` : ''}`)
})

function broughtWords({ login, entries: many, blocks: closed, from, to }: Brought): string {
  const when = from === to ? from : `${from} to ${to}`
  const withBlocks = closed > 0 ? `, with the ${closed} blocks that hold them` : ''
  return `restored by the login ${login}, ${when}: entries ${many}${withBlocks}`
}

function wordsOf({ kind, block, entry, noted: where }: HashChainFault): string {
  return [
    kind,
    ...(block === undefined ? [] : [`block ${block}`]),
    ...(entry === undefined ? [] : [`entry ${entry}`]),
    ...(where === undefined ? [] : [`noted in ${where}`]),
  ].join(', ')
}
