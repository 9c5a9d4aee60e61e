import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { clockZone, now } from '#client/clock.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { useSession } from '#client/session/session.ts'
import { hourIn } from '#domain/calendar/zone.ts'
import { todayKinds } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { DownloadForOffline } from './download-for-offline.tsx'
import { RulesAsked } from './rules-asked.tsx'
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
  const { data: today } = useSuspenseQuery(todayQuery(actor?.identity ?? ''))
  const caption = i18n.date(now(), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...zone },
  })
  return (
    <>
      <PageHeading
        caption={caption}
        title={<Greeting name={firstName(actor?.name ?? '')} />}
        lead={<Lead today={today} />}
      />
      {today.people.length > 0 ? <TodayStreet today={today} /> : null}
      {today.people.length + today.items.length + rulesIn(today).length > 0 ? (
        <Needs today={today} />
      ) : (
        <NobodyYet />
      )}
    </>
  )
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
  return (
    <div className="gable-columns">
      <div>
        <RulesAsked rules={rulesIn(today)} />
        {today.items.length + rulesIn(today).length === 0 ? <Quiet /> : null}
        {todayKinds.map((kind) => (
          <TodayGroup key={kind} kind={kind} today={today} />
        ))}
      </div>
      <aside>
        <DownloadForOffline today={today} />
        <YourCaseload today={today} />
      </aside>
    </div>
  )
}

function Quiet() {
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

function YourCaseload({ today }: { today: Today }) {
  const isAway = useOffline((all) => all.isAway)
  return (
    <Card
      title={isAway ? <Trans>People you downloaded</Trans> : <Trans>Your caseload</Trans>}
      className="today-caseload"
    >
      <dl>
        <dt>
          <Trans>People</Trans>
        </dt>
        <dd>{today.people.length}</dd>
        <dt>
          <Trans>With a plan</Trans>
        </dt>
        <dd>
          <Trans>
            {today.plans} of {today.people.length}
          </Trans>
        </dd>
        <dt>
          <Trans>Promises overdue</Trans>
        </dt>
        <dd>{today.items.filter((item) => item.kind === 'promise').length}</dd>
        <dt>
          <Trans>Needs nobody can meet yet</Trans>
        </dt>
        <dd>{today.unmet}</dd>
      </dl>
      <LinkButton to="/caseload" variant="link">
        <Trans>See who they are</Trans>
      </LinkButton>
    </Card>
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
