import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { hoursOf, type Office, saveOfficeHours } from '#client/queries/admin/office-hours.ts'
import { slotFault } from '#domain/contact/office-hours.ts'
import { weekdays } from '#domain/contact/service-hours.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { ClosedDaysFields, hasFault } from './closed-days-fields.tsx'
import { TimesOfDay } from './times-of-day.tsx'

/** The week of one telephone, bank holidays, and days on which nobody answers. */
export function HoursForm({ office, onDone }: Readonly<{ office: Office; onDone: () => void }>) {
  const { t } = useLingui()
  const [typed, setTyped, clear] = useDraft(`hours:${office.id}`, hoursOf(office))
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { isAlways, week, onHolidays, closed } = typed
  const isWeekRight = isAlways || weekdays.every((day) => !slotFault(week[day]))
  const isRight = isWeekRight && !closed.some((each) => hasFault(each) || isUnfinished(each.until))
  const save = async () => {
    setTried(true)
    if (!isRight || !(await saving.run(() => saveOfficeHours(office, typed)))) return
    clear()
    onDone()
  }
  return (
    <div className="hours-form">
      <Radios
        legend={t`When does the team work, and answer its telephone?`}
        hint={t`Messages and alerts are to be answered within these hours. The pages of people and carers say them.`}
        name={`always-${office.id}`}
        value={isAlways ? 'always' : 'week'}
        onChange={(value) => setTyped({ ...typed, isAlways: value === 'always' })}
        options={[
          { value: 'week', label: t`At the times below` },
          { value: 'always', label: t`Day and night, every day` },
        ]}
      />
      {isAlways ? null : (
        <>
          <p className="nhsuk-hint">
            <Trans>
              Write times as hours and minutes: 08:00, 18:30. Leave a day empty if nobody answers.
              24:00 is the end of the day.
            </Trans>
          </p>
          {weekdays.map((day) => (
            <TimesOfDay
              key={day}
              {...{ day, tried }}
              slots={week[day]}
              onChange={(slots) => setTyped({ ...typed, week: { ...week, [day]: slots } })}
            />
          ))}
          <Radios
            legend={t`And on bank holidays?`}
            name={`holidays-${office.id}`}
            value={onHolidays ? 'open' : 'closed'}
            onChange={(value) => setTyped({ ...typed, onHolidays: value === 'open' })}
            options={[
              { value: 'closed', label: t`Nobody answers` },
              { value: 'open', label: t`The same times as on other days` },
            ]}
          />
        </>
      )}
      <ClosedDaysFields
        {...{ closed, tried }}
        onChange={(days) => setTyped({ ...typed, closed: days })}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Save the hours</Trans>}
      />
    </div>
  )
}
