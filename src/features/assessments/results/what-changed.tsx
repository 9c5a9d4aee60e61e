import { Trans } from '@lingui/react/macro'
import type { Form } from '#domain/assessment/form.ts'
import { changedAnswers } from '#domain/assessment/reassess/last-time.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { AnswerChangeMark } from '#features/assessments/form/answer-change-mark.tsx'
import { AnswerWords } from '#features/assessments/form/answer-words.tsx'
import { MomentText } from '#features/assessments/moment-text.tsx'

type Props = Readonly<{ form: Form; now: AssessmentRecord; before: AssessmentRecord }>

/** Each answer that differs from last time, in words. */
export function WhatChanged({ form, now, before }: Props) {
  const changed = changedAnswers(form, before.answers, now.answers)
  return (
    <section aria-labelledby="changed-heading">
      <h2 id="changed-heading">
        <Trans>
          What changed since <MomentText at={before.at} />
        </Trans>
      </h2>
      {changed.length === 0 ? (
        <p>
          <Trans>Every answer is as last time.</Trans>
        </p>
      ) : (
        <dl className="assess-answers">
          {changed.map(({ question, change }) => (
            <div key={question.linkId}>
              <dt>{question.text}</dt>
              <dd>
                {(before.answers[question.linkId] ?? []).length > 0 && (
                  <>
                    <span className="assess-was">
                      <AnswerWords given={before.answers[question.linkId] ?? []} />
                    </span>{' '}
                    <span aria-hidden="true">→</span>{' '}
                  </>
                )}
                <AnswerWords given={now.answers[question.linkId] ?? []} />{' '}
                <AnswerChangeMark change={change} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
