import type { Head, Noted } from './verify-hash-chain.ts'

/** One head that somebody noted, as `verifyTrail` takes them. */
export function notedHead(where: string, head: Head): Noted {
  async function* heads() {
    yield [head]
  }
  return { where, heads: heads() }
}
