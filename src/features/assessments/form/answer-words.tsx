import { useLingui } from '@lingui/react/macro'
import { type Answer, answerTexts } from '#domain/assessment/form.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** An answer as text, in the direction of its own words. */
export function AnswerWords({
  given,
  isDate = false,
}: {
  given: readonly Answer[]
  isDate?: boolean
}) {
  const { t } = useLingui()
  const [first] = given
  if (isDate && typeof first === 'string') return <DateText date={first} />
  const texts = answerTexts(given)
  const words = given.map((answer, place) =>
    typeof answer === 'boolean' ? (answer ? t`Yes` : t`No`) : texts[place],
  )
  return <bdi>{words.join(', ')}</bdi>
}
