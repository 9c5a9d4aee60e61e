import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { closeAlerts, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { useSession } from '#client/session/session.ts'
import { type AlertMatter, alertIdFor } from '#domain/alert/closing.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { TodayDue } from '#features/parts/today-due.tsx'
import { TodayReason } from '#features/parts/today-reason.tsx'
import { WhoToCall } from '#features/parts/who-to-call.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Card } from '#ui/layout/card.tsx'
import { ContactForm } from './contact-form.tsx'

/** Contacting the person, and what waits for it. */
export function ContactCard({
  person,
  givenName,
}: Readonly<{ person: string; givenName: string }>) {
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const { data: today } = useSuspenseQuery(todayQuery(identity))
  const waiting = today.items.filter((item) => item.person === person)
  return (
    <Card title={<Trans>Get in touch with {givenName}</Trans>}>
      <WhoToCall person={person} givenName={givenName} />
      {waiting
        .filter((item) => item.kind === 'home' || item.kind === 'silent')
        .map((item) => (
          <Notice key={item.kind} tone="info" title={<TodayReason item={item} />}>
            <p>
              <TodayDue item={item} />
            </p>
            {item.kind === 'home' ? <CloseUnrung item={item} /> : null}
          </Notice>
        ))}
      <ContactForm person={person} />
    </Card>
  )
}

/** Nobody is going to call: somebody says why, and it stays on the record. */
function CloseUnrung({ item }: { item: TodayItem }) {
  const { t } = useLingui()
  const about = item.reference as AlertMatter['about']
  return (
    <ReasonButton
      draft={`unrung-${item.reference}`}
      variant="link"
      verb={<Trans>Close without a call</Trans>}
      title={<Trans>Close without a call?</Trans>}
      label={t`Why no call is needed, for example who else called`}
      run={(words) => closeAlerts([{ person: item.person, about, since: item.due }], words)}
      done={() =>
        toast(<Trans>Closed. Your reason is saved.</Trans>, () => reopenFlags([alertIdFor(about)]))
      }
    />
  )
}
