import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { addNote, notesQuery } from '#client/queries/patient/notes.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { DateText } from '#ui/text/date-text.tsx'

const few = 3

/** Notes between professionals, only for staff: the service sends them to nobody else. */
export function ProfessionalNotes({ person }: { person: string }) {
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  return isProfessional ? <Notes person={person} /> : null
}

function Notes({ person }: { person: string }) {
  const { data: notes } = useSuspenseQuery(notesQuery(person))
  const restrictionOf = useRestrictions()
  const [all, setAll] = useState(false)
  const shown = all ? notes : notes.slice(0, few)
  return (
    <Card title={<Trans>Notes</Trans>} className="notes-between">
      <p>
        <Chip>
          <Trans>Between professionals</Trans>
        </Chip>{' '}
        <Trans>The person and their family cannot see these.</Trans>
      </p>
      <ul className="gable-plain-list">
        {shown.map((note) => (
          <li key={note.id}>
            <p>{note.text}</p>
            <RestrictedMark restriction={restrictionOf(`Communication/${note.id}`)} />
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

/** `why` is there when the note is restricted, empty until the reason is written. */
type NoteDraft = Readonly<{ id: string; text: string; why?: string | undefined }>

const nothing: NoteDraft = { id: '', text: '' }

const isMissing = (words: string | undefined) => words?.trim() === ''

function noteOf({ id, text, why }: NoteDraft, person: string) {
  const note = { id, person, text: text.trim() }
  return why === undefined ? note : { ...note, restrictedWhy: why.trim() }
}

type WhoMayReadProps = Readonly<{
  draft: NoteDraft
  change: (fields: Partial<NoteDraft>) => void
  tried: boolean
}>

/** All professionals, or only the named ones, and then why. */
function WhoMayRead({ draft: { why }, change, tried }: WhoMayReadProps) {
  const { t } = useLingui()
  return (
    <>
      <Radios
        legend={t`Who may read this note?`}
        name="note-readers"
        value={why === undefined ? 'all' : 'named'}
        onChange={(value) => change({ why: value === 'named' ? '' : undefined })}
        options={[
          { value: 'all', label: t`All professionals who can see this record` },
          {
            value: 'named',
            label: t`Only professionals named in this person’s care`,
            hint: t`Restricted: people in the team, the case manager, the GP, and people with an open task or referral`,
          },
        ]}
      />
      {why === undefined ? null : (
        <TextField
          label={t`Why it is restricted`}
          hint={t`Everyone who can read the note sees this`}
          value={why}
          onChange={(said) => change({ why: said })}
          error={tried && isMissing(why) ? t`Enter why it is restricted` : undefined}
        />
      )}
    </>
  )
}

function NotSaved({ isRefused }: { isRefused: boolean }) {
  return (
    <p role="alert">
      {isRefused ? (
        <Trans>
          This was not saved. Only professionals named in this person’s care can restrict a note.
          What you wrote is kept.
        </Trans>
      ) : (
        <Trans>This was not saved. What you wrote is kept: try again.</Trans>
      )}
    </p>
  )
}

function NoteForm({ person }: { person: string }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [draft, setDraft, , isDraft, settle] = useDraft<NoteDraft>(`note:${person}`, nothing)
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  if (!open && !isDraft)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Write a note</Trans>
      </Button>
    )
  const change = (fields: Partial<NoteDraft>) =>
    setDraft({ ...draft, ...fields, id: draft.id || crypto.randomUUID() })
  const send = async (form: HTMLElement | null) => {
    setTried(true)
    if (isMissing(draft.text) || isMissing(draft.why)) return focusFirstError(form)
    const done = await saving.run(() => addNote(noteOf(draft, person)))
    if (!done) return
    setTried(false)
    if (settle(draft, asAnother)) setOpen(false)
  }
  return (
    <div className="gable-form">
      <TextArea
        label={t`Your note to the other professionals`}
        rows={3}
        value={draft.text}
        onChange={(text) => change({ text })}
        error={tried && isMissing(draft.text) ? t`Enter the note` : undefined}
      />
      <WhoMayRead {...{ draft, change, tried }} />
      {saving.problem ? <NotSaved isRefused={saving.problem === 'not-allowed'} /> : null}
      <Button
        pending={saving.pending}
        onClick={({ currentTarget }) => void send(currentTarget.closest('.gable-form'))}
      >
        <Trans>Save the note</Trans>
      </Button>
    </div>
  )
}
