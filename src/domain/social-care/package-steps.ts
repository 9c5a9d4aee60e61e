import { addDays } from '#domain/calendar/days.ts'
import type { CarePackage } from './care-package.ts'
import type { SocialCareStep } from './social-care-work.ts'

/** Days. A start or an end is shown so long ahead, a change so long after it. Our own choice. */
const shownAhead = 14
const shownAfter = 7

type Standing = Readonly<{
  one: CarePackage
  today: string
  /** the day of an instant where the service is */
  dayOf: (instant: string) => string
}>

type Step = Readonly<{ step: SocialCareStep; day: string; by: string }>

/** What somebody has to know or do about a package of care: each missed visit that waits, and one line for what changes. */
export function packageSteps({ one, today, dayOf }: Standing): readonly Step[] {
  const { missed, provider } = one
  const waiting = missed
    .filter(({ settled }) => !settled)
    .map(({ on }) => ({ step: 'missed-visit' as const, day: on, by: provider }))
  const changed = changeOf({ one, today, dayOf })
  return changed ? [...waiting, { step: 'care-changes', day: changed, by: provider }] : waiting
}

/** The day of the nearest change: the end or the start that comes, else what changed lately. */
function changeOf({ one, today, dayOf }: Standing): string | undefined {
  const { startsOn, endsOn, changes } = one
  const isNear = (on: string) => on >= today && on <= addDays(today, shownAhead)
  const coming = [startsOn, endsOn].find((each) => each !== '' && isNear(each))
  if (coming) return coming
  const last = changes.at(-1)
  const on = last ? dayOf(last.at) : ''
  return on !== '' && on >= addDays(today, -shownAfter) ? on : undefined
}
