import type { Who } from '#domain/plan/plan.ts'
import type { OptOutKind } from './is-opt-out.ts'

/** How somebody who did not sign in told a professional. */
export const toldHows = ['spoken', 'phone', 'letter'] as const
export type ToldHow = (typeof toldHows)[number]

/** What one person said about one kind, the last time they said something. */
export type OptOut = Readonly<{
  id: string
  version?: string
  kind: OptOutKind
  /** false: taken back */
  stands: boolean
  /** the instant or the day on which it was said, or taken back */
  at?: string
  /** `elsewhere`: another system sent it; absent: the person signed in and said it */
  toldHow?: ToldHow | 'elsewhere'
  writtenBy?: Who
}>

/** For one kind: what stands, else what was last taken back. Another system may have sent one beside our own. */
export function lastSaid(optOuts: readonly OptOut[], kind: OptOutKind): OptOut | undefined {
  return optOuts
    .filter((each) => each.kind === kind)
    .toSorted(
      (one, other) =>
        Number(other.stands) - Number(one.stands) || (other.at ?? '').localeCompare(one.at ?? ''),
    )[0]
}
