import { Trans, useLingui } from '@lingui/react/macro'
import type { ComponentType } from 'react'
import { type Answer, isGiven } from '#domain/assessment/form.ts'
import { addDigits, digitsAt } from '#domain/decimal/digits.ts'
import { Button } from '#ui/layout/button.tsx'
import type { QuestionFieldProps } from './question-field-props.ts'

type Props = QuestionFieldProps & Readonly<{ field: ComponentType<QuestionFieldProps> }>

/** A question that takes several answers: a field for each, and one more on demand. */
export function SeveralFields({ field: One, ...props }: Props) {
  const { t } = useLingui()
  const { question, given, fieldId, onAnswer } = props
  const fields = given.length === 0 ? [''] : given
  const text = question.text
  return (
    <fieldset className="nhsuk-fieldset assess-several">
      <legend className="nhsuk-fieldset__legend">{text}</legend>
      {fields.map((_answer, place) => {
        const number = place + 1
        return (
          // answers have no ids: their place tells them apart
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a field stands for
          <div key={place}>
            <One
              {...props}
              question={{ ...question, text: t`${text}, answer ${number}`, repeats: false }}
              fieldId={place === 0 ? fieldId : `${fieldId}-${number}`}
              given={oneAt(given, place)}
              error={place === 0 ? props.error : undefined}
              onAnswer={(next) => onAnswer(withOne(given, place, next))}
            />
            {given.length > 1 && (
              <Button variant="link" onClick={() => onAnswer(withOne(given, place, undefined))}>
                <Trans>Remove answer {number}</Trans>
              </Button>
            )}
          </div>
        )
      })}
      {fields.every(isGiven) && (
        <Button variant="outline" onClick={() => onAnswer(withOne(given, fields.length, ['']))}>
          <Trans>Add another answer</Trans>
        </Button>
      )}
    </fieldset>
  )
}

function oneAt(given: readonly Answer[], place: number): readonly Answer[] {
  const answer = given[place]
  if (answer === undefined || answer === '') return []
  const one = [answer]
  const said = digitsAt(given, String(place))
  if (said !== undefined) addDigits(one, { 0: said })
  return one
}

/** The answers with one replaced, or left out; all numbers keep their digits. */
function withOne(
  given: readonly Answer[],
  place: number,
  next: readonly Answer[] | undefined,
): readonly Answer[] {
  const parts = given.map((_answer, at) => oneAt(given, at))
  const replaced = next && next.length === 0 ? [''] : next
  const all = replaced
    ? [...parts.slice(0, place), replaced, ...parts.slice(place + 1)]
    : parts.toSpliced(place, 1)
  const joined: Answer[] = []
  for (const part of all) {
    const said = digitsAt(part, '0')
    if (said !== undefined) addDigits(joined, { [joined.length]: said })
    joined.push(part[0] ?? '')
  }
  return joined.length === 1 && joined[0] === '' ? [] : joined
}
