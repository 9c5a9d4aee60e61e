import { howToGuard, isGuarded } from '#api/audit/guard-trail.ts'
import { notedHead } from '#api/audit/noted.ts'
import { sealTrail } from '#api/audit/seal.ts'
import { type TrailFault, verifyTrail } from '#api/audit/verify.ts'
import { runOnDatabase } from './command.ts'
import { notedHeads } from './trail-heads.ts'
import { headPlacesFrom } from './trail-settings.ts'

/**
 * `npm run trail [-- NUMBER:HASH]`: walks the chain of the trail, and asks for every head that was sent elsewhere; ends
 * with 1 when something in it is wrong.
 */
const [noted] = process.argv.slice(2)
const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(noted ?? '') ?? []
if (noted && !hash) {
  console.error('A head is the number and the hash of a block: npm run trail -- 12:0a1b…')
  process.exit(2)
}
const asked = number && hash ? [notedHead('the command', { number: Number(number), hash })] : []
const elsewhere = notedHeads(headPlacesFrom(process.env))
await runOnDatabase('The trail was not looked through', async ({ sql }) => {
  await sealTrail(sql, () => new Date())
  const report = await verifyTrail(sql, [...asked, ...elsewhere])
  const { blocks, entries, open, brought, upTo, head, fault } = report
  console.log(`blocks ${blocks}, entries ${entries}, not closed yet ${open}`)
  if (brought > 0) console.log(`entries brought in from another database ${brought}`)
  if (head) console.log(`head ${head.number}:${head.hash}`)
  if (!(await isGuarded(sql))) console.log(`NOT GUARDED: ${howToGuard}`)
  if (fault) {
    console.log(`NOT WHOLE: ${wordsOf(fault)}`)
    process.exitCode = 1
  } else console.log(`The trail is whole${upTo ? ` up to ${upTo}` : ''}`)
})

function wordsOf({ kind, block, entry, noted: where }: TrailFault): string {
  return [
    kind,
    ...(block === undefined ? [] : [`block ${block}`]),
    ...(entry === undefined ? [] : [`entry ${entry}`]),
    ...(where === undefined ? [] : [`noted in ${where}`]),
  ].join(', ')
}
