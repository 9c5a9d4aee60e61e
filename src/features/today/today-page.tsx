import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { clockZone, now } from '#client/clock.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { markTodaySeen, todayQuery } from '#client/queries/monitoring/today.ts'
import { useSession } from '#client/session/session.ts'
import { hourIn } from '#domain/calendar/zone.ts'
import { isForReader } from '#domain/today/asked-items.ts'
import { todayKinds } from '#domain/today/today.ts'
import type { Today, TodayMeeting } from '#domain/today/today-parameters.ts'
import { CoverLines } from '#features/parts/cover/cover-lines.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { DownloadForOffline } from './download-for-offline.tsx'
import { DueWaits } from './due-waits.tsx'
import { RulesAsked } from './rules-asked.tsx'
import { SocialCareWaits, useSocialCareWaiting } from './social-care-waits.tsx'
import { TodayGroup } from './today-group.tsx'
import { Lead, TodayStreet } from './today-street.tsx'

/** What needs the user now: the first page of the day. */
export function TodayPage() {
  const { t } = useLingui()
  return (
    <div className="today">
      <title>{t`Today · Gable`}</title>
      <Suspense fallback={<Skeleton lines={12} />}>
        <TodayBody />
      </Suspense>
    </div>
  )
}

function TodayBody() {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const actor = useSession((session) => session.actor)
  const { data } = useSuspenseQuery(todayQuery(actor?.identity ?? ''))
  const today = useSinceLastLooked(data)
  const reader = { practitioner: actor?.practitioner, role: actor?.role }
  const inSocialCare = useSocialCareWaiting()
  const mine =
    today.items.filter((item) => isForReader(item, reader)).length +
    rulesIn(today).length +
    inSocialCare.count
  const caption = i18n.date(now(), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...zone },
  })
  return (
    <>
      <div className="today-top">
        <PageHeading
          caption={caption}
          title={<Greeting name={firstName(actor?.name ?? '')} />}
          lead={<Lead {...{ today, mine, inSocialCare: inSocialCare.count }} />}
        />
        {today.people.length > 0 ? <TodayStreet today={today} /> : null}
      </div>
      {today.people.length + today.items.length + rulesIn(today).length + inSocialCare.count > 0 ? (
        <Needs today={today} />
      ) : (
        <NobodyYet />
      )}
    </>
  )
}

/** What is new stays marked as new for as long as the page is open; from the next visit on it has been seen. */
function useSinceLastLooked(today: Today): Today {
  const isAway = useOffline((all) => all.isAway)
  const [lookedAt] = useState(today.lookedAt)
  useEffect(() => {
    // without a network, or for nobody’s list, there is nothing to note
    if (!isAway) void markTodaySeen().catch(() => undefined)
  }, [isAway])
  const { lookedAt: _now, ...rest } = today
  return { ...rest, ...(lookedAt ? { lookedAt } : {}) }
}

const rulesIn = ({ rules = [] }: Today) => rules

const titles = ['Dr', 'Mr', 'Mrs', 'Ms', 'Miss', 'Prof']
const firstName = (name: string) =>
  name.split(' ').find((each) => !titles.includes(each.replace('.', ''))) ?? ''

function Greeting({ name }: { name: string }) {
  const hour = hourIn(clockZone(), now())
  if (hour < 12) return <Trans>Good morning, {name}</Trans>
  if (hour < 18) return <Trans>Good afternoon, {name}</Trans>
  return <Trans>Good evening, {name}</Trans>
}

function Needs({ today }: { today: Today }) {
  const actor = useSession((session) => session.actor)
  const reader = { practitioner: actor?.practitioner, role: actor?.role }
  const mine = today.items.filter((item) => isForReader(item, reader))
  const others = today.items.filter((item) => !isForReader(item, reader))
  const inSocialCare = useSocialCareWaiting()
  const count = mine.length + rulesIn(today).length + inSocialCare.count
  return (
    <>
      <div className="today-list">
        <RulesAsked rules={rulesIn(today)} />
        <SocialCareWaits waiting={inSocialCare} />
        {todayKinds.map((kind) => (
          <TodayGroup key={kind} kind={kind} today={{ ...today, items: mine }} all={count} />
        ))}
        <YourMeetings meetings={today.meetings ?? []} />
      </div>
      {count === 0 ? <Quiet others={others.length} /> : null}
      <MoreElsewhere count={today.elsewhere ?? 0} />
      <div className="today-end">
        {others.length > 0 ? <OthersDo today={{ ...today, items: others }} /> : null}
        <YourCaseload today={today} />
      </div>
      <DueWaits />
      <CoverLines />
      <DownloadForOffline today={today} />
    </>
  )
}

