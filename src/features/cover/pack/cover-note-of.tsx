import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { keepCoverNote } from '#client/queries/cover/cover-pack.ts'
import type { AbsenceLine, Absences } from '#domain/cover/absences-answer.ts'
import type { PackPerson } from '#domain/cover/cover-pack.ts'
import { longestAnswerWords } from '#domain/fhir/longest-words.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { RefusedWords } from '#features/cover/refused-words.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { NoteConflict } from './note-conflict.tsx'

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
    return (
      <NoteForm
        {...{ person, absence, colleagues }}
        onClose={() => setWriting(false)}
        onReopen={() => setWriting(true)}
      />
    )
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
  onReopen: () => void
}>

function NoteForm({ person, absence, colleagues, onClose, onReopen }: FormProps) {
  const { t } = useLingui()
  const { note } = person
  const stands = {
    ...{ words: note?.words ?? '', cover: person.cover.reference },
    version: note?.version ?? 0,
  }
  const [typed, setTyped, clear, isDraft] = useDraft(
    `cover-note-${absence.id}-${person.id}`,
    stands,
  )
  const saving = useAsyncAction()
  /** the refusal after which somebody has chosen */
  const [settled, setSettled] = useState<unknown>()
  const isSettled = settled !== undefined && settled === saving.failure
  const close = () => {
    clear()
    onClose()
  }
  /** What was typed can be brought back for as long as the message stands. */
  const setAside = (words: ReactNode, then: () => void) => {
    clear()
    then()
    if (!isDraft) return
    toast(words, async () => {
      setTyped(typed)
      onReopen()
    })
  }
  // changed on another screen since this text was begun
  const isOther = note !== undefined && note.version !== typed.version
  const settle = (words: string) => {
    setSettled(saving.failure)
    setTyped({ ...typed, words, version: stands.version })
  }
  const save = async () => {
    if (isOther) return
    const cover = typed.cover === absence.cover.reference ? '' : idIn(typed.cover)
    const { words, version } = typed
    const kept = { absence: absence.id, cover, words, version }
    if (!(await saving.run(() => keepCoverNote(person.id, kept)))) return
    toast(<Trans>Saved</Trans>)
    close()
  }
  return (
    <CheckedForm onSubmit={save}>
      {isOther ? (
        <NoteConflict
          note={note}
          cover={person.cover.name}
          onTakeTheirs={() =>
            setAside(<Trans>What you typed was put aside</Trans>, () => setSettled(saving.failure))
          }
          onKeepMine={() => settle(typed.words)}
          onTakeBoth={() => settle([note.words, typed.words].filter(Boolean).join('\n\n'))}
        />
      ) : null}
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
      <RefusedWords failure={isOther || isSettled ? undefined : saving.failure} />
      {isOther ? null : (
        <Button type="submit" pending={saving.pending}>
          <Trans>Save</Trans>
        </Button>
      )}{' '}
      <Button
        variant="link"
        onClick={() => setAside(<Trans>What you typed was not saved</Trans>, onClose)}
      >
        <Trans>Cancel</Trans>
      </Button>
    </CheckedForm>
  )
}
