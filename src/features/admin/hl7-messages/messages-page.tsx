import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { retryMessage, unmatchedMessagesQuery } from '#client/queries/admin/unmatched-messages.ts'
import { useSession } from '#client/session/session.ts'
import type { UnmatchedMessages } from '#domain/hl7v2/unmatched-message.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useReasonLabels } from './labels.ts'
import { UnmatchedMessageCard } from './unmatched-message.tsx'

/** Hospital messages that could not be put on a record, with the reason. */
export function MessagesPage() {
  const { t } = useLingui()
  const allowed = useSession(({ actor }) => actor?.role === 'admin')
  return (
    <div className="messages-page">
      <PageHeading
        title={t`Hospital messages on hold`}
        lead={t`Messages from hospitals about admissions and discharges that could not be added to a record. We keep them all and never guess.`}
      />
      {allowed ? (
        <Suspense fallback={<Skeleton lines={8} />}>
          <Kept />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only administrators can see these messages.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function Kept() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const reason = search.get('reason') ?? ''
  const { data: kept } = useSuspenseQuery(unmatchedMessagesQuery(reason))
  if (kept.total === 0) {
    return (
      <EmptyState title={t`No messages on hold`}>
        <Trans>Every message we received is on a record or has been dealt with.</Trans>
      </EmptyState>
    )
  }
  const choose = (value: string) =>
    setSearch(value ? { reason: value } : {}, { replace: true, preventScrollReset: true })
  return (
    <>
      <ReasonFilter kept={kept} reason={reason} onChoose={choose} />
      <TryAll kept={kept} />
      <ul className="messages-list">
        {kept.messages.map((message) => (
          <UnmatchedMessageCard key={message.number} message={message} />
        ))}
      </ul>
    </>
  )
}

type FilterProps = Readonly<{
  kept: UnmatchedMessages
  reason: string
  onChoose: (reason: string) => void
}>

function ReasonFilter({ kept, reason, onChoose }: FilterProps) {
  const { t } = useLingui()
  const words = useReasonLabels()
  const options = kept.counts.map((each) => ({
    value: each.reason,
    label: `${words[each.reason].why} (${each.many})`,
  }))
  return (
    <SelectField
      label={t`Show`}
      value={reason}
      options={[{ value: '', label: `${t`All`} (${kept.total})` }, ...options]}
      onChange={onChoose}
    />
  )
}

function TryAll({ kept: { messages, total } }: { kept: UnmatchedMessages }) {
  const saving = useSaveState()
  const run = () =>
    saving.run(async () => {
      const taken = await retryMessage(messages.map(({ number }) => number))
      toast(
        <Plural value={taken} one="# message was processed" other="# messages were processed" />,
      )
    })
  const shown = messages.length
  return (
    <div className="messages-all">
      <p role="status">
        {shown < total ? (
          <Trans>
            The newest {shown} of {total} messages
          </Trans>
        ) : (
          <Plural value={shown} one="# message" other="# messages" />
        )}
      </p>
      {shown > 0 && (
        <Button variant="outline" pending={saving.pending} onClick={() => void run()}>
          <Trans>Try all of these again</Trans>
        </Button>
      )}
      {saving.problem && (
        <Notice tone="danger" title={<Trans>We could not try again</Trans>}>
          <Trans>We could not reach the service. Please try again.</Trans>
        </Notice>
      )}
    </div>
  )
}
