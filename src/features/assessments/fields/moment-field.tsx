import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockZone } from '#client/clock.ts'
import { isMoment, timeWritten } from '#domain/assessment/shape/moments.ts'
import { dayOf, hourMinutesIn, instantIn, momentAt } from '#domain/calendar/zone.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { QuestionFieldProps } from './question-field-props.ts'

type Props = QuestionFieldProps & Readonly<{ label: string }>

/** A day, and a time if it is known: by the clock of the service. */
export function MomentField({ question, given, error, fieldId, label, onAnswer }: Props) {
  const { t } = useLingui()
  const zone = clockZone()
  const said = typeof given[0] === 'string' ? given[0] : ''
  const [typedTime, setTypedTime] = useState<string | undefined>()
  const [day = '', time = ''] = partsOf(said, zone)
  const say = (nextDay: string, nextTime: string) => {
    const next = momentOf(nextDay, nextTime, zone)
    onAnswer(next === '' ? [] : [next])
  }
  const shownTime = typedTime ?? time
  return (
    <>
      <DateField
        {...{ label, id: fieldId, value: day }}
        {...(question.help ? { hint: question.help } : {})}
        {...(error ? { error } : {})}
        onChange={(next) => say(next, shownTime)}
      />
      <TextField
        {...{ label: t`Time, if you know it`, name: `${fieldId}-time`, width: 5 }}
        hint={t`For example, 14:30`}
        value={shownTime}
        onChange={(next) => {
          setTypedTime(next)
          say(day, next)
        }}
      />
    </>
  )
}

/** An unfinished day or time stays as text with a space between, so that it is shown and reported. */
function momentOf(day: string, time: string, zone: string): string {
  if (time.trim() === '') return day
  const written = timeWritten(time)
  if (!written || !/^\d{4}-\d{2}-\d{2}$/.test(day) || !isMoment(day)) return `${day} ${time}`
  return instantIn(zone, momentAt(Date.parse(`${day}T${written}Z`), zone))
}

function partsOf(said: string, zone: string): readonly string[] {
  if (!isMoment(said) || !said.includes('T')) return said.split(' ')
  return [dayOf(said, zone), hourMinutesIn(zone, new Date(said))]
}
