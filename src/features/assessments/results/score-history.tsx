import { Trans, useLingui } from '@lingui/react/macro'
import type { PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import type { Form } from '#domain/assessment/form.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { ruleFor } from '#domain/assessment/score.ts'
import { Sparkline } from '#ui/charts/sparkline.tsx'

type Props = Readonly<{
  form: Form
  /** completed, newest first */
  done: readonly AssessmentRecord[]
  record: PersonAssessments
}>

/** The last score in words and number, and how it changed. Scores are those saved then, never worked out again. */
export function ScoreHistory({ form, done, record }: Props) {
  const { t } = useLingui()
  const main = ruleFor(form)?.code.code
  const scores = done.flatMap(
    (each) =>
      record.scores.find(({ response, code }) => response === each.id && code === main) ?? [],
  )
  const [last, before] = scores
  if (!last) return null
  const points = scores
    .toReversed()
    .flatMap((score) => (score.at ? [{ at: score.at, value: score.value }] : []))
  return (
    <div className="assess-history">
      <p>
        <strong>
          {ruleFor(form)?.bands.find(({ code }) => code === last.band)?.name ?? last.band}
        </strong>{' '}
        {before ? (
          <Trans>
            {last.value}, was {before.value}
          </Trans>
        ) : (
          <Trans>score {last.value}</Trans>
        )}
      </p>
      {points.length > 1 && <Sparkline points={points} label={t`Scores over time`} />}
    </div>
  )
}
