import { sealTrail } from '#api/audit/seal.ts'
import { type Head, verifyTrail } from '#api/audit/verify.ts'
import { openDatabase } from './database.ts'

/** `npm run trail [-- NUMBER:HASH]`: walks the chain of the trail; ends with 1 when something in it is wrong. */
const [noted] = process.argv.slice(2)
const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(noted ?? '') ?? []
if (noted && !hash) {
  console.error('A head is the number and the hash of a block: npm run trail -- 12:0a1b…')
  process.exit(2)
}
const known: Head | undefined = number && hash ? { number: Number(number), hash } : undefined
const database = await openDatabase()
try {
  await sealTrail(database.sql, () => new Date())
  const { blocks, entries, open, upTo, head, fault } = await verifyTrail(database.sql, known)
  console.log(`blocks ${blocks}, entries ${entries}, not closed yet ${open}`)
  if (head) console.log(`head ${head.number}:${head.hash}`)
  if (fault) {
    const where = [
      fault.block === undefined ? '' : `block ${fault.block}`,
      fault.entry === undefined ? '' : `entry ${fault.entry}`,
    ].filter(Boolean)
    console.log(`NOT WHOLE: ${[fault.kind, ...where].join(', ')}`)
    process.exitCode = 1
  } else console.log(`The trail is whole${upTo ? ` up to ${upTo}` : ''}`)
} finally {
  await database.stop()
}
process.exit()
