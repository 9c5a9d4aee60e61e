import { Trans, useLingui } from '@lingui/react/macro'
import { type OfficeHours, slotFault } from '#domain/contact/office-hours.ts'
import type { Weekday } from '#domain/contact/service-hours.ts'
import { weekdayName } from '#features/parts/call/weekday-name.ts'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import './hours-form.scss'

type Slots = OfficeHours['week'][Weekday]

type Props = Readonly<{
  day: Weekday
  slots: Slots
  onChange: (slots: Slots) => void
  tried: boolean
}>

/** From when until when on one day of the week; a second time is after a break. */
export function TimesOfDay({ day, slots, onChange, tried }: Props) {
  const { t, i18n } = useLingui()
  const name = weekdayName(i18n, day)
  const shown = slots.length > 0 ? slots : [{ from: '', until: '' }]
  const fault = tried ? slotFault(slots) : undefined
  const words = {
    'no-time': t`Write the times of ${name} as hours and minutes`,
    'no-end': t`On ${name} a time ends before it begins`,
    overlap: t`Two times on ${name} overlap`,
  }
  const set = (at: number, fields: Partial<Slots[number]>) => {
    const next = shown.map((each, place) => (place === at ? { ...each, ...fields } : each))
    // nothing is written: the day is closed, or has no break
    onChange(next.filter(({ from, until }) => from !== '' || until !== ''))
  }
  return (
    <fieldset className="nhsuk-fieldset hours-day">
      <legend className="nhsuk-fieldset__legend">{name}</legend>
      <div className="hours-day__times">
        {shown.map((slot, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a time has no name but its place in the day
          <div key={at} className="hours-day__slot">
            <TextField
              label={at === 0 ? t`From` : t`After the break, from`}
              width={5}
              inputMode="text"
              value={slot.from}
              onChange={(from) => set(at, { from: from.trim() })}
              error={at === 0 && fault ? words[fault] : undefined}
            />
            <TextField
              label={at === 0 ? t`Until` : t`After the break, until`}
              width={5}
              value={slot.until}
              onChange={(until) => set(at, { until: until.trim() })}
            />
          </div>
        ))}
        {slots.length === 1 ? (
          <Button
            variant="link"
            aria-label={t`Add a time after a break: ${name}`}
            onClick={() => onChange([...slots, { from: '', until: '' }])}
          >
            <Trans>Add a time after a break</Trans>
          </Button>
        ) : null}
      </div>
    </fieldset>
  )
}
