import { Trans, useLingui } from '@lingui/react/macro'
import type { Form, FormAnswers } from '#domain/assessment/form.ts'
import { instrumentAt } from '#domain/assessment/instruments/library.ts'
import type { Band, ScoreRule } from '#domain/assessment/instruments/score-rule.ts'
import { type Score, scoresOf } from '#domain/assessment/score.ts'
import { bandRangeOf, shortRange } from '#domain/assessment/shape/band-range.ts'
import { FaultWords } from '#features/assessments/fields/fault-words.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { PartsWords, SuitedWords, TakenWords } from './score-words.tsx'
import { SeparateValues } from './separate-values.tsx'

type Props = Readonly<{ form: Form; answers: FormAnswers }>

/** Each score with its meaning, range and source; what is missing if there is none. Never a number alone. */
export function ScoreMeaning({ form, answers }: Props) {
  const { separate } = instrumentAt(form.url) ?? {}
  const scores = scoresOf(form, answers)
  if (separate) return <SeparateValues values={separate} answers={answers} />
  if (scores.length === 0)
    return (
      <p>
        <Trans>This questionnaire has no score. What matters is what was said.</Trans>
      </p>
    )
  return scores.map((score) => <OneScore key={score.rule.code.code} form={form} score={score} />)
}

function OneScore({ form, score }: { form: Form; score: Score }) {
  const { t } = useLingui()
  if (score.state === 'complete') return <Whole form={form} score={score} />
  if (score.state === 'partial') return <Partial score={score} />
  return (
    <EmptyState title={t`No score`}>
      <FaultWords fault={score.why} />
    </EmptyState>
  )
}

type Complete = Extract<Score, { state: 'complete' }>

function Whole({ form, score }: { form: Form; score: Complete }) {
  const { rule, band } = score
  const { suited } = instrumentAt(form.url) ?? {}
  const several = rule.items.length > 1
  // a level of PAM comes from the tool, whatever the limits here are
  const isInside = score.value >= band.from && score.value <= band.to
  return (
    <section className="assess-score" aria-label={band.name}>
      <p className="assess-score-name">{band.name}</p>
      <p>{band.meaning}</p>
      <p>
        <ValueWords score={score} /> {isInside && !rule.unit && <RangeWords band={band} />}
      </p>
      {!rule.unit && <Scale score={score} />}
      <PartsWords score={score} />
      <SuitedWords words={suited?.[band.code]} />
      <Caution rule={rule} />
      <p className="assess-meta">
        {several && <Trans>All {rule.items.length} scored questions were answered.</Trans>}{' '}
        <Trans>
          Rule: {rule.source}. Questionnaire version {form.version}.
        </Trans>{' '}
        <TakenWords score={score} />
      </p>
      {rule.unverified && (
        <p className="assess-pending">
          <Trans>Not yet checked against the publication: {rule.unverified}.</Trans>
        </p>
      )}
    </section>
  )
}

function Caution({ rule: { caution } }: { rule: ScoreRule }) {
  if (!caution) return null
  return (
    <p>
      <strong>
        <Trans>What it does not say:</Trans>
      </strong>{' '}
      {caution}
    </p>
  )
}

function ValueWords({ score }: { score: Complete }) {
  const { i18n } = useLingui()
  const { unit, max } = score.rule
  const value = i18n.number(score.value, { maximumFractionDigits: 3 })
  if (unit)
    return (
      <Trans>
        <strong>{value}</strong> {unit.display}.
      </Trans>
    )
  if (max === undefined)
    return (
      <Trans>
        Score <strong>{value}</strong>.
      </Trans>
    )
  return (
    <Trans>
      Score <strong>{value}</strong> of {max}.
    </Trans>
  )
}

function RangeWords({ band }: { band: Band }) {
  const range = bandRangeOf(band)
  switch (range.kind) {
    case 'from':
      return <Trans>This is in the range {range.from} or more.</Trans>
    case 'to':
      return <Trans>This is in the range up to {range.to}.</Trans>
    case 'below':
      return <Trans>This is in the range below {range.to}.</Trans>
    case 'between':
      return (
        <Trans>
          This is in the range {range.from} to {range.to}.
        </Trans>
      )
    case 'from-below':
      return (
        <Trans>
          This is in the range from {range.from} to below {range.to}.
        </Trans>
      )
    case 'all':
      return null
  }
}

/** Where the score lies among the bands: shape and words, no colour needed. */
function Scale({ score }: { score: Complete }) {
  const { rule, band, value } = score
  const shown = rule.bands.filter(({ notByTotal, code }) => !notByTotal || code === band.code)
  return (
    <ol className="assess-scale">
      {shown.map((each) => (
        <li
          key={each.code}
          className={each.code === band.code ? 'assess-scale-here' : undefined}
          aria-current={each.code === band.code ? 'true' : undefined}
        >
          <bdi>{shortRange(each)}</bdi>
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
    <EmptyState title={t`The score could not be worked out`}>
      {score.missing.length === 0 ? (
        <p>
          <Trans>An answer is outside what this score can be.</Trans>
        </p>
      ) : (
        <>
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
        </>
      )}
    </EmptyState>
  )
}
