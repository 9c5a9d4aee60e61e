import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addNote, notesQuery } from '#data/notes.ts'
import { useSession } from '#data/session/session.ts'
import { useDraft } from '#data/writing/drafts.ts'
import { useSaving } from '#data/writing/use-editing.ts'
import { Button } from '#design/button.tsx'
import { Card } from '#design/card.tsx'
import { Chip } from '#design/chip.tsx'
import { DateText } from '#design/date-text.tsx'
import { TextArea } from '#design/text-area.tsx'
import { isStaff } from '#domain/access/actor.ts'

const few = 3

/** Notes between professionals, for staff only: the service itself gives them to nobody else. */
export function NotesBetween({ person }: { person: string }) {
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  return isProfessional ? <Notes person={person} /> : null
}

function Notes({ person }: { person: string }) {
  const { data: notes } = useSuspenseQuery(notesQuery(person))
  const [all, setAll] = useState(false)
  const shown = all ? notes : notes.slice(0, few)
  return (
    <Card title={<Trans>Notes</Trans>} className="notes-between">
      <p>
        <Chip>
          <Trans>Between professionals</Trans>
        </Chip>{' '}
        <Trans>Neither the person nor family can see these.</Trans>
      </p>
      <ul className="gable-plain-list">
        {shown.map((note) => (
          <li key={note.id}>
            <p>{note.text}</p>
            <p className="gable-meta">
              {note.by.name}, <DateText date={note.at} withTime />
            </p>
          </li>
        ))}
      </ul>
      {notes.length > shown.length ? (
        <Button variant="link" onClick={() => setAll(true)}>
          <Plural value={notes.length - few} one="Show # more note" other="Show # more notes" />
        </Button>
      ) : null}
      <NoteForm person={person} />
    </Card>
  )
}

function NoteForm({ person }: { person: string }) {
  const { t } = useLingui()
  const saving = useSaving()
  const [draft, setDraft, clear, isDraft] = useDraft(`note:${person}`, { id: '', text: '' })
  const [open, setOpen] = useState(false)
  if (!open && !isDraft)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Write a note</Trans>
      </Button>
    )
  const send = async () => {
    if (!(await saving.run(() => addNote({ ...draft, person, text: draft.text.trim() })))) return
    clear()
    setOpen(false)
  }
  return (
    <div className="gable-form">
      <TextArea
        label={t`Your note to the other professionals`}
        rows={3}
        value={draft.text}
        onChange={(text) => setDraft({ id: draft.id || crypto.randomUUID(), text })}
      />
      {saving.problem ? (
        <p role="alert">
          <Trans>This was not saved. Your words are kept: try again.</Trans>
        </p>
      ) : null}
      <Button
        pending={saving.pending}
        disabled={draft.text.trim() === ''}
        onClick={() => void send()}
      >
        <Trans>Save the note</Trans>
      </Button>
    </div>
  )
}
