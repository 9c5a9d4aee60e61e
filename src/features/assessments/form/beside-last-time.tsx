import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Answer, Form, FormQuestion } from '#domain/assessment/form.ts'
import { answerChange, isAskedFresh } from '#domain/assessment/reassess/last-time.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { MomentText } from '#features/assessments/moment-text.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { AnswerChangeMark } from './answer-change-mark.tsx'
import { AnswerWords } from './answer-words.tsx'

type Props = Readonly<{
  form: Form
  question: FormQuestion
  given: readonly Answer[]
  lastTime: AssessmentRecord | undefined
  say: (linkId: string, answers: readonly Answer[]) => void
  children: ReactNode
}>

const nothing: readonly Answer[] = []

/** A question with last time’s answer beside it. An old answer counts only once somebody says that it is still so. */
export function BesideLastTime({ form, question, given, lastTime, say, children }: Props) {
  const { t } = useLingui()
  const { linkId, text } = question
  const before = lastTime?.answers[linkId] ?? nothing
  if (!lastTime) return children
  const change = answerChange(form, question, { before, now: given })
  const mayBeSame = before.length > 0 && given.length === 0 && !isAskedFresh(form)
  return (
    <div className="assess-beside">
      <div className="assess-before">
        <p className="assess-meta">
          <MomentText at={lastTime.at} />
        </p>
        <p className={before.length > 0 ? 'assess-was' : 'assess-not-said'}>
          {before.length > 0 ? <AnswerWords given={before} /> : <Trans>Not asked then</Trans>}
        </p>
        {mayBeSame && (
          <Button
            variant="outline"
            aria-label={t`Same as last time: ${text}`}
            onClick={() => say(linkId, before)}
          >
            <Trans>Same as last time</Trans>
          </Button>
        )}
        {change ? (
          <AnswerChangeMark change={change} />
        ) : (
          <StateMark state="missing">
            <Trans>Not asked yet today</Trans>
          </StateMark>
        )}
      </div>
      <div>{children}</div>
    </div>
  )
}
