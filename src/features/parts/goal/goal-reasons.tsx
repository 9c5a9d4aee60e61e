import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addReason } from '#client/queries/goals/goal-answers.ts'
import type { Goal } from '#domain/goal/goal.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import type { GoalReader } from './goal-reader.ts'
import './goal.scss'

/** Why a goal matters: the person first, then everybody else who said so, each with their name. */
export function GoalReasons({ reader, goal }: { reader: GoalReader; goal: Goal }) {
  const about = `Goal/${goal.id}`
  const reasons = reader.house.reasons
    .filter((each) => each.about === about)
    .toSorted((one, other) => one.written.at.localeCompare(other.written.at))
  const first = goal.expressedBy ?? goal.written?.by
  return (
    <>
      {goal.why || reasons.length > 0 ? (
        <ul className="goal-voices">
          {goal.why ? (
            <Voice words={goal.why} by={first} at={goal.written?.at ?? goal.since} />
          ) : null}
          {reasons.map((reason) => (
            <Voice
              key={reason.id}
              words={reason.text}
              by={reason.written.by}
              at={reason.written.at}
            />
          ))}
        </ul>
      ) : (
        <EmptyState title={<Trans>Not said yet</Trans>} />
      )}
      {reader.mayWrite ? <NewReason reader={reader} about={about} /> : null}
    </>
  )
}

function Voice({
  words,
  by,
  at,
}: Readonly<{ words: string; by: Who | undefined; at: string | undefined }>) {
  return (
    <li>
      <SaidQuote size="row" isPersons={by?.voice === 'person'}>
        {words}
      </SaidQuote>
      <p className="goal-by">
        {by ? <Avatar name={by.name} voice={by.voice} /> : null}
        <span>
          <b>{by?.name}</b>
          {at ? (
            <>
              <br />
              <DateText date={at} />
            </>
          ) : null}
        </span>
      </p>
    </li>
  )
}

function NewReason({ reader, about }: { reader: GoalReader; about: string }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [draft, setDraft, clear, isDraft, settle] = useDraft(`reason:${about}`, {
    ...{ id: '', text: '' },
  })
  const isEmpty = draft.text.trim() === ''
  if (!open && !isDraft)
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Say why it matters</Trans>
      </Button>
    )
  const send = async () => {
    setTried(true)
    if (isEmpty) return
    const { person } = reader.house
    const done = await saving.run(() =>
      addReason({ id: draft.id, person, about, text: draft.text.trim() }),
    )
    if (!done) return
    setTried(false)
    if (settle(draft, asAnother)) setOpen(false)
  }
  return (
    <div className="goal-form">
      <TextArea
        label={t`Why do you think it matters?`}
        hint={t`You say this in your own name.`}
        rows={2}
        value={draft.text}
        onChange={(text) => setDraft({ id: draft.id || crypto.randomUUID(), text })}
        error={tried && isEmpty ? t`Enter a few words` : undefined}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          setOpen(false)
        }}
      />
    </div>
  )
}
