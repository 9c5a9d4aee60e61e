import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday, dayHere } from '#client/clock.ts'
import { closeSafety, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { isNewSince } from '#domain/today/asked-items.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { TodayPerson } from '#domain/today/today-parameters.ts'
import { CoverMark } from '#features/parts/cover/cover-mark.tsx'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { TodayDue } from '#features/parts/today-due.tsx'
import { Aside, TodayReason } from '#features/parts/today-reason.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { TodayWhose } from './today-whose.tsx'

/** One person, why, by when, and the one thing to do. */
export function TodayRow({
  item,
  person,
  lookedAt,
}: Readonly<{
  item: TodayItem
  person: Omit<TodayPerson, 'band'> | undefined
  lookedAt?: string | undefined
}>) {
  const root = `/people/${item.person}`
  return (
    <li className="today-row">
      <div className="today-row__who">
        <h3>
          <Link to={`${root}/plan`}>
            <PersonName family={person?.family} given={person?.given} />
          </Link>{' '}
          <AfterName item={item} birthDate={person?.birthDate} />
          {isNewSince(item, lookedAt) ? <NewToYou /> : null}
        </h3>
        <p>
          <TodayReason item={item} />
        </p>
        <Aside item={item} />
        <TodayWhose item={item} />
        <CoverMark {...item.coverFor} />
      </div>
      <div className="today-row__when">
        <TodayDue item={item} />
      </div>
      <Action item={item} root={root} />
    </li>
  )
}

/** It was not there when the reader last looked. */
const NewToYou = () => (
  <span className="today-new">
    <StateMark state="new">
      <Trans>new to you</Trans>
    </StateMark>
  </span>
)

function AfterName({ item, birthDate }: { item: TodayItem; birthDate: string | undefined }) {
  if (item.kind === 'died') return null
  if (item.kind !== 'prepared')
    return <span className="today-row__age">{ageOn(birthDate, clockToday())}</span>
  return item.owner?.reference.startsWith('RelatedPerson/') ? (
    <Trans>
      {item.owner.name}, a carer, has prepared for <DateText date={item.due} />
    </Trans>
  ) : (
    <Trans>
      has prepared for <DateText date={item.due} />
    </Trans>
  )
}

function Action({ item, root }: { item: TodayItem; root: string }) {
  switch (item.kind) {
    case 'emergency':
      return <CloseEmergency item={item} />
    case 'safety':
      return (
        <LinkButton to={`${root}/assessments`}>
          <Trans>Open</Trans>
        </LinkButton>
      )
    case 'colour':
      return (
        <LinkButton to={`${root}/plan/roof`}>
          <Trans>See what the plan says</Trans>
        </LinkButton>
      )
    case 'carer-ill':
      return (
        <LinkButton to={`${root}/plan/roof`}>
          <Trans>See what was set off</Trans>
        </LinkButton>
      )
    case 'died':
      return (
        <LinkButton to={`${root}/review`} variant="outline">
          <Trans>Close the case</Trans>
        </LinkButton>
      )
    case 'home':
      return (
        <LinkButton to={`${root}/home-from-hospital`}>
          {item.detail === 'visit' ? <Trans>Open</Trans> : <Trans>Call now</Trans>}
        </LinkButton>
      )
    case 'admitted':
      return (
        <LinkButton to={`${root}/home-from-hospital`} variant="outline">
          <Trans>Tell the ward</Trans>
        </LinkButton>
      )
    case 'reading':
      return (
        <LinkButton to={`${root}/readings?kind=${item.reading?.kind ?? ''}`} variant="outline">
          <Trans>Open</Trans>
        </LinkButton>
      )
    case 'disagreed':
      return (
        <LinkButton to={`${root}/plan`} variant="outline">
          <Trans>Change it together</Trans>
        </LinkButton>
      )
    case 'promise':
      return (
        <LinkButton to={promisePage(item, root)} variant="outline">
          <Trans>Sort it out</Trans>
        </LinkButton>
      )
    case 'task':
      return (
        <LinkButton to={`${root}/tasks`} variant="outline">
          <Trans>Answer it</Trans>
        </LinkButton>
      )
    case 'referral':
      return (
        <LinkButton to={`${root}/tasks`} variant="outline">
          <Trans>See the referral</Trans>
        </LinkButton>
      )
    case 'medicine':
      return (
        <LinkButton to={`${root}/home-from-hospital`} variant="outline">
          <Trans>Look at them</Trans>
        </LinkButton>
      )
    case 'tell':
      return (
        <LinkButton to={`/diary?day=${dayHere(item.due)}`}>
          <Trans>Call them</Trans>
        </LinkButton>
      )
    case 'letter':
      return (
        <LinkButton to={letterPage(item)} variant="outline">
          <Trans>Read the letter</Trans>
        </LinkButton>
      )
    case 'suggestion':
      return (
        <LinkButton to={`${root}/plan`} variant="outline">
          <Trans>Decide</Trans>
        </LinkButton>
      )
    case 'hand-over':
      return (
        <LinkButton to={`${root}/hand-over`}>
          <Trans>Answer</Trans>
        </LinkButton>
      )
    case 'access':
      return (
        <LinkButton to={`${root}/sharing`} variant="outline">
          <Trans>Open</Trans>
        </LinkButton>
      )
    case 'review':
      return (
        <LinkButton to={`${root}/review`} variant="outline">
          <Trans>Prepare</Trans>
        </LinkButton>
      )
    case 'prepared':
      return (
        <LinkButton to={`${root}/review`} variant="outline">
          <Trans>Read it</Trans>
        </LinkButton>
      )
    case 'message':
      return (
        <LinkButton to={`${root}/messages`}>
          <Trans>Read it</Trans>
        </LinkButton>
      )
    case 'silent':
      return (
        <LinkButton to={`${root}/review?call`} variant="outline">
          <Trans>Get in touch</Trans>
        </LinkButton>
      )
  }
}

/** What did not happen is answered beside the step itself, where the person’s words are; what is late, in the list. */
function promisePage({ detail, reference, goal }: TodayItem, root: string): string {
  if (detail !== 'did-not-happen') return `${root}/tasks`
  const page = goal ? `goals/${goal}` : 'conversation'
  return `${root}/plan/${page}#action-${reference.slice('Task/'.length)}`
}

const letterPage = ({ detail, person }: TodayItem) =>
  `/meetings/${detail}?${new URLSearchParams({ person, show: 'letter' })}`

/** Somebody has checked an emergency opening and says what they found. While it is open, this ends it, too. */
function CloseEmergency({ item }: { item: TodayItem }) {
  const id = item.reference.slice('Flag/'.length)
  return (
    <ReasonButton
      draft={`close-${id}`}
      verb={<Trans>Close it</Trans>}
      title={<Trans>Have you looked into this?</Trans>}
      label={<Trans>What you found out, and who agrees</Trans>}
      run={(words) => closeSafety(id, item.person, words)}
      done={() => toast(<Trans>Closed. Your reason is saved.</Trans>, () => reopenFlags([id]))}
    >
      <p>
        <Trans>If they still have access to the record, closing this ends it straight away.</Trans>
      </p>
    </ReasonButton>
  )
}
