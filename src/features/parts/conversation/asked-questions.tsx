import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerQuestion } from '#client/queries/preparation/conversation.ts'
import type { AskedQuestion } from '#domain/preparation/preparation.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

type Props = Readonly<{ person: string; givenName: string; asked: readonly AskedQuestion[] }>

/** What people want to ask, the person’s own first. Each stays here until it is answered in words. */
export function AskedQuestions({ person, givenName, asked }: Props) {
  return (
    <ul className="gable-plain-list asked-questions">
      {asked.map((each) => (
        <li key={each.preparation + each.question}>
          <SaidQuote size="row" isPersons={each.by?.voice === 'person'}>
            {each.question}
          </SaidQuote>
          <p className="gable-meta">
            {each.by?.voice === 'person' ? givenName : each.by?.name}
            {each.at ? (
              <>
                <Comma />
                <DateText date={each.at} />
              </>
            ) : null}
          </p>
          {each.answer ? (
            <>
              <p>{each.answer.words}</p>
              <p className="gable-meta">
                <Trans>
                  Answered by {each.answer.by.name}, <DateText date={each.answer.at} />
                </Trans>
              </p>
            </>
          ) : (
            <AnswerForm person={person} asked={each} />
          )}
        </li>
      ))}
    </ul>
  )
}

function AnswerForm({ person, asked }: Readonly<{ person: string; asked: AskedQuestion }>) {
  const { t } = useLingui()
  const { preparation, question } = asked
  const saving = useSaveState()
  const [draft, setDraft, , isDraft, settle] = useDraft(`answer:${preparation}:${question}`, {
    ...{ id: '', words: '' },
  })
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const isEmpty = draft.words.trim() === ''
  if (!open && !isDraft)
    return (
      <p>
        <StateMark state="due">
          <Trans>Not answered yet</Trans>
        </StateMark>{' '}
        <Button
          variant="link"
          onClick={() => setOpen(true)}
          aria-label={t`Answer in words: ${question}`}
        >
          <Trans>Answer in words</Trans>
        </Button>
      </p>
    )
  const send = async (form: HTMLElement | null) => {
    setTried(true)
    if (isEmpty) return focusFirstError(form)
    const words = draft.words.trim()
    const done = await saving.run(() =>
      answerQuestion({ id: draft.id, person, preparation, question, words }),
    )
    if (done && settle(draft, asAnother)) setOpen(false)
  }
  return (
    <div className="gable-form">
      <TextArea
        label={t`The answer to “${question}”`}
        rows={2}
        value={draft.words}
        onChange={(words) => setDraft({ id: draft.id || crypto.randomUUID(), words })}
        error={tried && isEmpty ? t`Enter a few words` : undefined}
      />
      <SaveNote saving={saving} />
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={({ currentTarget }) => void send(currentTarget.closest('.gable-form'))}
      >
        <Trans>Save the answer</Trans>
      </Button>
    </div>
  )
}
