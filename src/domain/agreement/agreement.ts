import type { Who } from '#domain/plan/plan.ts'

/** An agreement or a refusal of one exact version of a plan, in the person's words. */
export type Agreement = Readonly<{
  id: string
  planId: string
  version: string
  yes: boolean
  by: Who
  words: string
  at: string
  /**
   * the server’s own sequence: its number among the answers to the plan, then the time it was stored; a client’s clock
   * does not count
   */
  order: readonly [number: number, kept: number]
}>

const latestFirst = (one: Agreement, other: Agreement) =>
  other.order[0] - one.order[0] || other.order[1] - one.order[1] || other.at.localeCompare(one.at)

/** The person's last agreement, to any version. */
export function lastYes(agreements: readonly Agreement[]): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.yes && agreement.by.voice === 'person')
    .toSorted(latestFirst)[0]
}

/** What the person said last about this exact version. */
export function answerTo(
  agreements: readonly Agreement[],
  version: string | undefined,
): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.version === version && agreement.by.voice === 'person')
    .toSorted(latestFirst)[0]
}
