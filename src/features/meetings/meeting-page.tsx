import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { meetingQuery, type PersonAtMeeting } from '#client/queries/meetings/meetings.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AgendaList } from './agenda-list.tsx'
import { LetterCard } from './letter-card.tsx'
import { PersonTalk } from './person-talk.tsx'
import { TimeLeft } from './talk-clock.tsx'
import './meetings.css'

/** One team meeting: the agenda, the person we talk about, and the letter that grows. On a phone, three pages. */
export function MeetingPage() {
  const { t } = useLingui()
  const { meeting = '' } = useParams()
  const { data } = useSuspenseQuery(meetingQuery(meeting))
  const { people, next } = data
  const [search] = useSearchParams()
  const [pinned, setPinned] = useState('')
  const chosen = chosenIn(people, [search.get('person'), pinned])
  // another screen that moves on moves nobody here: a click must not reach the next person
  if (chosen && chosen.id !== pinned) setPinned(chosen.id)
  const [first] = people
  if (!first || !chosen)
    return (
      <EmptyState title={t`There is nobody on this agenda whom you may see`}>
        <Link to="/meetings">
          <Trans>All meetings</Trans>
        </Link>
      </EmptyState>
    )
  const show = search.get('show') ?? (search.has('person') ? 'person' : 'agenda')
  const running = people.find(({ talk }) => talk.runningSince !== undefined)
  return (
    <div className={`meeting is-showing-${show}`}>
      <PageHeading
        caption={
          <>
            {first.talk.title || <Trans>Team meeting</Trans>} ·{' '}
            <DateText date={first.talk.start} withTime />
          </>
        }
        title={
          <Plural
            value={people.length}
            one={`# person, ${first.talk.minutes} minutes`}
            other={`# people, ${first.talk.minutes} minutes each`}
          />
        }
      />
      <title>{t`Team meeting · Gable`}</title>
      <MeetingParts {...{ show }} person={chosen.id} running={running} />
      <div className="meeting__columns">
        <div className="meeting__agenda">
          <AgendaList people={people} chosen={chosen.id} />
        </div>
        <div className="meeting__person">
          <PersonTalk key={chosen.id} person={chosen} after={nextAfter(people, chosen)} />
        </div>
        <div className="meeting__letter">
          <LetterCard key={chosen.id} person={chosen} next={next} meeting={meeting} />
        </div>
      </div>
    </div>
  )
}

/** The one that was chosen, or was shown before; else the one we talk about now, or the first who waits. */
function chosenIn(
  people: readonly PersonAtMeeting[],
  [asked, pinned]: readonly [string | null, string],
): PersonAtMeeting | undefined {
  return (
    people.find(({ id }) => id === asked) ??
    people.find(({ id }) => id === pinned) ??
    people.find(({ talk }) => talk.state === 'now') ??
    people.find(({ talk }) => talk.state === 'planned') ??
    people[0]
  )
}

const nextAfter = (people: readonly PersonAtMeeting[], { id }: PersonAtMeeting) =>
  people.find((each) => each.id !== id && each.talk.state === 'planned')

type PartsProps = Readonly<{
  show: string
  person: string
  running: PersonAtMeeting | undefined
}>

/** On a phone: the clock on top, and the way to the other two pages. */
function MeetingParts({ show, person, running }: PartsProps) {
  const { t } = useLingui()
  const to = (part: string) => `?${new URLSearchParams({ person, show: part })}`
  return (
    <div className="meeting__parts">
      {running ? (
        <p>
          {running.given} <TimeLeft talk={running.talk} />
        </p>
      ) : null}
      <nav aria-label={t`Parts of the meeting`}>
        <ul>
          <li>
            <Link to={to('agenda')} aria-current={show === 'agenda' ? 'page' : undefined}>
              <Trans>Agenda</Trans>
            </Link>
          </li>
          <li>
            <Link to={to('person')} aria-current={show === 'person' ? 'page' : undefined}>
              <Trans>Person</Trans>
            </Link>
          </li>
          <li>
            <Link to={to('letter')} aria-current={show === 'letter' ? 'page' : undefined}>
              <Trans>Letter</Trans>
            </Link>
          </li>
        </ul>
      </nav>
    </div>
  )
}
