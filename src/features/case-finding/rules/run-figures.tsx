import { Trans } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import type { Measure } from '#domain/case/measures.ts'
import type { ShownRuleRun } from '#domain/rule/rule-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Nothing is said of it: with others it would say a count of few. */
export const isWithheld = (of: Measure) => 'fewerThan' in of && of.fewerThan === 0

/** What the last run found, as this reader may know it. */
export function RunFigures({
  run: { at, found, added, dropped, notJudged },
}: {
  run: ShownRuleRun
}) {
  if (isWithheld(added))
    return (
      <Trans>
        Last run <DateText date={at} withTime />: <Count of={found} /> found,{' '}
        <Count of={notJudged} /> could not be judged. Who came and who went may be fewer than 5
        people, so that is not shown.
      </Trans>
    )
  return (
    <Trans>
      Last run <DateText date={at} withTime />: <Count of={found} /> found, <Count of={added} />{' '}
      added, <Count of={dropped} /> dropped, <Count of={notJudged} /> could not be judged.
    </Trans>
  )
}

/** For whoever reads rules without seeing people: how the figures are told, said once. */
export function RoundedNote() {
  const role = useSession(({ actor }) => actor?.role)
  if (role !== 'manager') return null
  return (
    <p className="rule-meta">
      <Trans>
        You see counts in fives. A count of fewer than 5 people is not told more exactly, and where
        two figures could be subtracted to find one, neither is shown.
      </Trans>
    </p>
  )
}
