import { auditLogCheck } from '#domain/audit/audit-log-check.ts'
import { extendHashChain } from '#server/audit/hash-chain.ts'
import { notedChecksum } from '#server/audit/noted-checksum.ts'
import {
  type HashChainReport,
  type Head,
  verifyHashChain,
} from '#server/audit/verify-hash-chain.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/** Checks the chain of the audit log. `head=<number>:<hash>`, noted earlier and elsewhere, must be in it. */
export const verifyAuditLogOperation: Operation = {
  name: 'verify-trail',
  on: 'system',
  changes: false,
  purpose:
    'Whether the audit log is complete, up to when, and the first block and entry with a fault',
  async run({ actor, query, context, now }) {
    const { sql } = context.service
    if (actor.role !== 'admin') throw forbidden('Only administrators can check the audit log')
    const known = headIn(query.get('head'))
    await extendHashChain(sql, () => now)
    return answerOf(await verifyHashChain(sql, known ? [notedChecksum('the call', known)] : []))
  },
}

function headIn(text: string | null): Head | undefined {
  if (text === null) return undefined
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (number && hash) return { number: Number(number), hash }
  throw new FhirProblem(400, 'value', 'head is the number and the hash of a block: 12:0a1b…')
}

function answerOf({ head, fault, broughtBy = [], upTo = '', ...counts }: HashChainReport) {
  return auditLogCheck.write({
    ...{ whole: fault === undefined, ...counts, broughtBy, upTo },
    head: head ? `${head.number}:${head.hash}` : '',
    ...(fault ? { fault } : {}),
  })
}
