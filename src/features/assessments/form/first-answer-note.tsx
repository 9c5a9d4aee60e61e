import { Trans } from '@lingui/react/macro'
import type { FirstAnswer } from '#domain/assessment/expressions/first-answers.ts'
import { type Answer, answerTexts } from '#domain/assessment/form.ts'
import { MomentText } from '#features/assessments/moment-text.tsx'

type Props = Readonly<{ first: FirstAnswer | undefined; given: readonly Answer[] }>

/** Where an answer comes from that nobody has typed, and what the record said if somebody corrected it. */
export function FirstAnswerNote({ first, given }: Props) {
  if (!first) return null
  const { answers, at } = first
  const said = answerTexts(answers).join(', ')
  const isSame = JSON.stringify(answers) === JSON.stringify(given)
  return (
    <p className="assess-meta assess-first">
      {isSame ? <Trans>From the record</Trans> : <Trans>The record says {said}</Trans>}
      {at && (
        <>
          , <MomentText at={at} />
        </>
      )}
      {isSame && (
        <>
          . <Trans>Correct it if it is not so today.</Trans>
        </>
      )}
    </p>
  )
}
