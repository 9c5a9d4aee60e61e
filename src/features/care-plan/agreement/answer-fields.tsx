import { useLingui } from '@lingui/react/macro'
import { planParts } from '#domain/agreement/still-to-agree.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import type { RecordFields, TypedRecord } from './typed-record.ts'

/** What was answered, and in which words. */
export function AnswerFields(fields: RecordFields) {
  const { t } = useLingui()
  const { typed, change, tried } = fields
  return (
    <>
      <Radios
        legend={t`What was the answer?`}
        name="answer"
        value={typed.answer}
        onChange={(answer) => change({ answer: answer as TypedRecord['answer'] })}
        error={tried && typed.answer === '' ? t`Select the answer` : undefined}
        options={[
          { value: 'yes', label: t`Yes, to all of it` },
          { value: 'part', label: t`Yes, but not to all of it` },
          { value: 'no', label: t`Not like this` },
        ]}
      />
      {typed.answer === 'part' ? <PartFields {...fields} /> : null}
      <TextArea
        label={t`In their own words`}
        hint={t`As it was written or said`}
        rows={3}
        value={typed.words}
        onChange={(words) => change({ words })}
      />
    </>
  )
}

function PartFields({ typed, change, tried, view }: RecordFields) {
  const { t } = useLingui()
  const parts = planParts(view.house, useDayText())
  const chosen = parts.filter(({ record }) => record in typed.parts)
  return (
    <>
      <Checkboxes
        legend={t`What is not agreed?`}
        values={chosen.map(({ record }) => record)}
        onChange={(records) =>
          change({
            parts: Object.fromEntries(records.map((each) => [each, typed.parts[each] ?? ''])),
          })
        }
        options={parts.map(({ record, words }) => ({ value: record, label: words }))}
        error={tried && chosen.length === 0 ? t`Select what is not agreed` : undefined}
      />
      {chosen.map(({ record, words }) => (
        <TextArea
          key={record}
          label={t`What should be different about “${words}”?`}
          rows={2}
          value={typed.parts[record] ?? ''}
          onChange={(text) => change({ parts: { ...typed.parts, [record]: text } })}
          error={tried && !typed.parts[record]?.trim() ? t`Enter a few words` : undefined}
        />
      ))}
    </>
  )
}
