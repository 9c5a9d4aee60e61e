import type { PlanVersion, VersionAnswer } from './plan-version.ts'

/** The last answer to a version that counts for the person: an earlier one no longer does. */
export const answerOfPerson = ({ answers }: PlanVersion): VersionAnswer | undefined =>
  answers.filter(({ counts }) => counts).at(-1)

const versionIn = (target: string) => Number(target.split('/')[3])
const recordIn = (target: string) => target.split('/').slice(0, 2).join('/')

/**
 * The version of a plan that a sentence came with: the newest that changed its record up to the version shown. `target`:
 * `Goal/1/_history/2`; `at`: when it was written, for versions from before the service noted what made them.
 */
export function madeInVersion(
  versions: readonly PlanVersion[],
  { target, at }: Readonly<{ target: string; at?: string }>,
): number | undefined {
  const record = recordIn(target)
  const made = versions.filter(({ changes }) =>
    changes.some(({ records }) =>
      records.some((each) => recordIn(each) === record && versionIn(each) <= versionIn(target)),
    ),
  )
  if (made.length > 0) return Math.max(...made.map(({ number }) => number))
  const since = at === undefined ? [] : versions.filter((each) => each.at >= at)
  return since.length > 0 ? Math.min(...since.map(({ number }) => number)) : undefined
}

const setsReview: readonly string[] = ['start-plan', 'set-review', 'hold-review']

/** The version in which the day of the next review was set, up to the one shown: the newest that tells of it. */
export function reviewSetInVersion(
  versions: readonly PlanVersion[],
  { target }: Readonly<{ target: string }>,
): number | undefined {
  const set = versions.filter(
    ({ number, changes }) =>
      number <= versionIn(target) && changes.some(({ kind }) => setsReview.includes(kind)),
  )
  return set.length > 0 ? Math.max(...set.map(({ number }) => number)) : undefined
}

/** The first version at or after this one to which the person said yes; undefined if there is none yet. */
export function agreedInVersion(
  versions: readonly PlanVersion[],
  from: number,
): PlanVersion | undefined {
  return versions
    .filter((each) => each.number >= from && answerOfPerson(each)?.yes)
    .toSorted((one, other) => one.number - other.number)[0]
}
