import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { retryQueuedSave } from '#client/offline/sync-now.ts'
import { discardQueuedSave, useOffline } from '#client/offline/use-offline.ts'
import { type QueuedSave, withDependants } from '#domain/sync/queued-save.ts'
import { type QueuedChange, whatChangedIn, wordsIn } from '#domain/sync/what-changed.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { useDayText } from '#ui/text/use-day-text.ts'
import { ConflictChoicePanel } from './conflict-choice.tsx'
import { NotDone } from './not-done.tsx'

/** One save in the queue. */
export function QueuedSaveCard({ save }: { save: QueuedSave }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const words = wordsIn(save, useDayText())
  const when = i18n.date(new Date(save.at), {
    ...{ day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', ...zone },
  })
  return (
    <Card
      title={i18n._(queuedChangeLabels[whatChangedIn(save)])}
      actions={<Discard save={save} />}
      className="waiting-card"
    >
      <p className="gable-meta">
        {save.name ? <>{save.name}, </> : null}
        <bdi>
          <time dateTime={save.at}>{when}</time>
        </bdi>
      </p>
      {words ? <blockquote>{words}</blockquote> : null}
      <Trouble save={save} />
    </Card>
  )
}

function Trouble({ save }: { save: QueuedSave }) {
  const { trouble } = save
  if (!trouble) return null
  if (trouble.why === 'choice') return <ConflictChoicePanel save={save} trouble={trouble} />
  if (trouble.why === 'failing')
    return (
      <Notice
        tone="warning"
        title={<Trans>The service cannot process this change</Trans>}
        actions={<Again save={save} />}
      >
        <p>
          <Trans>
            It is tried again automatically, and changes that do not depend on it continue. If this
            goes on, tell the people who run Gable: error {trouble.status}.
          </Trans>
        </p>
      </Notice>
    )
  return (
    <Notice tone="warning" title={<Trans>This was refused</Trans>} actions={<Again save={save} />}>
      <p>
        {trouble.why === 'gone' ? (
          <Trans>
            The record no longer exists, or is no longer shared with you. What you wrote is above:
            you can copy it.
          </Trans>
        ) : (
          <Trans>
            The service said: “{trouble.text}” What you wrote is above: you can copy it.
          </Trans>
        )}
      </p>
    </Notice>
  )
}

function Again({ save }: { save: QueuedSave }) {
  const { pending, failure, run } = useAsyncAction()
  const isAway = useOffline((all) => all.isAway)
  if (isAway) return null
  return (
    <>
      {failure ? <NotDone /> : null}
      <Button
        variant="outline"
        pending={pending}
        onClick={() => void run(() => retryQueuedSave(save))}
      >
        <Trans>Try again</Trans>
      </Button>
    </>
  )
}

function Discard({ save }: { save: QueuedSave }) {
  const { waiting } = useOffline()
  const more = withDependants(save, waiting).length - 1
  return (
    <ConfirmAction
      verb={<Trans>Delete</Trans>}
      variant="link"
      title={<Trans>Delete this?</Trans>}
      yes={<Trans>Delete</Trans>}
      no={<Trans>Keep it</Trans>}
      isFinal
      run={() => discardQueuedSave(save)}
      failed={() => <NotDone />}
    >
      <p>
        <Trans>It was never sent: nobody else has what you wrote.</Trans>{' '}
        {more > 0 ? (
          <Plural
            value={more}
            one="# later change depends on it and is deleted with it."
            other="# later changes depend on it and are deleted with it."
          />
        ) : null}
      </p>
    </ConfirmAction>
  )
}

const queuedChangeLabels: Readonly<Record<QueuedChange, MessageDescriptor>> = {
  'start-plan': msg`A new plan`,
  'write-about-me': msg`About me`,
  'write-need': msg`A need or a strength`,
  'write-goal': msg`A goal`,
  'write-action': msg`A step of the plan`,
  'write-what-if': msg`What to do if things get worse`,
  'set-review': msg`The date of the review`,
  undo: msg`Undoing the last change`,
  'set-limit': msg`An agreed limit`,
  'hold-review': msg`A review`,
  'answer-promise': msg`Whether a promise was kept`,
  comment: msg`A comment`,
  assessment: msg`An assessment`,
  'new-task': msg`A new task`,
  task: msg`A task`,
  'goal-progress': msg`Progress on a goal`,
  'goal-answer': msg`An answer about a goal`,
  offer: msg`Help that you offered`,
  'offer-answer': msg`An answer to help that was offered`,
  reading: msg`A reading`,
  contact: msg`A call or a visit`,
  alert: msg`What was done about an alert`,
  details: msg`A number or an address`,
  suggest: msg`A suggestion`,
  decide: msg`A decision about a suggestion`,
  other: msg`A change`,
}
