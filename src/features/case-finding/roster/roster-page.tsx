import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useDeferredValue, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { type RosterAsk, rosterQuery } from '#client/queries/monitoring/roster.ts'
import { addDays } from '#domain/calendar/days.ts'
import { peopleAPage, type Roster } from '#domain/roster/roster-parameters.ts'
import { People } from '#features/case-finding/population/count.tsx'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ListsTaken } from './lists-taken.tsx'
import { MonthsPicture } from './months-picture.tsx'
import { MonthsTable } from './months-table.tsx'
import { Quality } from './quality.tsx'
import { RosterPeople } from './roster-people.tsx'

/** Who is on the list of a practice, who was on any day before, and who came and left. */
export function RosterPage() {
  const { t } = useLingui()
  const [query] = useSearchParams()
  // what is shown stays until the next is here
  const asked = useDeferredValue(query.toString())
  return (
    <div className="roster">
      <FindNav />
      <PageHeading
        title={t`Registered list`}
        lead={t`Who is on the list of a practice, who was on any day before, and why people came and left. What happened is kept: a later list does not change it.`}
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <OnDay ask={askOf(asked)} />
      </Suspense>
    </div>
  )
}

function askOf(address: string): RosterAsk {
  const query = new URLSearchParams(address)
  const [organisation, date] = [query.get('practice'), query.get('day')]
  return {
    ...(organisation ? { organisation } : {}),
    ...(date ? { date } : {}),
    from: Number(query.get('from') ?? 0) || 0,
  }
}

function OnDay({ ask }: { ask: RosterAsk }) {
  const { t } = useLingui()
  const { data: roster } = useSuspenseQuery(rosterQuery(ask))
  if (roster.practices.length === 0)
    return (
      <EmptyState title={t`No registered list yet`}>
        <p>
          <Trans>
            Nobody whose record you can see names a practice that is here. Import a list of people
            with the code of their practice.
          </Trans>
        </p>
      </EmptyState>
    )
  return (
    <>
      <Asked roster={roster} />
      <p className="roster__sum" role="status">
        <strong>
          <People of={roster.people} />
        </strong>{' '}
        <Trans>
          on the list of <bdi>{roster.name}</bdi> on <DateText date={roster.date} />
        </Trans>
        {' · '}
        <Trans>
          of these say no to something: <People of={roster.saidNo} />
        </Trans>
      </p>
      {roster.rounded ? (
        <p className="gable-meta">
          <Trans>
            You see numbers only: rounded to the nearest five, and none below five. People who said
            no to planning are in no number.
          </Trans>
        </p>
      ) : null}
      <section className="gable-section" aria-label={t`Month by month`}>
        <h2>
          <Trans>Month by month</Trans>
        </h2>
        <MonthsPicture months={roster.months} />
        <MonthsTable roster={roster} />
      </section>
      {roster.rounded ? null : <Named roster={roster} from={ask.from ?? 0} />}
      <ListsTaken lists={roster.lists} />
      <Quality />
    </>
  )
}

/** Which practice, and which day: both are in the address. */
function Asked({ roster }: { roster: Roster }) {
  const { t } = useLingui()
  const [query, setQuery] = useSearchParams()
  const [typed, setTyped] = useState<string>()
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query)
    next.delete('from')
    if (value) next.set(name, value)
    else next.delete(name)
    setQuery(next)
  }
  return (
    <div className="roster__asked">
      <SelectField
        label={t`Practice`}
        value={roster.organisation}
        onChange={(value) => set('practice', value)}
        options={roster.practices.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <DateField
        label={t`On this day`}
        value={typed ?? roster.date}
        onChange={(value) => {
          const isWhole = /^\d{4}-\d{2}-\d{2}$/.test(value) && value <= clockToday()
          setTyped(isWhole ? undefined : value)
          if (isWhole) set('day', value)
        }}
      />
      <p>
        <Link to={`?${monthBefore(query, roster)}`}>
          <Trans>A month earlier</Trans>
        </Link>
      </p>
    </div>
  )
}

/** The last day of the month before. */
function monthBefore(query: URLSearchParams, { date }: Roster): string {
  const next = new URLSearchParams(query)
  const [year = '', month = ''] = date.split('-')
  next.set('day', addDays(`${year}-${month}-01`, -1))
  next.delete('from')
  return next.toString()
}

function Named({ roster, from }: Readonly<{ roster: Roster; from: number }>) {
  const { t } = useLingui()
  const total = 'count' in roster.people ? roster.people.count : 0
  const [query] = useSearchParams()
  const page = (start: number) => {
    const next = new URLSearchParams(query)
    next.set('from', String(start))
    return `?${next.toString()}`
  }
  return (
    <>
      <RosterPeople title={t`Who left that month`} people={roster.gone} isLeaving />
      <RosterPeople title={t`Who joined that month`} people={roster.came} />
      <RosterPeople title={t`Who was on the list, by name`} people={roster.members} />
      <p className="roster__pages">
        {from > 0 ? (
          <Link to={page(Math.max(0, from - peopleAPage))}>
            <Trans>Previous page</Trans>
          </Link>
        ) : null}{' '}
        {from + peopleAPage < total ? (
          <Link to={page(from + peopleAPage)}>
            <Trans>Next page</Trans>
          </Link>
        ) : null}
      </p>
    </>
  )
}
