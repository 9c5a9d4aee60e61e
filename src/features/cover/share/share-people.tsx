import { Trans, useLingui } from '@lingui/react/macro'
import type { Shared } from '#domain/cover/shared-answer.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { labelOfColleague } from './label-of-colleague.ts'
import { WeightWords } from './weight-words.tsx'

type Chosen = Readonly<Record<string, string>>

type PeopleProps = Readonly<{
  data: Shared
  whose: string
  to: Chosen
  onChange: (to: Chosen) => void
  error: string
}>

/** Each person with what they count, and who takes them over. */
export function SharePeople({ data, whose, to, onChange, error }: PeopleProps) {
  const { t } = useLingui()
  const options = [
    { value: '', label: t`Stays` },
    ...data.colleagues
      .filter(({ who, awayUntil }) => who.reference !== whose && !awayUntil)
      .map((each) => ({ value: each.who.reference, label: labelOfColleague(each) })),
  ]
  const chosen = data.people.filter(({ id }) => to[id]).length
  const setAll = (target: string) =>
    onChange(Object.fromEntries(data.people.map(({ id }) => [id, target])))
  return (
    <>
      <SelectField
        label={t`Everybody to`}
        hint={t`Or choose for each person below.`}
        value=""
        options={[{ value: '', label: t`Choose a colleague` }, ...options.slice(1)]}
        onChange={setAll}
      />
      <details open={error !== '' || undefined}>
        <summary>
          <Trans>
            Person by person: {chosen} of {data.people.length} chosen
          </Trans>
        </summary>
        <div className="cover-people">
          {data.people.map(({ id, family, given, weight, inputs }) => {
            const name = [family.toLocaleUpperCase(), given].filter(Boolean).join(', ')
            return (
              <SelectField
                key={id}
                label={name}
                hint={<WeightWords weight={weight} inputs={inputs} />}
                value={to[id] ?? ''}
                options={options}
                onChange={(target) => onChange({ ...to, [id]: target })}
                error={error === '' || id !== data.people[0]?.id ? undefined : error}
              />
            )
          })}
        </div>
      </details>
    </>
  )
}
