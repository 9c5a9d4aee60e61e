import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockZone, now } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCallAfterStay } from '#client/queries/discharge/stays.ts'
import { callTime } from '#domain/contact/call-time.ts'
import {
  type CallAnswer,
  type CallChoice,
  type CallQuestion,
  callQuestionNames,
  callQuestions,
} from '#domain/discharge/call-questions.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { choiceLabels, questionLabels } from '#features/home-from-hospital/labels.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { type TypedWhen, WhenFields } from './when-fields.tsx'

const ways = {
  spoke: { way: 'call', reached: true },
  visited: { way: 'visit', reached: true },
  'no-answer': { way: 'call', reached: false },
  'not-home': { way: 'visit', reached: false },
} as const
const isWay = (how: string): how is keyof typeof ways => how in ways

type Said = Readonly<{ choice: string; words: string }>
type Typed = Readonly<{
  id: string
  how: string
  words: string
  answers: Readonly<Partial<Record<CallQuestion, Said>>>
}> &
  TypedWhen
const empty: Typed = {
  ...{ id: '', how: '', words: '', answers: {} },
  ...{ earlier: false, day: '', time: '' },
}

const answersOf = ({ answers }: Typed): readonly CallAnswer[] =>
  callQuestionNames.flatMap((question) => {
    const { choice = '', words = '' } = answers[question] ?? {}
    return choice ? [{ question, choice: choice as CallChoice, words: words.trim() }] : []
  })

/** The moment that is said; absent for just now. */
function momentIn({ earlier, day, time }: TypedWhen, home: string) {
  if (!earlier) return { at: undefined, fault: undefined }
  const said = callTime({ day, time }, { home, now: now(), zone: clockZone() })
  return { at: undefined, fault: undefined, ...said }
}

type CallFormProps = Readonly<{
  stay: WardStay & Readonly<{ until: string }>
  isFirst: boolean
}>

/** The call as a script to say aloud. Every answer is kept on this device until it is saved. */
export function CallForm({ stay, isFirst }: CallFormProps) {
  const { t } = useLingui()
  const [draft, setTyped, , isDraft, settle] = useDraft<Typed>(`call-${stay.id}`, empty)
  const typed = { ...empty, ...draft }
  const { at, fault } = momentIn(typed, stay.until)
  const [isOpen, setOpen] = useState(isFirst || isDraft)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const chosen = isWay(typed.how) ? ways[typed.how] : undefined
  const isEmpty = typed.words.trim() === '' && answersOf(typed).length === 0
  const save = async () => {
    setTried(true)
    if (!chosen || isEmpty || fault) return
    const answers = chosen.reached ? answersOf(typed) : []
    const contact = { id: typed.id, person: stay.person, stay: stay.id, ...chosen, answers, at }
    const words = typed.words.trim()
    if (!(await saving.run(() => saveCallAfterStay({ ...contact, words })))) return
    settle(draft, asAnother)
    setTried(false)
    setOpen(!chosen.reached)
    toast(
      chosen.reached ? (
        <Trans>Saved.</Trans>
      ) : (
        <Trans>Saved. It stays on the Today page until someone is reached.</Trans>
      ),
    )
  }
  if (!isOpen)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Write down another call or visit</Trans>
      </Button>
    )
  return (
    <CheckedForm onSubmit={save}>
      <Radios
        legend={t`How did it go?`}
        name="how"
        value={typed.how}
        onChange={(how) => change({ how })}
        error={tried && !chosen ? t`Select whether you reached them` : undefined}
        options={[
          { value: 'spoke', label: t`We spoke on the phone` },
          { value: 'visited', label: t`I saw them` },
          { value: 'no-answer', label: t`I called and nobody answered` },
          { value: 'not-home', label: t`I visited and nobody was there` },
        ]}
      />
      <WhenFields when={typed} change={change} fault={tried ? fault : undefined} />
      <Script typed={typed} change={change} isOff={chosen?.reached === false} />
      <TextArea
        label={chosen?.reached === false ? t`What you will do next` : t`What else was said`}
        value={typed.words}
        onChange={(words) => change({ words })}
        error={tried && isEmpty ? t`Enter a few words, or an answer` : undefined}
        rows={3}
      />
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Write the call down</Trans>
      </Button>
    </CheckedForm>
  )
}

type ScriptProps = Readonly<{
  typed: Typed
  change: (fields: Partial<Typed>) => void
  /** nobody was reached: there is nothing to ask */
  isOff: boolean
}>

function Script({ typed, change, isOff }: ScriptProps) {
  const { t } = useLingui()
  if (isOff) return null
  const answer = (question: CallQuestion, fields: Partial<Said>) => {
    const before = typed.answers[question] ?? { choice: '', words: '' }
    change({ answers: { ...typed.answers, [question]: { ...before, ...fields } } })
  }
  return (
    <div className="stay-script">
      <h3>
        <Trans>What to ask</Trans>
      </h3>
      <UnverifiedMark what="call-script" />
      <ol>
        {callQuestionNames.map((question) => (
          <li key={question}>
            <Question
              question={question}
              said={typed.answers[question]}
              onChange={(fields) => answer(question, fields)}
            />
          </li>
        ))}
      </ol>
      <p>
        <b>{t`Worse than this?`}</b>{' '}
        <Trans>Cannot finish a sentence, blue lips, new confusion: 999.</Trans>
      </p>
    </div>
  )
}

type QuestionProps = Readonly<{
  question: CallQuestion
  said: Said | undefined
  onChange: (fields: Partial<Said>) => void
}>

function Question({ question, said, onChange }: QuestionProps) {
  const { t, i18n } = useLingui()
  const choice = said?.choice ?? ''
  return (
    <>
      <Radios
        inline
        small
        legend={i18n._(questionLabels[question])}
        name={question}
        value={choice}
        onChange={(next) => onChange({ choice: next })}
        options={callQuestions[question].map((value) => ({
          value,
          label: i18n._(choiceLabels[value]),
        }))}
      />
      {choice ? (
        <TextField
          label={t`In their words, if you like`}
          value={said?.words ?? ''}
          onChange={(words) => onChange({ words })}
        />
      ) : null}
    </>
  )
}
