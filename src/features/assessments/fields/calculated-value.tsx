import { Trans, useLingui } from '@lingui/react/macro'
import {
  type Answer,
  allQuestions,
  answerTexts,
  type Form,
  type FormQuestion,
} from '#domain/assessment/form.ts'
import { FaultWords } from './fault-words.tsx'

type Props = Readonly<{ form: Form; question: FormQuestion; given: readonly Answer[] }>

/** A value that the form works out: the value, what is missing for it, or why there is none. Never a part of a sum. */
export function CalculatedValue({ form, question, given }: Props) {
  const { t } = useLingui()
  const { linkId, prefix, text } = question
  const fault = form.worked?.faults.get(linkId)
  const missing = form.worked?.missing.get(linkId) ?? []
  const texts = answerTexts(given)
  const said = given.map((each, place) =>
    typeof each === 'boolean' ? (each ? t`Yes` : t`No`) : texts[place],
  )
  return (
    <div className="assess-question assess-known">
      <p>
        <strong>{prefix ? `${prefix}. ${text}` : text}</strong>
      </p>
      <p role="status">
        {said.length > 0 ? (
          said.join(', ')
        ) : fault ? (
          <FaultWords fault={fault} />
        ) : (
          <Trans>Not worked out yet</Trans>
        )}
      </p>
      {missing.length > 0 && <MissingAnswers form={form} missing={missing} />}
    </div>
  )
}

/** A few by name, then how many more: a long form would be listed whole. */
function MissingAnswers({ form, missing }: { form: Form; missing: readonly string[] }) {
  const names = allQuestions(form.items).flatMap(({ linkId, text }) =>
    missing.includes(linkId) ? [text || linkId] : [],
  )
  const more = names.length - most
  const shown = names.slice(0, most).join(' · ')
  return (
    <p className="assess-meta">
      {more > 0 ? (
        <Trans>
          Answers still missing: {shown}, and {more} more
        </Trans>
      ) : (
        <Trans>Answers still missing: {shown}</Trans>
      )}
    </p>
  )
}

const most = 3
