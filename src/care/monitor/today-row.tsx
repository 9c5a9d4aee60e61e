import { Plural, Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { today } from '#data/clock.ts'
import { DateText } from '#design/date-text.tsx'
import { LinkButton } from '#design/link-button.tsx'
import { PersonName } from '#design/person-name.tsx'
import { Sparkline } from '#design/sparkline.tsx'
import { StateMark } from '#design/state-mark.tsx'
import { ageOn } from '#domain/calendar/age.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { TodayPerson } from '#domain/today/wire.ts'
import { BreachWords, LimitWords, useReadingWords } from './reading-words.tsx'

/** One person, why, by when, and the one thing to do. */
export function TodayRow({
  item,
  person,
}: Readonly<{ item: TodayItem; person: TodayPerson | undefined }>) {
  const root = `/people/${item.person}`
  return (
    <li className="today-row">
      <div className="today-row__who">
        <h3>
          <Link to={`${root}/plan`}>
            <PersonName family={person?.family} given={person?.given} />
          </Link>{' '}
          <span className="today-row__age">{ageOn(person?.birthDate, today())}</span>
        </h3>
        <p>
          <Why item={item} />
        </p>
        <Aside item={item} />
      </div>
      <div className="today-row__when">
        <When item={item} />
      </div>
      <Action item={item} root={root} />
    </li>
  )
}

function Why({ item }: { item: TodayItem }) {
  switch (item.kind) {
    case 'safety':
      return <Trans>An answer raised a safety concern</Trans>
    case 'home':
      return item.text ? <Trans>Home after: {item.text}</Trans> : <Trans>Home from hospital</Trans>
    case 'admitted':
      return item.text ? <Trans>In hospital: {item.text}</Trans> : <Trans>In hospital</Trans>
    case 'reading':
      return <BreachWords item={item} />
    case 'promise':
      return item.text
    case 'review':
      return <Trans>The plan is to be looked at together</Trans>
    case 'silent':
      return (
        <Plural
          value={daysBetween(item.due, today())}
          one="# day without a word"
          other="# days without a word"
        />
      )
  }
}

function Aside({ item }: { item: TodayItem }) {
  if (item.owner)
    return (
      <p className="gable-meta">
        <Trans>Promised by {item.owner.name}</Trans>
      </p>
    )
  if (item.reading)
    return (
      <p className="gable-meta">
        <LimitWords limit={item.reading.limit} />
      </p>
    )
  if (item.kind !== 'silent') return null
  return (
    <p className="gable-meta">
      <Trans>
        Last heard from on <DateText date={item.due.slice(0, 10)} />
      </Trans>
    </p>
  )
}

function When({ item }: { item: TodayItem }) {
  if (item.kind === 'reading') return <ReadingRun item={item} />
  if (item.kind === 'safety')
    return (
      <StateMark state="failed">
        <Trans>Act now</Trans>
      </StateMark>
    )
  if (item.detail === 'did-not-happen')
    return (
      <StateMark state="failed">
        <Trans>Did not happen</Trans>
      </StateMark>
    )
  if (item.kind === 'silent')
    return (
      <StateMark state="missing">
        <Trans>No contact</Trans>
      </StateMark>
    )
  return (
    <StateMark state="due">
      <Due item={item} />
    </StateMark>
  )
}

function Due({ item }: { item: TodayItem }) {
  const late = daysBetween(item.due, today())
  if (item.kind === 'home')
    return (
      <Trans>
        By <DateText date={item.due} withTime />
      </Trans>
    )
  if (item.kind === 'admitted')
    return (
      <Trans>
        Since <DateText date={item.due} withTime />
      </Trans>
    )
  if (late === 0) return <Trans>Due today</Trans>
  return <Plural value={late} one="# day late" other="# days late" />
}

function ReadingRun({ item }: { item: TodayItem }) {
  const words = useReadingWords()
  const { reading } = item
  if (!reading) return null
  return (
    <Sparkline
      points={reading.points}
      limitLow={reading.limit.low}
      limitHigh={reading.limit.high}
      label={words.run(reading.kind, reading.points)}
    />
  )
}

function Action({ item, root }: { item: TodayItem; root: string }) {
  switch (item.kind) {
    case 'safety':
      return (
        <LinkButton to={`${root}/assessments`}>
          <Trans>Open</Trans>
        </LinkButton>
      )
    case 'home':
      return (
        <LinkButton to={`${root}/review`}>
          <Trans>Ring now</Trans>
        </LinkButton>
      )
    case 'admitted':
      return (
        <LinkButton to={`${root}/story`} variant="outline">
          <Trans>Open the story</Trans>
        </LinkButton>
      )
    case 'reading':
      return (
        <LinkButton to={`${root}/readings?kind=${item.reading?.kind ?? ''}`} variant="outline">
          <Trans>Open</Trans>
        </LinkButton>
      )
    case 'promise':
      return (
        <LinkButton to={`${root}/tasks`} variant="outline">
          <Trans>Sort it out</Trans>
        </LinkButton>
      )
    case 'review':
      return (
        <LinkButton to={`${root}/review`} variant="outline">
          <Trans>Prepare</Trans>
        </LinkButton>
      )
    case 'silent':
      return (
        <LinkButton to={`${root}/review`} variant="outline">
          <Trans>Get in touch</Trans>
        </LinkButton>
      )
  }
}
