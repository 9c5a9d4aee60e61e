import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type PersonAtMeeting, takeStep } from '#client/queries/meetings/meetings.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Line = Readonly<{ id: string; by: Who; at: string; words: string; isAsk: boolean }>

/** What each of us brings, in their words: what was asked, and what was written beforehand or in the meeting. */
export function BroughtList({ person }: Readonly<{ person: PersonAtMeeting }>) {
  const { talk, asks } = person
  const lines: readonly Line[] = [
    ...asks.filter(({ by }) => by.voice !== 'person').map((each) => ({ ...each, isAsk: true })),
    ...talk.brought.map((each) => ({ ...each, isAsk: false })),
  ]
  const heard = new Set(lines.map(({ by }) => by.reference))
  const silent = talk.members.filter(
    ({ presence, reference }) => presence !== 'there' && !(reference && heard.has(reference)),
  )
  return (
    <section aria-labelledby="meeting-brought">
      <h3 id="meeting-brought">
        <Trans>What each of us brings</Trans>
      </h3>
      <ul className="meeting-brought">
        {lines.map(({ id, by, at, words, isAsk }) => (
          <li key={id}>
            <Avatar name={by.name} voice={by.voice} />
            <div>
              <b>{by.name}</b>
              <p className="gable-meta">
                {isAsk ? <Trans>asked</Trans> : <Trans>wrote</Trans>}{' '}
                <DateText date={at} withTime />
              </p>
            </div>
            <p className="meeting-brought__words">{words}</p>
          </li>
        ))}
        {silent.map(({ name, presence }) => (
          <li key={name} className="is-missing">
            <Avatar name={name} />
            <b>{name}</b>
            <p className="gable-missing meeting-brought__words">
              {presence === 'cannot-come' ? (
                <Trans>Cannot come, and has not written</Trans>
              ) : (
                <Trans>Nothing heard yet</Trans>
              )}
            </p>
          </li>
        ))}
      </ul>
      {person.mayWrite && (talk.state === 'planned' || talk.state === 'now') ? (
        <BringForm talk={talk.id} givenName={person.given} />
      ) : null}
    </section>
  )
}

type Typed = Readonly<{ id: string; words: string }>

function BringForm({ talk, givenName }: Readonly<{ talk: string; givenName: string }>) {
  const { t } = useLingui()
  const [fresh] = useState(() => ({ id: crypto.randomUUID(), words: '' }))
  const [typed, setTyped, clear, , settle] = useDraft<Typed>(`bring-${talk}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isEmpty = typed.words.trim() === ''
  const save = async () => {
    setTried(true)
    if (isEmpty) return
    const step = { talk, kind: 'bring', words: typed.words.trim(), newId: typed.id } as const
    if (!(await saving.run(() => takeStep(step)))) return
    if (settle(typed, asAnother)) {
      clear()
      setTyped({ id: crypto.randomUUID(), words: '' })
    }
    setTried(false)
  }
  return (
    <CheckedForm onSubmit={save}>
      <TextArea
        label={t`What you bring`}
        hint={t`${givenName} can read this.`}
        rows={2}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
        error={tried && isEmpty ? t`Write what you bring to the meeting` : undefined}
      />
      <SaveNote saving={saving} />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Save your words</Trans>
      </Button>
    </CheckedForm>
  )
}
