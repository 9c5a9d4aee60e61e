import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { assessmentQueries } from '#client/queries/care-plan/assessments.ts'
import { isPlannableWeek, type PlannedContent, plannedKinds } from '#domain/programme/programme.ts'
import { FieldError } from '#ui/forms/field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  contents: readonly PlannedContent[]
  tried: boolean
  error: string | undefined
  onChange: (contents: readonly PlannedContent[]) => void
}>

/** What is planned for everybody in the programme. */
export function ContentFields({ contents, tried, error, onChange }: Props) {
  const { t } = useLingui()
  const replace = (place: number, next: readonly PlannedContent[]) =>
    onChange(contents.flatMap((each, at) => (at === place ? next : [each])))
  return (
    <fieldset className="programme-set">
      <legend>
        <Trans>What is planned</Trans>
      </legend>
      <FieldError id="programme-contents" error={error} />
      {contents.map((content, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while it is written
        <div key={place} className="programme-set__row">
          <ContentRow
            place={place + 1}
            content={content}
            tried={tried}
            onChange={(next) => replace(place, [next])}
          />
          <Button
            variant="link"
            aria-label={t`Remove ${place + 1}`}
            onClick={() => replace(place, [])}
          >
            <Trans>Remove</Trans>
          </Button>
        </div>
      ))}
      <Button
        variant="outline"
        onClick={() => onChange([...contents, { kind: 'contact', weeks: 4 }])}
      >
        <Trans>Add to the plan</Trans>
      </Button>
    </fieldset>
  )
}

type RowProps = Readonly<{
  place: number
  content: PlannedContent
  tried: boolean
  onChange: (content: PlannedContent) => void
}>

function ContentRow({ place, content, tried, onChange }: RowProps) {
  const { t } = useLingui()
  const { data: forms = [] } = useQuery(assessmentQueries.forms())
  const { kind, weeks } = content
  const words = {
    contact: t`A contact`,
    assessment: t`An assessment`,
    'plan-agreed': t`The person’s answer to their plan`,
  }
  return (
    <>
      <SelectField
        label={t`What is planned (${place})`}
        value={kind}
        onChange={(chosen) =>
          onChange({ weeks, kind: plannedKinds.find((each) => each === chosen) ?? 'contact' })
        }
        options={plannedKinds.map((value) => ({ value, label: words[value] }))}
      />
      {kind === 'assessment' ? (
        <SelectField
          label={t`Which assessment (${place})`}
          value={content.form ?? ''}
          onChange={(form) => onChange({ kind, weeks, ...(form ? { form } : {}) })}
          error={tried && !content.form ? t`Choose an assessment` : undefined}
          options={[
            { value: '', label: t`Choose` },
            ...forms.map(({ url, title }) => ({ value: url, label: title })),
          ]}
        />
      ) : null}
      <TextField
        label={kind === 'contact' ? t`Every how many weeks` : t`By the end of week`}
        inputMode="numeric"
        value={weeks === 0 ? '' : String(weeks)}
        onChange={(said) => onChange({ ...content, weeks: Number(said.replace(/\D/g, '')) })}
        error={tried && !isPlannableWeek(weeks) ? t`Enter a number from 1 to 104` : undefined}
      />
    </>
  )
}
