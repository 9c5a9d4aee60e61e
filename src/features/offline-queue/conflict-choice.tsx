import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { resolveConflict } from '#client/offline/sync-now.ts'
import { conflictText } from '#domain/sync/conflict-text.ts'
import type { QueuedSave, SyncProblem } from '#domain/sync/queued-save.ts'
import { type ConflictChoice, wordsOfBoth } from '#domain/sync/rebase.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { NotDone } from './not-done.tsx'

type Choice = Extract<SyncProblem, { why: 'choice' }>

/** Both texts and both authors of an element that two people changed; the choice sends the save. */
export function ConflictChoicePanel({ save, trouble }: { save: QueuedSave; trouble: Choice }) {
  const { t } = useLingui()
  const sayDay = useDayText()
  const [text, setText] = useState<string>()
  const { pending, failure, run } = useAsyncAction()
  const words = wordsOfBoth(trouble.places)
  const choose = (chosen: ConflictChoice) => void run(() => resolveConflict(save, chosen))
  const side = (of: 'mine' | 'theirs' | 'base') =>
    trouble.places.map((place) => conflictText(place[of], sayDay)).join('\n')
  if (text !== undefined)
    return (
      <CombinedText
        {...{ text, setText, pending }}
        hasMore={trouble.places.length > 1}
        failed={failure !== undefined}
        onSave={() => choose({ text: text.trim() })}
      />
    )
  return (
    <>
      {failure ? <NotDone /> : null}
      <ConflictPanel
        mine={{ name: t`You`, text: side('mine') }}
        theirs={{ name: trouble.byWhom?.by.name ?? t`Someone else`, text: side('theirs') }}
        before={side('base')}
        pending={pending}
        onKeepMine={() => choose('mine')}
        onKeepTheirs={() => choose('theirs')}
        onWriteBoth={
          words && (() => setText(`${conflictText(words.mine)}\n${conflictText(words.theirs)}`))
        }
      />
    </>
  )
}

type CombinedTextProps = Readonly<{
  text: string
  setText: (text: string | undefined) => void
  pending: boolean
  /** more was changed than this text */
  hasMore: boolean
  failed: boolean
  onSave: () => void
}>

/** The text that replaces both. */
function CombinedText({ text, setText, pending, hasMore, failed, onSave }: CombinedTextProps) {
  const { t } = useLingui()
  const [tried, setTried] = useState(false)
  const isEmpty = text.trim() === ''
  const save = () => {
    setTried(true)
    if (!isEmpty) onSave()
  }
  return (
    <div className="gable-form">
      <TextArea
        label={t`Combined text`}
        {...(hasMore ? { hint: t`Everything else stays as you wrote it.` } : {})}
        rows={4}
        value={text}
        onChange={setText}
        error={tried && isEmpty ? t`Enter the combined text` : undefined}
      />
      {failed ? <NotDone /> : null}
      <TwoWaysOut
        pending={pending}
        onSave={save}
        onCancel={() => setText(undefined)}
        cancel={<Trans>Back to both texts</Trans>}
      />
    </div>
  )
}
