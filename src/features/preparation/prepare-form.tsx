import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { type RecordForm, useRecordForm } from '#client/forms/use-record-form.ts'
import { savePreparation } from '#client/queries/preparation/conversation.ts'
import type { Plan, Who } from '#domain/plan/plan.ts'
import { hasWords, type Preparation, preparationIdFor } from '#domain/preparation/preparation.ts'
import { type PreparationPrompt, preparationPrompts } from '#domain/preparation/prompts.ts'
import { usePromptLabels } from '#features/parts/conversation/prompt-labels.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type PrepareFormProps = Readonly<{
  person: string
  plan: Plan
  /** the planned day */
  day: string
  /** who signs in here */
  me: Who
  /** what this author prepared already for this conversation */
  current: Preparation | undefined
  /** a carer prepares for themselves: what the person is called */
  carerOf?: string | undefined
}>

/** The draft of this author is one, whatever the day: words that were not sent in time wait for the next conversation. */
function usePreparation({ person, plan, day, me, current }: PrepareFormProps) {
  const isStaff = me.voice === 'professional'
  const source = isStaff ? `Patient/${person}` : me.reference
  const place = { id: preparationIdFor(source, day), person, plan: plan.id, forDay: day }
  const about = current
    ? { id: current.id, person, plan: current.plan, forDay: current.forDay }
    : place
  return useRecordForm<Preparation>({
    key: `prepare:${person}`,
    current,
    fresh: { ...about, asks: [''], answers: {} },
    save: ({ base, mine }) =>
      savePreparation({
        base: base?.id === about.id ? base : undefined,
        mine: { ...mine, ...about },
      }),
  })
}

/** What somebody thinks about before the conversation: a draft from the first key, sent when they are ready. */
export function PrepareForm(props: PrepareFormProps) {
  const { current, carerOf, me } = props
  const editing = usePreparation(props)
  const labels = usePromptLabels(carerOf)
  const { t } = useLingui()
  const { mine } = editing
  const [tried, setTried] = useState(false)
  const isEmpty = !hasWords(mine)
  const send = async () => {
    setTried(true)
    if (!isEmpty) await editing.save()
  }
  if (editing.conflict) return <PrepareConflict editing={editing} />
  return (
    <div className="prepare-form">
      <Asks editing={editing} label={labels.ask} />
      {preparationPrompts.map((prompt) => (
        <TextArea
          key={prompt}
          label={labels[prompt]}
          rows={3}
          value={mine.answers[prompt] ?? ''}
          onChange={(words) => editing.change({ answers: { ...mine.answers, [prompt]: words } })}
        />
      ))}
      <Radios
        className="prepare-confident"
        legend={labels.confident}
        hint={t`0 is not at all. 10 is very sure.`}
        name="confident"
        inline
        value={mine.confident === undefined ? '' : String(mine.confident)}
        onChange={(value) => editing.change({ confident: Number(value) })}
        options={Array.from({ length: 11 }, (_each, at) => ({
          value: String(at),
          label: String(at),
        }))}
      />
      {carerOf ? null : (
        <TextField
          label={t`Did somebody help to write this? Their name (you can leave this empty)`}
          value={mine.supportedBy?.name ?? ''}
          onChange={(name) =>
            editing.change({ supportedBy: { reference: '', name, voice: 'carer' } })
          }
        />
      )}
      <SaveNote saving={editing} />
      {tried && isEmpty ? (
        <p className="nhsuk-error-message" role="alert">
          <Trans>Nothing is written yet. One question is enough.</Trans>
        </p>
      ) : null}
      <p className="prepare-state" role="status">
        <WhereItIs editing={editing} current={current} />
      </p>
      <Button pending={editing.pending} onClick={() => void send()}>
        {me.voice === 'professional' ? (
          <Trans>Save what was said</Trans>
        ) : current ? (
          <Trans>Send my changes</Trans>
        ) : (
          <Trans>Send to the team</Trans>
        )}
      </Button>
    </div>
  )
}

function WhereItIs({
  editing,
  current,
}: Readonly<{ editing: RecordForm<Preparation>; current: Preparation | undefined }>) {
  if (editing.isDraft)
    return <Trans>Kept on this device as you write. Not sent yet: take your time.</Trans>
  if (current?.written)
    return (
      <Trans>
        Sent on <DateText date={current.written.at} withTime />. It can be changed until you meet.
      </Trans>
    )
  return <Trans>What you write is kept on this device until you send it.</Trans>
}

/** One question each, so that each can be answered. */
function Asks({ editing, label }: { editing: RecordForm<Preparation>; label: string }) {
  const { t } = useLingui()
  const { asks } = editing.mine
  const shown = asks.length === 0 ? [''] : asks
  const set = (at: number, words: string) =>
    editing.change({ asks: shown.map((each, place) => (place === at ? words : each)) })
  return (
    <div className="prepare-asks">
      {shown.map((question, at) => (
        <TextArea
          // biome-ignore lint/suspicious/noArrayIndexKey: two questions may be the same while they are written
          key={at}
          rows={2}
          label={at === 0 ? label : t`Question ${at + 1}`}
          value={question}
          onChange={(words) => set(at, words)}
        />
      ))}
      <Button variant="link" onClick={() => editing.change({ asks: [...shown, ''] })}>
        <Trans>Add one more question</Trans>
      </Button>
    </div>
  )
}

/** The same author wrote on another device: both are shown before one is kept. */
function PrepareConflict({ editing }: { editing: RecordForm<Preparation> }) {
  const { t } = useLingui()
  const { conflict } = editing
  if (!conflict) return null
  const [field] = conflict.fields
  return (
    <ConflictPanel
      mine={{ name: t`You, here`, text: textOf(field?.mine) }}
      theirs={{ name: conflict.byWhom?.by.name ?? '', text: textOf(field?.theirs) }}
      before={textOf(field?.base)}
      pending={editing.pending}
      onKeepMine={() => void editing.keepMine()}
      onKeepTheirs={() => void editing.keepTheirs()}
    />
  )
}

/** The questions, the answers, or one number, as lines. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const answers = value as Partial<Record<PreparationPrompt, string>>
  return preparationPrompts.flatMap((prompt) => answers[prompt] ?? []).join('\n')
}
