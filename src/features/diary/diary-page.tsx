import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { clockToday, clockZone } from '#client/clock.ts'
import { diaryQuery } from '#client/queries/diary/diary.ts'
import { useSession } from '#client/session/session.ts'
import { addDays, isWholeDay } from '#domain/calendar/days.ts'
import { dayOf, hourMinutesIn } from '#domain/calendar/zone.ts'
import { type DiaryVisit, doubleBooked, inTravelOrder } from '#domain/diary/diary-visit.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { NewVisitForm } from './new-visit-form.tsx'
import { ToTell } from './to-tell.tsx'
import { VisitCard } from './visit-card.tsx'
import './diary.css'

/** One’s own visits and calls: a day or a week, in the order of travel. */
export function DiaryPage() {
  const { t } = useLingui()
  const [search] = useSearchParams()
  const me = useSession(({ actor }) => actor?.practitioner ?? '')
  const asked = search.get('day') ?? ''
  const day = isWholeDay(asked) ? asked : clockToday()
  const days = search.get('view') === 'week' ? 7 : 1
  const { data: visits } = useSuspenseQuery(diaryQuery(me, day, days))
  const [making, setMaking] = useState(false)
  return (
    <div className="diary">
      <PageHeading
        title={t`Diary`}
        lead={t`Your visits and calls, in the order in which you go. No map and no travel times: you know the way.`}
      />
      <DiaryNav day={day} days={days} />
      <ToTell me={me} />
      <DoubleBooked visits={visits} />
      {visits.length === 0 ? <EmptyDays day={day} days={days} /> : null}
      {Array.from({ length: days }, (_, place) => addDays(day, place)).map((each) => (
        <DiaryDay
          key={each}
          day={each}
          visits={visits.filter(({ start }) => dayOf(start, clockZone()) === each)}
        />
      ))}
      {making ? (
        <NewVisitForm day={day} onDone={() => setMaking(false)} />
      ) : (
        <Button onClick={() => setMaking(true)}>
          <Trans>Plan a visit or a call</Trans>
        </Button>
      )}
    </div>
  )
}

function EmptyDays({ day, days }: Readonly<{ day: string; days: number }>) {
  const last = addDays(day, days - 1)
  return (
    <section className="gable-section" aria-labelledby="diary-empty">
      <h2 id="diary-empty">
        {days === 7 ? (
          <Trans>
            <DateText date={day} /> to <DateText date={last} />
          </Trans>
        ) : (
          <DateText date={day} />
        )}
      </h2>
      <EmptyState
        title={
          days === 7 ? (
            <Trans>Nothing in these seven days</Trans>
          ) : (
            <Trans>Nothing on this day</Trans>
          )
        }
      />
    </section>
  )
}

function DiaryNav({ day, days }: Readonly<{ day: string; days: number }>) {
  const { t } = useLingui()
  const view = days === 7 ? '&view=week' : ''
  return (
    <nav className="diary-nav" aria-label={t`Days`}>
      <Link to={`/diary?day=${addDays(day, -days)}${view}`}>
        {days === 7 ? <Trans>Seven days before</Trans> : <Trans>Day before</Trans>}
      </Link>
      <Link to={`/diary?day=${clockToday()}${view}`}>
        <Trans>Today</Trans>
      </Link>
      <Link to={`/diary?day=${addDays(day, days)}${view}`}>
        {days === 7 ? <Trans>Next seven days</Trans> : <Trans>Next day</Trans>}
      </Link>
      {days === 7 ? (
        <Link to={`/diary?day=${day}`}>
          <Trans>One day</Trans>
        </Link>
      ) : (
        <Link to={`/diary?day=${day}&view=week`}>
          <Trans>Seven days</Trans>
        </Link>
      )}
    </nav>
  )
}

/** It is said, and nobody is held back: two people may be seen at one place. */
function DoubleBooked({ visits }: Readonly<{ visits: readonly DiaryVisit[] }>) {
  const pairs = doubleBooked(visits)
  if (pairs.length === 0) return null
  const time = ({ start }: DiaryVisit) => hourMinutesIn(clockZone(), Date.parse(start))
  return (
    <Notice
      tone="warning"
      title={
        <Plural
          value={pairs.length}
          one="Two visits are at the same time"
          other="# pairs of visits are at the same time"
        />
      }
    >
      <ul>
        {pairs.map(([one, other]) => (
          <li key={`${one.id} ${other.id}`}>
            <DateText date={dayOf(one.start, clockZone())} />: {time(one)} {one.personName},{' '}
            {time(other)} {other.personName}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function DiaryDay({ day, visits }: Readonly<{ day: string; visits: readonly DiaryVisit[] }>) {
  if (visits.length === 0) return null
  const ordered = inTravelOrder(visits)
  return (
    <section className="gable-section" aria-labelledby={`diary-${day}`}>
      <h2 id={`diary-${day}`}>
        <DateText date={day} />
      </h2>
      <ol className="diary-day">
        {ordered.map((visit, place) => (
          <VisitCard key={visit.id} visit={visit} day={ordered} place={place} />
        ))}
      </ol>
    </section>
  )
}
