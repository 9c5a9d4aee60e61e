import type { Head, NotedHead } from './verify-hash-chain.ts'

/** One head that somebody noted, as `verifyHashChain` takes them. */
export function notedChecksum(where: string, head: Head): NotedHead {
  async function* heads() {
    yield [head]
  }
  return { where, heads: heads() }
}
