import { Trans, useLingui } from '@lingui/react/macro'
import { type OpenTime, type ServiceHours, weekdays } from '#domain/contact/service-hours.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { weekdayName } from './weekday-name.ts'

type Props = Readonly<{ hours?: ServiceHours | undefined }>

/** When the number for the day is answered, in the same words wherever both numbers stand. */
export function DayHours({ hours }: Props) {
  if (!hours)
    return (
      <Trans>
        The hours of the day number are not recorded. If nobody answers, call the other number.
      </Trans>
    )
  return (
    <>
      <Trans>Day means:</Trans>{' '}
      {differing(hours.times).map((time, place) => (
        <span key={`${time.days.join()}${time.from}${time.until}`}>
          {place > 0 ? '; ' : null}
          <OneTime time={time} />
        </span>
      ))}
      .{' '}
      {hours.times.some(({ allDay, onHolidays }) => allDay || onHolidays) ? null : (
        <Trans>Bank holidays count as night.</Trans>
      )}
    </>
  )
}

/** Two services with the same hours are said once. */
const differing = (times: readonly OpenTime[]) => [
  ...new Map(times.map((time) => [`${time.days.join()}${time.from}${time.until}`, time])).values(),
]

function OneTime({ time: { days, from, until } }: { time: OpenTime }) {
  const { i18n } = useLingui()
  const name = (day: OpenTime['days'][number]) => weekdayName(i18n, day)
  const [first, last] = [days[0], days.at(-1)]
  const isRow =
    first && last && weekdays.indexOf(last) - weekdays.indexOf(first) === days.length - 1
  const [one, other] = [first ? name(first) : '', last ? name(last) : '']
  return (
    <>
      {isRow && days.length > 2 ? (
        <Trans>
          {one} to {other}
        </Trans>
      ) : (
        days.map(name).join(', ')
      )}
      <Comma />
      <bdi>{from}</bdi>–<bdi>{until}</bdi>
    </>
  )
}
