import { Trans, useLingui } from '@lingui/react/macro'
import type { ClosedDays } from '#domain/contact/office-hours.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  closed: readonly ClosedDays[]
  onChange: (closed: readonly ClosedDays[]) => void
  tried: boolean
}>

/** A first day that is missing or none, or a last day before it. */
export const hasFault = ({ from, until }: ClosedDays): boolean =>
  from === '' || isUnfinished(from) || (until !== '' && until < from)

/** Days on which nobody answers, beside bank holidays: a training day, a move. */
export function ClosedDaysFields({ closed, onChange, tried }: Props) {
  const { t } = useLingui()
  const set = (at: number, fields: Partial<ClosedDays>) =>
    onChange(closed.map((each, place) => (place === at ? { ...each, ...fields } : each)))
  return (
    <div className="hours-closed">
      <h3>
        <Trans>Other days on which nobody answers</Trans>
      </h3>
      {closed.map((each, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: days that are being written have no name yet
          key={at}
          className="nhsuk-fieldset hours-closed__days"
        >
          <legend className="nhsuk-fieldset__legend">
            <Trans>Closed days {at + 1}</Trans>
          </legend>
          <DateField
            label={t`First day`}
            value={each.from}
            onChange={(from) => set(at, { from })}
            error={tried && each.from === '' ? t`Enter the first day` : undefined}
          />
          <DateField
            label={t`Last day`}
            value={each.until}
            onChange={(until) => set(at, { until })}
            error={
              tried && each.until !== '' && each.until < each.from
                ? t`The last day is before the first`
                : undefined
            }
          />
          <TextField label={t`Why`} value={each.why} onChange={(why) => set(at, { why })} />
          <Button
            variant="link"
            onClick={() => onChange(closed.filter((_each, place) => place !== at))}
          >
            <Trans>Remove these days</Trans>
          </Button>
        </fieldset>
      ))}
      <Button
        variant="link"
        onClick={() => onChange([...closed, { from: '', until: '', why: '' }])}
      >
        <Trans>Add closed days</Trans>
      </Button>
    </div>
  )
}
