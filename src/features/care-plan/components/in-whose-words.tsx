import { Trans } from '@lingui/react/macro'
import type { Goal } from '#domain/goal/goal.ts'

/** Who says a goal, and who wrote it down for them. */
export function InWhoseWords({ goal }: { goal: Goal }) {
  const { expressedBy, supportedBy, written } = goal
  if (!expressedBy?.name)
    return written?.by.name ? (
      <Trans>Written by {written.by.name}</Trans>
    ) : (
      <Trans>Nobody here said this</Trans>
    )
  return (
    <>
      <Trans>In the words of {expressedBy.name}</Trans>
      {supportedBy?.name ? (
        <>
          {' '}
          · <Trans>Written down by {supportedBy.name}</Trans>
        </>
      ) : null}
    </>
  )
}
