import type { PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import type { Form } from '#domain/assessment/form.ts'
import { instrumentAt } from '#domain/assessment/instruments/library.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { ruleFor } from '#domain/assessment/score.ts'
import { ScorePicture, valuesOf } from './score-picture.tsx'

type Props = Readonly<{
  form: Form
  /** completed, newest first */
  done: readonly AssessmentRecord[]
  record: PersonAssessments
}>

/** The history of a score as a picture. Scores are those saved then, never worked out again. */
export function ScoreHistory({ form, done, record }: Props) {
  const { separate = [] } = instrumentAt(form.url) ?? {}
  const rule = separate.length > 0 ? undefined : ruleFor(form)
  const scores = done.flatMap(({ id }) =>
    record.scores.filter(
      ({ response, at, code }) => response === id && at && code === rule?.code.code,
    ),
  )
  return (
    <>
      {rule && scores.length > 0 && (
        <ScorePicture
          name={form.title}
          rule={rule}
          values={scores.map(({ at = '', value, band }) => ({ at, value, band }))}
        />
      )}
      {separate.map((each) => (
        <section key={each.item} aria-label={each.name}>
          <h3>{each.name}</h3>
          <ScorePicture name={each.name} rule={each} values={valuesOf(done, each.item)} />
        </section>
      ))}
    </>
  )
}
