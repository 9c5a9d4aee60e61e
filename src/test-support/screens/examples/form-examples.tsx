import { useState } from 'react'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { ChoiceGroup } from '#ui/forms/choice-group.tsx'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { ErrorSummary } from '#ui/forms/error-summary.tsx'
import { Field, FieldError } from '#ui/forms/field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Example, longName, longText, longWord, nothing } from './example.tsx'

const options = [
  { value: 'one', label: 'We spoke on the phone' },
  { value: 'two', label: longText, hint: `A hint of its own. ${longWord}` },
]
const choices = [...options.slice(0, 1), { value: 'two', label: longText }]

export function FormExamples() {
  return (
    <>
      <Example of="A form that may be sent">
        <Fields id="sound" />
      </Example>
      <Example of="A form with everything wrong">
        <ErrorSummary
          errors={[
            { text: 'Enter what is to be done', fieldId: 'wrong-text' },
            { text: longText, fieldId: 'wrong-words' },
          ]}
        />
        <Fields id="wrong" error={`Enter what is to be done. ${longWord}`} />
      </Example>
      <Example of="Two people, one sentence">
        <ConflictPanel
          mine={{ name: 'You', text: longText }}
          theirs={{ name: longName, when: 'today, 14:05', text: longText }}
          before={longText}
          pending={false}
          onKeepMine={nothing}
          onKeepTheirs={nothing}
          onWriteBoth={nothing}
        />
      </Example>
    </>
  )
}

function Fields({ id, error }: Readonly<{ id: string; error?: string }>) {
  const [text, setText] = useState(longText)
  const [day, setDay] = useState('2026-11-29')
  const hint = `The person can read this. ${longWord}`
  const all = { hint, error }
  return (
    <CheckedForm onSubmit={nothing}>
      <TextField
        {...all}
        id={`${id}-text`}
        label="What is to be done"
        value={text}
        onChange={setText}
      />
      <TextField label="Weight (kg)" width={5} value="61.5" onChange={nothing} />
      <TextArea
        {...all}
        id={`${id}-words`}
        label={`Why it matters to ${longName}`}
        value={text}
        onChange={setText}
      />
      <SelectField {...all} label="Who does it" value="two" onChange={nothing} options={choices} />
      <DateField {...all} label="By when" value={day} onChange={setDay} />
      <Radios
        {...all}
        legend="How did it go?"
        name={`${id}-how`}
        value="one"
        onChange={nothing}
        options={options}
      />
      <Radios
        legend="Yes or no?"
        inline
        name={`${id}-yes`}
        value="one"
        onChange={nothing}
        options={choices}
      />
      <Checkboxes
        {...all}
        legend="What may they see?"
        values={['two']}
        onChange={nothing}
        options={options}
      />
      <ChoiceGroup
        legend="A question by itself"
        kind="checkboxes"
        name={`${id}-alone`}
        options={options}
        isChosen={() => false}
        onChoose={nothing}
      />
      <Field id={`${id}-file`} label="Choose files" hint={hint}>
        <FieldError id={`${id}-file`} error={error} />
        <input type="file" id={`${id}-file`} />
      </Field>
      <Button type="submit">Save</Button>
    </CheckedForm>
  )
}
