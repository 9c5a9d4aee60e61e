import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { answerTyped } from '#domain/assessment/answer-typed.ts'
import { type Answer, answerTexts, type FormQuestion } from '#domain/assessment/form.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ChoiceField } from './choice-field.tsx'
import { MomentField } from './moment-field.tsx'
import { QuantityField } from './quantity-field.tsx'
import type { QuestionFieldProps } from './question-field-props.ts'
import { SeveralFields } from './several-fields.tsx'

/** One question with the control that fits its kind. */
export function QuestionField(props: QuestionFieldProps) {
  const { question, given, onAnswer } = props
  const mayClear = !question.required && given.length > 0 && isPicked(question)
  return (
    <div className="assess-question">
      {question.readOnly ? <Fixed question={question} given={given} /> : <Controls {...props} />}
      {mayClear && !question.readOnly && (
        <Button variant="link" onClick={() => onAnswer([])}>
          <Trans>Clear this answer</Trans>
        </Button>
      )}
    </div>
  )
}

const isPicked = ({ type, repeats }: FormQuestion) =>
  type === 'boolean' || ((type === 'choice' || type === 'open-choice') && !repeats)

const labelOf = ({ prefix, text }: FormQuestion) => (prefix ? `${prefix}. ${text}` : text)

const given1 = (given: readonly Answer[]) => answerTexts(given)[0] ?? ''

/** A question that the record answers: its answer is shown, with its source. */
export function FromRecord({ question, given }: Pick<QuestionFieldProps, 'question' | 'given'>) {
  const { t } = useLingui()
  const texts = answerTexts(given)
  const words = given.map((each, place) =>
    typeof each === 'boolean' ? (each ? t`Yes` : t`No`) : texts[place],
  )
  return (
    <div className="assess-question assess-known">
      <p>
        <strong>{labelOf(question)}</strong>
      </p>
      <p>
        {words.join(', ')} · <Trans>from the record</Trans>
      </p>
      <p className="assess-meta">
        <Trans>If this is wrong, correct the person’s birth date or sex in the record first.</Trans>
      </p>
    </div>
  )
}

function Fixed({ question, given }: Pick<QuestionFieldProps, 'question' | 'given'>) {
  return (
    <p>
      <strong>{labelOf(question)}</strong> {answerTexts(given).join(', ') || '–'}
    </p>
  )
}

/** A question with several answers has a field for each; choices have boxes to tick. */
function Controls(props: QuestionFieldProps) {
  const { repeats, type } = props.question
  const isChoice = type === 'choice' || type === 'open-choice'
  if (!repeats || isChoice || type === 'boolean' || type === 'unsupported')
    return <Control {...props} />
  return <SeveralFields {...props} field={Control} />
}

function Control(props: QuestionFieldProps) {
  const { t } = useLingui()
  const { question, given, error, onAnswer, fieldId } = props
  const exampleTime = t`For example, 14:30`
  const words = {
    label: labelOf(question),
    id: fieldId,
    name: fieldId,
    value: given1(given),
    ...(question.help ? { hint: question.help } : {}),
    ...(error ? { error } : {}),
  }
  const say = (value: string) => onAnswer(value === '' ? [] : [value])
  switch (question.type) {
    case 'boolean':
      return <YesOrNo {...props} />
    case 'choice':
    case 'open-choice':
      return <ChoiceField {...props} />
    case 'string':
    case 'reference':
    case 'url':
      return <TextField {...words} onChange={say} />
    case 'text':
      return <TextArea {...words} rows={4} onChange={say} />
    case 'date':
      return <DateField {...words} onChange={say} />
    case 'time':
      return <TextField {...words} width={5} hint={question.help ?? exampleTime} onChange={say} />
    case 'dateTime':
      return <MomentField {...props} label={words.label} />
    case 'quantity':
      return <QuantityField {...props} label={words.label} />
    case 'integer':
    case 'decimal':
      return <NumberField {...props} />
    default:
      return (
        <p className="assess-unsupported">
          <strong>{labelOf(question)}</strong>{' '}
          <Trans>Gable cannot show this type of question yet ({question.writtenType}).</Trans>
        </p>
      )
  }
}

/** Text stays on screen as typed (`4.50`, `4,5`) while it means the given answer. */
function NumberField({ question, given, error, onAnswer, fieldId }: QuestionFieldProps) {
  const [typed, setTyped] = useState(given1(given))
  return (
    <TextField
      label={labelOf(question)}
      id={fieldId}
      name={fieldId}
      {...(question.help ? { hint: question.help } : {})}
      {...(error ? { error } : {})}
      width={5}
      inputMode={question.type === 'integer' ? 'numeric' : 'decimal'}
      value={answerTyped(typed)[0] === given[0] ? typed : given1(given)}
      onChange={(text) => {
        setTyped(text)
        onAnswer(answerTyped(text))
      }}
    />
  )
}

function YesOrNo({ question, given, error, onAnswer, fieldId }: QuestionFieldProps) {
  const { t } = useLingui()
  return (
    <Radios
      legend={labelOf(question)}
      id={fieldId}
      name={fieldId}
      {...(question.help ? { hint: question.help } : {})}
      {...(error ? { error } : {})}
      value={given[0] === undefined ? '' : String(given[0])}
      options={[
        { value: 'true', label: t`Yes` },
        { value: 'false', label: t`No` },
      ]}
      onChange={(value) => onAnswer([value === 'true'])}
    />
  )
}
