import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { askMeeting, meetingAsksQuery, withdrawAsk } from '#client/queries/meetings/meetings.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { MeetingAsk } from '#domain/meeting/ask-fhir.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Typed = Readonly<{ id: string; words: string }>

/** Asks that the next team meeting talks about a person: by the person, a carer or a professional, in their own words. */
export function AskMeeting({ person, label }: Readonly<{ person: string; label: string }>) {
  const { t } = useLingui()
  const { data: asks = [] } = useQuery(meetingAsksQuery(person))
  const [fresh] = useState(() => ({ id: crypto.randomUUID(), words: '' }))
  const [typed, setTyped, , isDraft, settle] = useDraft<Typed>(`ask-meeting-${person}`, fresh)
  const [isOpen, setOpen] = useState(isDraft)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const own = asks.filter(({ by }) => by.reference === whoAmI(person).reference)
  const words = typed.words.trim()
  const save = async () => {
    setTried(true)
    if (words === '') return
    if (!(await saving.run(() => askMeeting({ id: typed.id, person, words })))) return
    settle(typed, asAnother)
    setTyped({ id: crypto.randomUUID(), words: '' })
    setTried(false)
    setOpen(false)
  }
  return (
    <div className="ask-meeting">
      {own.map((ask) => (
        <OwnAsk key={ask.id} ask={ask} />
      ))}
      {isOpen ? (
        <CheckedForm onSubmit={save}>
          <TextArea
            label={label}
            rows={2}
            maxLength={500}
            value={typed.words}
            onChange={(said) => setTyped({ ...typed, words: said })}
            error={tried && words === '' ? t`Write what the team should talk about` : undefined}
          />
          <SaveNote saving={saving} />
          <Button type="submit" variant="outline" pending={saving.pending}>
            <Trans>Ask the team</Trans>
          </Button>
        </CheckedForm>
      ) : (
        <Button variant="link" onClick={() => setOpen(true)}>
          <Trans>Ask for something at the next meeting</Trans>
        </Button>
      )}
    </div>
  )
}

function OwnAsk({ ask: { id, words } }: Readonly<{ ask: MeetingAsk }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  return (
    <div>
      <p>
        <Trans>You asked the team to talk about this:</Trans> <q>{words}</q>
      </p>
      <SaveNote saving={saving} />
      <Button
        variant="link"
        pending={saving.pending}
        onClick={() => void saving.run(() => withdrawAsk(id))}
        aria-label={t`Take it back: ${words}`}
      >
        <Trans>Take it back</Trans>
      </Button>
    </div>
  )
}
