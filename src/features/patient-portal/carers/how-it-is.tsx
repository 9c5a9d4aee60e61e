import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCarerWords } from '#client/queries/carer/carer-record.ts'
import type { CarerWords } from '#domain/carer/carer-words.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { Quote } from '#ui/text/quote.tsx'

type Props = Readonly<{ person: string; words: readonly CarerWords[] }>

/** How it is for the carer, in their words, and how heavy: their own number, which decides nothing. */
export function HowItIs({ person, words: [latest, before] }: Props) {
  const [writing, setWriting] = useState(false)
  return (
    <section aria-labelledby="how-it-is">
      <h2 id="how-it-is">
        <Trans>How it is for you</Trans>
      </h2>
      {latest ? (
        <>
          <Quote size="lead">{latest.words}</Quote>
          <p className="my-small">
            <Trans>
              Your words, <DateText date={latest.at} />
            </Trans>
          </p>
          {latest.heavy === undefined ? null : (
            <p>
              <strong>
                <Trans>How heavy it is: {latest.heavy} of 10</Trans>
              </strong>{' '}
              {before?.heavy === undefined ? null : <Trans>It was {before.heavy} before.</Trans>}
            </p>
          )}
        </>
      ) : (
        <p className="my-missing">
          <Trans>You have not said it yet. A few words are enough.</Trans>
        </p>
      )}
      {writing ? (
        <Write {...{ person, latest }} onDone={() => setWriting(false)} />
      ) : (
        <Button variant="outline" onClick={() => setWriting(true)}>
          <Trans>Say how it is now</Trans>
        </Button>
      )}
    </section>
  )
}

const numbers = Array.from({ length: 11 }, (_none, each) => String(each))
type Typed = Readonly<{ id: string; words: string; heavy: string }>

/** It begins with what was said last: a number that is not touched stays. */
const startFrom = (latest: CarerWords | undefined): Typed => ({
  ...{ id: '', words: latest?.words ?? '' },
  heavy: latest?.heavy === undefined ? '' : String(latest.heavy),
})

type WriteProps = Readonly<{
  person: string
  latest: CarerWords | undefined
  onDone: () => void
}>

function Write({ person, latest, onDone }: WriteProps) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, clear] = useDraft(`carer-how:${person}`, startFrom(latest))
  // the same over retries, also when nothing was typed
  const [fresh] = useState(() => crypto.randomUUID())
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || fresh, ...fields })
  const isEmpty = typed.words.trim() === ''
  const save = async () => {
    setTried(true)
    if (isEmpty) return
    const heavy = typed.heavy === '' ? undefined : Number(typed.heavy)
    const { words } = typed
    const id = typed.id || fresh
    if (!(await saving.run(() => saveCarerWords({ id, person, words, heavy })))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm onSubmit={save}>
      <TextArea
        label={t`How is it for you?`}
        rows={4}
        value={typed.words}
        onChange={(words) => change({ words })}
        error={tried && isEmpty ? t`Write a few words` : undefined}
      />
      <SelectField
        label={t`How heavy is it, from 0 to 10?`}
        hint={t`Your own number. It starts a talk, and decides nothing.`}
        value={typed.heavy}
        onChange={(heavy) => change({ heavy })}
        options={[
          { value: '', label: t`No number` },
          ...numbers.map((value) => ({ value, label: i18n.number(Number(value)) })),
        ]}
      />
      <SaveOrCancel saving={saving} onCancel={onDone} cancel={<Trans>Not now</Trans>} />
    </CheckedForm>
  )
}
