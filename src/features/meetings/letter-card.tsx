import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { dayHere } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type PersonAtMeeting, sendMeetingLetter } from '#client/queries/meetings/meetings.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { linesFrom, type MeetingLetter } from '#domain/meeting/letter.ts'
import { LetterText } from '#features/parts/meeting/letter-text.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TellCarer } from './tell-carer.tsx'

type Typed = Readonly<{
  /** the same in every try, so that a retry is known again */
  id: string
  words: Readonly<Record<string, string>>
  added: string
  phone: string
  /** how many decisions the writer has read through; 0: none */
  read: number
}>
const empty = (): Typed => ({
  ...{ id: crypto.randomUUID(), words: {}, added: '', phone: '', read: 0 },
})

const ownQuestion = ({ asks, question }: PersonAtMeeting) =>
  asks.find(({ by }) => by.voice === 'person')?.words ?? question

/** The letter that follows from the decisions so far, in the words that were said more plainly. */
function draftOf(person: PersonAtMeeting, typed: Typed, next: string | undefined): MeetingLetter {
  const { talk } = person
  return {
    ...{ id: '', person: person.id, talk: talk.id, by: whoAmI(person.id), at: '' },
    ...{ day: dayHere(talk.start), question: ownQuestion(person) },
    lines: linesFrom(talk.decisions).map((line, place) => ({
      ...line,
      words: typed.words[talk.decisions[place]?.id ?? ''] ?? line.words,
    })),
    ...{ added: typed.added, phone: typed.phone },
    ...(next ? { next: dayHere(next) } : {}),
  }
}

/** The letter as it stands: it grows with each decision, and is sent only after somebody has read it. */
export function LetterCard({
  person,
  next,
  meeting,
}: Readonly<{ person: PersonAtMeeting; next: string | undefined; meeting: string }>) {
  const { t } = useLingui()
  const { talk, letter: sent } = person
  const [fresh] = useState(empty)
  const [typed, setTyped, clear] = useDraft<Typed>(`letter-${talk.id}`, fresh)
  const [isChanging, setChanging] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const count = talk.decisions.length
  const letter = sent ?? draftOf(person, typed, next)
  const send = async () => {
    const isSent = await saving.run(() =>
      sendMeetingLetter({
        ...{ talk: talk.id, newId: typed.id, seen: typed.read },
        ...{ question: letter.question, added: typed.added, phone: typed.phone },
        lines: Object.entries(typed.words).map(([id, words]) => ({ id, words })),
      }),
    )
    if (isSent) clear()
  }
  return (
    <section aria-labelledby="meeting-letter" className="meeting-letter">
      <h2 id="meeting-letter">
        {sent ? t`${person.given}’s letter` : t`${person.given}’s letter, as it stands`}
      </h2>
      <p className="gable-meta">
        {sent ? (
          <Trans>
            Sent by {sent.by.name} on <DateText date={sent.at} withTime />
          </Trans>
        ) : (
          <Trans>Drawn from the decisions, for you to change.</Trans>
        )}
      </p>
      <div className="meeting-letter__paper">
        <LetterText letter={letter} givenName={person.given} />
      </div>
      {sent ? (
        <AfterSending {...{ person, sent }} />
      ) : isChanging ? (
        <ChangeForm {...{ person, typed, change }} onClose={() => setChanging(false)} />
      ) : (
        <>
          <SaveNote saving={saving} />
          {count > 0 && person.mayWrite ? (
            <LetterActs
              isRead={typed.read === count}
              onRead={() => change({ read: count })}
              onChange={() => setChanging(true)}
              {...{ send }}
              isPending={saving.pending}
              givenName={person.given}
            />
          ) : null}
        </>
      )}
      <p>
        <Link to={`/meetings/${meeting}/letter/${talk.person}`}>
          <Trans>On one sheet of paper</Trans>
        </Link>
      </p>
    </section>
  )
}

function AfterSending({
  person,
  sent,
}: Readonly<{ person: PersonAtMeeting; sent: MeetingLetter }>) {
  return person.mayWrite ? <TellCarer letter={sent} givenName={person.given} /> : null
}

type ActsProps = Readonly<{
  isRead: boolean
  isPending: boolean
  onRead: () => void
  onChange: () => void
  send: () => void
  givenName: string
}>

/** Sent only once it was read as it stands now: a decision more, and it is to be read again. */
function LetterActs({ isRead, isPending, onRead, onChange, send, givenName }: ActsProps) {
  return (
    <div className="meeting-letter__acts">
      {isRead ? (
        <Button pending={isPending} onClick={send}>
          <Trans>Send it to {givenName}</Trans>
        </Button>
      ) : (
        <Button variant="outline" onClick={onRead}>
          <Trans>I have read it through</Trans>
        </Button>
      )}
      <Button variant="link" onClick={onChange}>
        <Trans>Say it more plainly</Trans>
      </Button>
    </div>
  )
}

type FormProps = Readonly<{
  person: PersonAtMeeting
  typed: Typed
  change: (fields: Partial<Typed>) => void
  onClose: () => void
}>

function ChangeForm({ person, typed, change, onClose }: FormProps) {
  const { t } = useLingui()
  return (
    <CheckedForm onSubmit={onClose}>
      {person.talk.decisions.map(({ id, words }, place) => (
        <TextArea
          key={id}
          label={t`Decision ${place + 1} in plain words`}
          rows={3}
          value={typed.words[id] ?? words}
          onChange={(said) => change({ words: { ...typed.words, [id]: said }, read: 0 })}
        />
      ))}
      <TextArea
        label={t`Anything else to say`}
        rows={2}
        value={typed.added}
        onChange={(added) => change({ added, read: 0 })}
      />
      <TextField
        label={t`The number to call`}
        type="tel"
        width={20}
        value={typed.phone}
        onChange={(phone) => change({ phone, read: 0 })}
        maxLength={60}
      />
      <Button type="submit" variant="outline">
        <Trans>Show the letter</Trans>
      </Button>
    </CheckedForm>
  )
}
