import { Trans, useLingui } from '@lingui/react/macro'
import type { Form, FormAnswers } from '#domain/assessment/form.ts'
import { type Score, scoreOf } from '#domain/assessment/score.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'

type Props = Readonly<{ form: Form; answers: FormAnswers }>

/** The score with its meaning, range and source; what is missing if there is none. Never a number alone. */
export function ScoreMeaning({ form, answers }: Props) {
  const score = scoreOf(form, answers)
  if (!score)
    return (
      <p>
        <Trans>This questionnaire has no score. What matters is what was said.</Trans>
      </p>
    )
  return score.state === 'complete' ? (
    <Whole form={form} score={score} />
  ) : (
    <Partial score={score} />
  )
}

function Whole({ form, score }: { form: Form; score: Extract<Score, { state: 'complete' }> }) {
  const { value, rule, band } = score
  return (
    <section className="assess-score" aria-label={band.name}>
      <p className="assess-score-name">{band.name}</p>
      <p>{band.meaning}</p>
      <p>
        <Trans>
          Score <strong>{value}</strong> of {rule.max}. This is in the range {band.from} to{' '}
          {band.to}.
        </Trans>
      </p>
      <Scale score={score} />
      <p className="assess-meta">
        <Trans>
          All {rule.items.length} scored questions were answered. Rule: {rule.source}. Questionnaire
          version {form.version}.
        </Trans>
      </p>
    </section>
  )
}

/** Where the score lies among the bands: shape and words, no colour needed. */
function Scale({ score }: { score: Extract<Score, { state: 'complete' }> }) {
  const { rule, band, value } = score
  return (
    <ol className="assess-scale">
      {rule.bands.map((each) => (
        <li
          key={each.code}
          className={each.code === band.code ? 'assess-scale-here' : undefined}
          aria-current={each.code === band.code ? 'true' : undefined}
        >
          <bdi>
            {each.from}–{each.to}
          </bdi>
          {each.code === band.code && (
            <strong>
              <Trans>{value}, this score</Trans>
            </strong>
          )}
        </li>
      ))}
    </ol>
  )
}

function Partial({ score }: { score: Extract<Score, { state: 'partial' }> }) {
  const { t } = useLingui()
  const total = score.rule.items.length
  return (
    <EmptyState title={t`No score yet`}>
      <p>
        <Trans>
          {score.answered} of {total} scored questions were answered. Still missing:
        </Trans>
      </p>
      <ul>
        {score.missing.map((question) => (
          <li key={question.linkId}>{question.text}</li>
        ))}
      </ul>
    </EmptyState>
  )
}
