import { Plural, Trans } from '@lingui/react/macro'
import { useOffline } from '#client/offline/use-offline.ts'
import type { PriorityBand } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { CaseloadStreet } from '#ui/house/caseload-street.tsx'
import { useDownloadedAt } from './use-downloaded-at.ts'

/** The same count as on the street: a person who is only in hospital is counted under hospital, and not twice. */
export function Lead({
  today,
  mine = today.items.length,
  inSocialCare = 0,
}: Readonly<{
  today: Today
  mine?: number
  /** what waits on the page of social care, and is no line of Today */
  inSocialCare?: number
}>) {
  const people = today.people.length
  const needing = countOf(today, 'today')
  const time = useDownloadedAt()
  const isAway = useOffline((all) => all.isAway)
  if (isAway && time) return <LeadAway needing={needing} time={time} />
  if (people === 0) return <Trans>Nobody is on your caseload yet.</Trans>
  if (needing === 0)
    return (
      <Plural
        value={inSocialCare}
        _0="Nobody needs anything from you right now."
        one="# thing waits for you in social care."
        other="# things wait for you in social care."
      />
    )
  // whoever coordinates little is told of what is theirs
  if (today.items.length > 2 * mine)
    return (
      <Plural
        value={mine}
        _0="Nobody needs anything from you right now."
        one="# thing needs you."
        other="# things need you."
      />
    )
  return (
    <>
      {people === 1 ? (
        <Trans>The one person on your caseload needs something.</Trans>
      ) : (
        <Plural
          value={needing}
          one={`# of your ${people} people needs something.`}
          other={`# of your ${people} people need something.`}
        />
      )}
      {inSocialCare > 0 ? (
        <>
          {' '}
          <Plural
            value={inSocialCare}
            one="# thing waits for you in social care."
            other="# things wait for you in social care."
          />
        </>
      ) : null}
    </>
  )
}

/** What arrived since is not known here, so the page does not say “now”. */
function LeadAway({ needing, time }: { needing: number; time: string }) {
  return (
    <>
      <Trans>As of {time}, for the people you downloaded:</Trans>{' '}
      <Plural
        value={needing}
        _0="nothing is left on that list."
        one="# person needs something."
        other="# people need something."
      />
    </>
  )
}

const countOf = (today: Today, band: PriorityBand) =>
  today.people.filter((person) => person.band === band).length

/** The caseload, one house a person: how many need something today, this week, and later. */
export function TodayStreet({ today }: { today: Today }) {
  const bands = [
    { label: <Trans>today</Trans>, band: 'today', look: 'today' },
    { label: <Trans>this week</Trans>, band: 'week', look: 'week' },
    { label: <Trans>steady</Trans>, band: 'steady', look: 'steady' },
    { label: <Trans>in hospital</Trans>, band: 'in-hospital', look: 'away' },
    { label: <Trans>paused</Trans>, band: 'paused', look: 'away' },
  ] as const
  const there = bands.filter(({ band }) => band === 'today' || countOf(today, band) > 0)
  return (
    <div className="today-street">
      <CaseloadStreet
        groups={there.map(({ label, band, look }) => ({
          ...{ label, look, count: countOf(today, band) },
          to: `/caseload?show=${band}`,
        }))}
      />
    </div>
  )
}
