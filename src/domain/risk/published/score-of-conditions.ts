import { unreadIn } from '#domain/risk/coded/coded-groups.ts'
import type { CodedCondition } from '#domain/risk/evidence.ts'
import { notWorkedOut, type PublishedPart, type PublishedScore, summed } from './published-score.ts'

type About = Pick<PublishedScore, 'version' | 'source'>

/** A score over the conditions of the record that was published without bands; none where no condition is recorded. */
export function scoreOfConditions(
  all: readonly CodedCondition[],
  about: About,
  partsOf: (counted: readonly CodedCondition[]) => readonly PublishedPart[],
): PublishedScore {
  const counted = all.filter(({ left }) => !left)
  const unmapped = unreadIn(counted)
  if (all.length === 0) return { ...about, ...notWorkedOut(['conditions']), unmapped }
  const { band: _, ...rest } = summed({ parts: partsOf(counted), bandOf: () => '' })
  return { ...about, ...rest, caveats: [], unmapped }
}