/** Who reads the list knows that it does not say everything. */
function MoreElsewhere({ count }: Readonly<{ count: number }>) {
  if (count === 0) return null
  return (
    <p className="gable-meta">
      <Plural
        value={count}
        one="# more request about somebody who is not on your caseload is not in this list. It comes up when others are done."
        other="# more requests about people who are not on your caseload are not in this list. They come up when others are done."
      />
    </p>
  )
}

/** Nothing is hidden: what colleagues look after is one press away. */
function OthersDo({ today }: { today: Today }) {
  return (
    <details className="today-others">
      <summary>
        <Plural
          value={today.items.length}
          one="# thing that a colleague looks after"
          other="# things that colleagues look after"
        />
      </summary>
      {todayKinds.map((kind) => (
        <TodayGroup key={kind} kind={kind} today={today} all={today.items.length} isOthers />
      ))}
    </details>
  )
}

function YourMeetings({ meetings }: Readonly<{ meetings: readonly TodayMeeting[] }>) {
  if (meetings.length === 0) return null
  return (
    <section className="today-group" aria-labelledby="today-meetings">
      <div className="today-group__head">
        <h2 id="today-meetings">
          <Trans>Your meetings</Trans>
        </h2>
      </div>
      <ul className="today-meetings today-group__rows">
        {meetings.map(({ id, title, start, people }) => (
          <li key={id}>
            <Link to={`/meetings/${id}`}>{title || <Trans>Team meeting</Trans>}</Link>{' '}
            <span className="gable-meta">
              <DateText date={start} withTime /> ·{' '}
              <Plural value={people} one="# person" other="# people" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Quiet({ others }: Readonly<{ others: number }>) {
  if (others > 0)
    return (
      <EmptyState title={<Trans>Nobody needs anything from you</Trans>}>
        <p>
          <Trans>What colleagues look after is below.</Trans>
        </p>
      </EmptyState>
    )
  return <QuietForAll />
}

function QuietForAll() {
  if (useOffline((all) => all.isAway))
    return (
      <EmptyState title={<Trans>Nothing left on your list</Trans>}>
        <p>
          <Trans>You will see anything new since your download when you are connected again.</Trans>
        </p>
      </EmptyState>
    )
  return (
    <EmptyState title={<Trans>Nothing to do</Trans>}>
      <p>
        <Trans>
          No promises are overdue, no reviews are due, and all readings are within the agreed
          limits.
        </Trans>
      </p>
    </EmptyState>
  )
}

/** One line: what the list above does not say. */
function YourCaseload({ today }: { today: Today }) {
  const isAway = useOffline((all) => all.isAway)
  const { plans, unmet, people } = today
  return (
    <p className="today-caseload">
      {isAway ? <Trans>People you downloaded</Trans> : <Trans>Your caseload</Trans>}:{' '}
      <Plural value={people.length} one="# person" other="# people" />,{' '}
      <Trans>
        {plans} of {people.length} with a plan
      </Trans>
      ,{' '}
      <Plural value={unmet} one="# need nobody can meet yet" other="# needs nobody can meet yet" />.{' '}
      <Link to="/caseload">
        <Trans>See who they are</Trans>
      </Link>
    </p>
  )
}

function NobodyYet() {
  return (
    <EmptyState title={<Trans>Nobody on your caseload</Trans>}>
      <p>
        <Trans>
          When you take someone on, or join a team, what they need from you is listed here.
        </Trans>
      </p>
      <LinkButton to="/find">
        <Trans>Find people</Trans>
      </LinkButton>
    </EmptyState>
  )
}
