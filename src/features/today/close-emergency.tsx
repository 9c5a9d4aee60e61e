import { Trans } from '@lingui/react/macro'
import { closeSafety, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { toast } from '#ui/feedback/toasts.tsx'

/** Somebody has looked into the opening of a record and says what came of it. While it is open, this ends it, too. */
export function CloseEmergency({ item }: { item: TodayItem }) {
  const id = item.reference.slice('Flag/'.length)
  return (
    <ReasonButton
      draft={`close-${id}`}
      verb={<Trans>Close it</Trans>}
      title={<Trans>Have you looked into this?</Trans>}
      label={<Trans>What you found out, and who agrees</Trans>}
      run={(words) => closeSafety(id, item.person, words)}
      done={() => toast(<Trans>Closed. Your reason is saved.</Trans>, () => reopenFlags([id]))}
    >
      <p>
        <Trans>If they still have access to the record, closing this ends it straight away.</Trans>
      </p>
    </ReasonButton>
  )
}
