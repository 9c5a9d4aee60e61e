import { Trans, useLingui } from '@lingui/react/macro'
import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import { contractPresets } from '#domain/contract/presets/contract-presets.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { TypedYear } from './typed-year.ts'

type Props = Readonly<{
  terms: ContractTerms
  typed: TypedYear
  onChange: (change: Partial<TypedYear>) => void
}>

/** What is tried: terms and the figures of a year. */
export function YearFields({ terms, typed, onChange }: Props) {
  const { t } = useLingui()
  const number = { inputMode: 'decimal', width: 10 } as const
  return (
    <form className="agreement__fields" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={t`Terms`}
        value={terms.preset}
        onChange={(preset) => onChange({ preset, phase: '0', verdicts: {} })}
        options={contractPresets.map(({ preset, title }) => ({ value: preset, label: title }))}
      />
      {terms.phases.length > 1 ? (
        <SelectField
          label={t`Phase`}
          value={typed.phase}
          onChange={(phase) => onChange({ phase })}
          options={terms.phases.map(({ name }, at) => ({ value: String(at), label: name }))}
        />
      ) : null}
      <TextField
        label={t`People`}
        {...number}
        value={typed.people}
        onChange={(people) => onChange({ people })}
      />
      {terms.budget.kind === 'given' ? (
        <TextField
          label={t`Budget of the year, ${terms.currency}`}
          {...number}
          value={typed.budget}
          onChange={(budget) => onChange({ budget })}
        />
      ) : null}
      <TextField
        label={t`Spent above or below the budget, in 100`}
        hint={t`Below: a minus in front, such as −3`}
        {...number}
        value={typed.over}
        onChange={(over) => onChange({ over })}
      />
      <TextField
        label={t`Quality, 0 to 100`}
        {...number}
        value={typed.quality}
        onChange={(quality) => onChange({ quality })}
      />
      <GateFields {...{ terms, typed, onChange }} />
    </form>
  )
}

function GateFields({ terms, typed, onChange }: Props) {
  const { t } = useLingui()
  if (terms.gate.kind === 'standard')
    return (
      <SelectField
        label={t`Quality standard`}
        value={typed.standard}
        onChange={(standard) => onChange({ standard: standard as TypedYear['standard'] })}
        options={[
          { value: 'met', label: t`Met` },
          { value: 'alternative', label: t`Only the alternative standard is met` },
          { value: 'not-met', label: t`Neither is met` },
        ]}
      />
    )
  if (terms.gate.kind !== 'verdicts') return null
  return (
    <fieldset>
      <legend>
        <Trans>Measures of the gate</Trans>
      </legend>
      {terms.measures.map(({ code, name }) => (
        <SelectField
          key={code}
          label={name}
          value={typed.verdicts[code] ?? 'unknown'}
          onChange={(verdict) => onChange({ verdicts: { ...typed.verdicts, [code]: verdict } })}
          options={[
            { value: 'better', label: t`Better` },
            { value: 'same', label: t`No real change` },
            { value: 'worse', label: t`Worse` },
            { value: 'unknown', label: t`Not known` },
          ]}
        />
      ))}
    </fieldset>
  )
}
