import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { monthWritten } from '#domain/calendar/days.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import { Button } from '#ui/layout/button.tsx'
import type { YearWords } from './use-year-words.ts'
import type { LaneEntry, YearLane } from './year-lane.ts'

type InWordsProps = Readonly<{
  lanes: readonly YearLane[]
  withoutDay: readonly StoryEvent[]
  words: YearWords
}>

type Told = LaneEntry & Readonly<{ lane: string }>

const monthsShown = 3

/** Every mark of the picture in words, by month, the last month first. */
export function YearInWords({ lanes, withoutDay, words }: InWordsProps) {
  const [shown, setShown] = useState(monthsShown)
  const told = lanes
    .flatMap(({ entries, title }) => entries.map((entry): Told => ({ ...entry, lane: title })))
    .toSorted((one, other) => other.day.localeCompare(one.day))
  const months = [...Map.groupBy(told, ({ day }) => monthWritten(day))]
  const left = months.length - shown
  return (
    <section className="year__words" aria-labelledby="year-in-words">
      <h2 id="year-in-words">
        <Trans>The same in words</Trans>
      </h2>
      {told.length === 0 ? (
        <p>
          <Trans>Nothing is recorded in this time.</Trans>
        </p>
      ) : null}
      <div className="year__months">
        {months.map(([month, entries], at) => (
          <Month key={month} month={month} entries={entries} isFolded={at >= shown} />
        ))}
      </div>
      {left > 0 ? (
        <Button variant="outline" onClick={() => setShown(months.length)}>
          <Plural value={left} one="Show # earlier month" other="Show # earlier months" />
        </Button>
      ) : null}
      {withoutDay.length > 0 ? (
        <>
          <h3>
            <Trans>Without a day, so not in the picture</Trans>
          </h3>
          <ul className="gable-list">
            {withoutDay.map((event) => (
              <li key={event.id}>
                <bdi>{event.at}</bdi>: {words.event(event)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

type MonthProps = Readonly<{ month: string; entries: readonly Told[]; isFolded: boolean }>

/** On paper every month is there. */
function Month({ month, entries, isFolded }: MonthProps) {
  const { i18n } = useLingui()
  const name = i18n.date(new Date(`${month}-01T12:00:00Z`), {
    ...{ month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
  return (
    <div className={isFolded ? 'year__month is-folded' : 'year__month'}>
      <h3>{name}</h3>
      <ol>
        {entries.map(({ id, day, text, detail, lane }) => (
          <li key={`${lane}-${id}`}>
            <time dateTime={day}>{Number(day.slice(8, 10))}</time>
            <div>
              {text}
              <p className="gable-meta">{[lane, detail].filter(Boolean).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
