import { Trans, useLingui } from '@lingui/react/macro'
import type { AnsweredByTwo } from '#client/queries/care-plan/assessments.ts'
import { allQuestions, type Form } from '#domain/assessment/form.ts'
import type { AnsweredTwice } from '#domain/assessment/reassess/merge-answers.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { AnswerWords } from './answer-words.tsx'

type Props = Readonly<{
  form: Form
  error: AnsweredByTwo
  onChoose: (twice: AnsweredTwice, isTheirs: boolean) => void
}>

/** Two people answered the same question differently: both answers, for the person who asks to choose. */
export function AnsweredByTwoNotice({ form, error, onChoose }: Props) {
  const { t } = useLingui()
  const questions = allQuestions(form.items)
  const by = error.by || t`Somebody else`
  return (
    <Notice tone="warning" title={t`${by} answered the same questions differently`}>
      <p>
        <Trans>Nothing was lost. Choose for each question, then save again.</Trans>
      </p>
      {error.twice.map((each) => {
        const text = questions.find(({ linkId }) => linkId === each.linkId)?.text ?? each.linkId
        return (
          <div key={each.linkId} className="assess-twice">
            <p>
              <strong>
                <bdi>{text}</bdi>
              </strong>
            </p>
            <p>
              {by}: <AnswerWords given={each.theirs} />
            </p>
            <p>
              <Trans>You:</Trans> <AnswerWords given={each.mine} />
            </p>
            <div className="assess-actions">
              <Button variant="outline" onClick={() => onChoose(each, true)}>
                <Trans>Use their answer</Trans>
              </Button>
              <Button variant="outline" onClick={() => onChoose(each, false)}>
                <Trans>Keep mine</Trans>
              </Button>
            </div>
          </div>
        )
      })}
    </Notice>
  )
}
