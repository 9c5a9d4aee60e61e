import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { clockZone, nowHere } from '#client/clock.ts'
import type { Contact } from '#domain/contact/contact.ts'
import {
  type FollowUpDue,
  type FollowUpTry,
  followUpDue,
  followUpStand,
  type VisitStand,
} from '#domain/discharge/follow-up.ts'
import { type FollowUpChoice, followUpRules } from '#domain/discharge/follow-up-rule.ts'
import { contactsAfter, triesAfter } from '#domain/discharge/stay-thread.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { ByMoment } from '#features/parts/by-moment.tsx'
import { ruleLabels } from '#features/parts/follow-up/rule-labels.ts'
import { WhoToCall } from '#features/parts/who-to-call.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CallForm } from './call-form.tsx'
import { DoneCall } from './done-call.tsx'

type CallProps = Readonly<{
  stay: WardStay & Readonly<{ until: string }>
  contacts: readonly Contact[]
  visits: readonly FollowUpTry[]
  /** when the next stay began */
  next: string | undefined
  choice: FollowUpChoice
  coordinator: string
  givenName: string
}>

/** The call after a stay: by when, by whom, what was tried, what to say, and what was answered. */
export function CallCard(props: CallProps) {
  const { stay, contacts, visits, next, choice, coordinator, givenName } = props
  const discharge = { choice, home: stay.until, zone: clockZone() }
  const due = followUpDue(discharge)
  const done = contactsAfter(contacts, stay)
  const tries = triesAfter(stay.id, { contacts, visits, until: next }, discharge.zone)
  const stand = followUpStand({ ...discharge, tries, now: nowHere() })
  const isReached = stand.contact === 'reached' || stand.contact === 'reached-late'
  return (
    <section className="gable-card" aria-labelledby="stay-call">
      <h2 id="stay-call">
        {isReached ? (
          <Trans>The call</Trans>
        ) : (
          <Trans>
            Call {givenName} before <ByMoment at={due.contactBy} />
          </Trans>
        )}
      </h2>
      <RuleLine choice={choice} coordinator={coordinator} />
      <CallState stand={stand.contact} tries={stand.tries} />
      {isReached ? null : <Closed due={due} />}
      <UnknownYear due={due} />
      <VisitLine due={due} stand={stand.visit} />
      {done.map((contact) => (
        <DoneCall key={contact.id} contact={contact} />
      ))}
      {isReached ? null : <WhoToCall person={stay.person} givenName={givenName} />}
      <CallForm stay={stay} isFirst={!isReached} />
    </section>
  )
}

/** Which rule says so, from where, and who is to do it. */
function RuleLine({ choice, coordinator }: Pick<CallProps, 'choice' | 'coordinator'>) {
  const { i18n } = useLingui()
  return (
    <p className="gable-meta">
      <Trans>
        Rule {choice.rule}: {i18n._(ruleLabels[choice.rule])}.
      </Trans>{' '}
      {followUpRules[choice.rule].source}.{' '}
      {coordinator ? <Trans>{coordinator} does this.</Trans> : <Trans>Nobody yet: take it.</Trans>}
    </p>
  )
}

function UnknownYear({ due: { unknownYear } }: { due: FollowUpDue }) {
  if (!unknownYear) return null
  return (
    <Notice tone="info" title={<Trans>Check the day yourself</Trans>}>
      <p>
        <Trans>The holidays of {String(unknownYear)} are not in our table yet.</Trans>
      </p>
    </Notice>
  )
}

function VisitLine({ due: { visitOn }, stand }: Readonly<{ due: FollowUpDue; stand: VisitStand }>) {
  if (!visitOn) return null
  const mark = { late: 'failed', 'to-visit': 'due', none: 'due' } as const
  return (
    <p>
      <StateMark state={stand === 'done' || stand === 'done-late' ? 'agreed' : mark[stand]}>
        <Trans>
          Visit by <DateText date={visitOn} />
        </Trans>
      </StateMark>
    </p>
  )
}

function CallState({ stand, tries }: Readonly<{ stand: string; tries: number }>) {
  if (stand === 'attempted')
    return (
      <StateMark state="due">
        <Plural
          value={tries}
          one="# try in time is written down. Go on calling"
          other="# tries in time are written down, which meets the rule. Go on calling"
        />
      </StateMark>
    )
  if (stand === 'late')
    return (
      <StateMark state="failed">
        <Trans>The time is over. Call now</Trans>
      </StateMark>
    )
  if (stand === 'reached-late')
    return (
      <StateMark state="due">
        <Trans>Reached, after the time</Trans>
      </StateMark>
    )
  if (stand === 'reached')
    return (
      <StateMark state="agreed">
        <Trans>Reached in time</Trans>
      </StateMark>
    )
  if (tries < 2) return null
  return (
    <StateMark state="due">
      <Trans>Nobody answered twice. Ring the one who cares for them, or visit</Trans>
    </StateMark>
  )
}

/** A weekend or holiday until the time is over: somebody has to call before it, or be asked to. */
function Closed({ due: { closedUntil } }: { due: FollowUpDue }) {
  if (!closedUntil) return null
  return (
    <Notice
      tone="info"
      title={
        <Trans>
          The next working day is <DateText date={closedUntil} />
        </Trans>
      }
    >
      <p>
        <Trans>
          The time runs out before that. Call before you go home, or ask who works to call.
        </Trans>
      </p>
    </Notice>
  )
}
