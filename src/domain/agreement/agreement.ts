import type { Who } from '#domain/plan/plan.ts'

/** A yes or a no to one exact version of a plan, in the words of the one who said it. */
export type Agreement = Readonly<{
  id: string
  planId: string
  version: string
  yes: boolean
  by: Who
  words: string
  at: string
}>

/** The last yes of the person herself, to whichever version. */
export function lastYes(agreements: readonly Agreement[]): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.yes && agreement.by.voice === 'person')
    .toSorted((one, other) => other.at.localeCompare(one.at))[0]
}

/** What the person said last about this exact version. */
export function answerTo(
  agreements: readonly Agreement[],
  version: string | undefined,
): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.version === version && agreement.by.voice === 'person')
    .toSorted((one, other) => other.at.localeCompare(one.at))[0]
}
