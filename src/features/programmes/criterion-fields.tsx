import { Trans, useLingui } from '@lingui/react/macro'
import {
  type Criterion,
  type CriterionCheck,
  checkKinds,
  isUnsaidCheck,
  mostOfCheck,
} from '#domain/programme/criteria.ts'
import { FieldError } from '#ui/forms/field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { checkLabels } from './programme-labels.ts'

type Props = Readonly<{
  criteria: readonly Criterion[]
  tried: boolean
  error: string | undefined
  onChange: (criteria: readonly Criterion[]) => void
}>

/** Who may enter: a sentence each, and what the service can look up for it. */
export function CriterionFields({ criteria, tried, error, onChange }: Props) {
  const { t } = useLingui()
  const replace = (place: number, next: readonly Criterion[]) =>
    onChange(criteria.flatMap((each, at) => (at === place ? next : [each])))
  return (
    <fieldset className="programme-set">
      <legend>
        <Trans>Who may enter</Trans>
      </legend>
      <FieldError id="programme-criteria" error={error} />
      {criteria.map((criterion, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while it is written
        <div key={place} className="programme-set__row">
          <TextField
            label={t`Sentence ${place + 1}`}
            value={criterion.words}
            onChange={(words) => replace(place, [{ ...criterion, words }])}
            error={tried && criterion.words.trim() === '' ? t`Enter a sentence` : undefined}
          />
          <CheckFields
            place={place + 1}
            check={criterion.check}
            tried={tried}
            onChange={(check) =>
              replace(place, [{ words: criterion.words, ...(check ? { check } : {}) }])
            }
          />
          {criteria.length > 1 ? (
            <Button
              variant="link"
              aria-label={t`Remove sentence ${place + 1}`}
              onClick={() => replace(place, [])}
            >
              <Trans>Remove</Trans>
            </Button>
          ) : null}
        </div>
      ))}
      <Button variant="outline" onClick={() => onChange([...criteria, { words: '' }])}>
        <Trans>Add a sentence</Trans>
      </Button>
    </fieldset>
  )
}

const withoutValue: readonly string[] = ['just-home', 'no-coordinator']

type CheckProps = Readonly<{
  place: number
  check: CriterionCheck | undefined
  tried: boolean
  onChange: (check: CriterionCheck | undefined) => void
}>

function CheckFields({ place, check, tried, onChange }: CheckProps) {
  const { t, i18n } = useLingui()
  return (
    <>
      <SelectField
        label={t`What the record shows for sentence ${place}`}
        value={check?.kind ?? ''}
        onChange={(chosen) => {
          const kind = checkKinds.find((each) => each === chosen)
          onChange(kind ? { kind } : undefined)
        }}
        options={[
          { value: '', label: t`Nothing: somebody asks the person` },
          ...checkKinds.map((value) => ({ value, label: i18n._(checkLabels[value]) })),
        ]}
      />
      {check ? <CheckValue check={check} tried={tried} onChange={onChange} /> : null}
    </>
  )
}

type ValueProps = Readonly<{
  check: CriterionCheck
  tried: boolean
  onChange: (check: CriterionCheck) => void
}>

function CheckValue({ check, tried, onChange }: ValueProps) {
  const { t } = useLingui()
  const { kind, words = '', value } = check
  const isUnsaid = tried && isUnsaidCheck(check)
  if (withoutValue.includes(kind)) return null
  if (kind === 'condition')
    return (
      <TextField
        label={t`Name of the condition`}
        value={words}
        onChange={(said) => onChange({ kind, words: said })}
        error={isUnsaid ? t`Enter the name of a condition` : undefined}
      />
    )
  return (
    <TextField
      label={t`From`}
      inputMode="numeric"
      value={String(value ?? '')}
      onChange={(said) => {
        const digits = said.replace(/\D/g, '')
        onChange(digits === '' ? { kind } : { kind, value: Number(digits) })
      }}
      error={isUnsaid ? t`Enter a number from 1 to ${mostOfCheck[kind] ?? 0}` : undefined}
    />
  )
}
