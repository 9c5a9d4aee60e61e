import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { dayHere } from '#client/clock.ts'
import type { Goal } from '#domain/goal/goal.ts'

type Props = Readonly<{ goal: Goal; day: (at: string) => ReactNode }>

/** The day of the words as they stand, and since when it has been a goal if that is earlier. */
export function GoalDays({ goal: { since, written }, day }: Props) {
  const worded = written ? dayHere(written.at) : since
  if (!worded) return null
  return (
    <>
      , {day(worded)}
      {since && since < worded ? (
        <>
          {' '}
          · <Trans>a goal since</Trans> {day(since)}
        </>
      ) : null}
    </>
  )
}
