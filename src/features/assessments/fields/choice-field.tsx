import { useLingui } from '@lingui/react/macro'
import { type Answer, answerText, type FormQuestion, sameAnswer } from '#domain/assessment/form.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

type Props = Readonly<{
  question: FormQuestion
  fieldId: string
  given: readonly Answer[]
  error: string | undefined
  onAnswer: (answers: readonly Answer[]) => void
}>

/** Options to pick from; an open choice also takes free text. Options are told apart by their place in the list. */
export function ChoiceField({ question, fieldId, given, error, onAnswer }: Props) {
  const { t } = useLingui()
  const { options, repeats } = question
  const placeOf = (answer: Answer) =>
    options.findIndex((option) => sameAnswer(option.answer, answer))
  const picked = given.flatMap((answer) => (placeOf(answer) < 0 ? [] : [String(placeOf(answer))]))
  const own = given.find((answer) => placeOf(answer) < 0)
  const answersAt = (places: readonly string[]) =>
    places.flatMap((place) => options[Number(place)]?.answer ?? [])
  const words = {
    legend: question.prefix ? `${question.prefix}. ${question.text}` : question.text,
    id: fieldId,
    name: fieldId,
    ...(question.help ? { hint: question.help } : {}),
    ...(error ? { error } : {}),
    options: options.map((option, place) => ({
      value: String(place),
      label: answerText(option.answer),
    })),
  }
  const ownAnswers = own === undefined ? [] : [own]
  return (
    <>
      {repeats ? (
        <Checkboxes
          {...words}
          values={picked}
          onChange={(places) => onAnswer([...answersAt(places), ...ownAnswers])}
        />
      ) : (
        <Radios
          {...words}
          value={picked[0] ?? ''}
          onChange={(place) => onAnswer(answersAt([place]))}
        />
      )}
      {question.type === 'open-choice' && (
        <TextField
          label={t`Other answer`}
          name={`${fieldId}-own`}
          value={own === undefined ? '' : answerText(own)}
          onChange={(text) => {
            const said = text === '' ? [] : [text]
            onAnswer(repeats ? [...answersAt(picked), ...said] : said)
          }}
        />
      )}
    </>
  )
}
