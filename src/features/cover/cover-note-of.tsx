import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { keepCoverNote } from '#client/queries/cover/cover-pack.ts'
import type { AbsenceLine, Absences } from '#domain/cover/absences-answer.ts'
import type { PackPerson } from '#domain/cover/cover-pack.ts'
import { longestAnswerWords } from '#domain/fhir/longest-words.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { RefusedWords } from './refused-words.tsx'

type Props = Readonly<{
  person: PackPerson
  absence: AbsenceLine
  colleagues: Absences['colleagues'] | undefined
}>

/** Who looks after this person meanwhile, and what they should know, in the words of whoever is away. */
export function CoverNoteOf({ person, absence, colleagues }: Props) {
  const { t } = useLingui()
  const [isWriting, setWriting] = useState(false)
  const { note, cover, given, family } = person
  const name = `${given} ${family}`.trim()
  if (isWriting && colleagues)
    return <NoteForm {...{ person, absence, colleagues }} onClose={() => setWriting(false)} />
  return (
    <div className="cover-note">
      <p>
        <Trans>
          <bdi>{cover.name}</bdi> covers
        </Trans>
      </p>
      {note?.words ? (
        <>
          <p className="cover-note__words" dir="auto">
            {note.words}
          </p>
          <p className="gable-meta">
            <bdi>{note.by}</bdi>, <DateText date={note.at} withTime />
          </p>
        </>
      ) : null}
      {colleagues ? (
        <Button
          variant="link"
          aria-label={t`Change who covers ${name} and what they should know`}
          onClick={() => setWriting(true)}
        >
          {note?.words ? <Trans>Change</Trans> : <Trans>Write what they should know</Trans>}
        </Button>
      ) : null}
    </div>
  )
}

type FormProps = Readonly<{
  person: PackPerson
  absence: AbsenceLine
  colleagues: Absences['colleagues']
  onClose: () => void
}>

function NoteForm({ person, absence, colleagues, onClose }: FormProps) {
  const { t } = useLingui()
  const { note } = person
  const [typed, setTyped, clear] = useDraft(`cover-note-${absence.id}-${person.id}`, {
    ...{ words: note?.words ?? '', cover: person.cover.reference },
    version: note?.version ?? 0,
  })
  const saving = useAsyncAction()
  const close = () => {
    clear()
    onClose()
  }
  const save = async () => {
    const cover = typed.cover === absence.cover.reference ? '' : idIn(typed.cover)
    const { words, version } = typed
    const kept = { absence: absence.id, cover, words, version }
    if (!(await saving.run(() => keepCoverNote(person.id, kept)))) return
    toast(<Trans>Saved</Trans>)
    close()
  }
  return (
    <CheckedForm onSubmit={save}>
      <SelectField
        label={t`Who looks after this person`}
        value={typed.cover}
        options={colleagues
          .filter(({ who }) => who.reference !== absence.who.reference)
          .map(({ who, role }) => ({
            ...{ value: who.reference, label: [who.name, role].filter(Boolean).join(', ') },
          }))}
        onChange={(cover) => setTyped({ ...typed, cover })}
      />
      <TextArea
        label={t`What they should know`}
        hint={t`Between professionals. Up to ${longestAnswerWords} characters.`}
        rows={4}
        maxLength={longestAnswerWords}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
      />
      <RefusedWords failure={saving.failure} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Save</Trans>
      </Button>{' '}
      <Button variant="link" onClick={close}>
        <Trans>Cancel</Trans>
      </Button>
    </CheckedForm>
  )
}
