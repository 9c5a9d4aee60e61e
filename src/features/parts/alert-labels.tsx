import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { dayHere } from '#client/clock.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { TrendWords } from './alerts/trend-words.tsx'
import { useReadingLabels } from './reading-labels.tsx'

type AlertRun = NonNullable<TodayItem['reading']>
/** An alert to be shown: `written` is the reading as recorded, if it cannot be compared. */
export type ToldAlert = AlertRun & Readonly<{ why: string | undefined; written: string }>

/** What the reading shows: "Weight up 2.4 kg in 3 days, to 84.6 kg". */
export function AlertLabels({ alert }: { alert: ToldAlert }): ReactNode {
  const words = useReadingLabels()
  const name = words.name(alert.kind)
  if (alert.why === 'unit') {
    return (
      <Trans>
        {name} “{alert.written}”: cannot be compared
      </Trans>
    )
  }
  const trend = alert.trends?.at(-1)
  if (alert.why === 'trend' && trend) return <TrendWords found={trend} />
  const last = alert.points.at(-1)
  if (!last) return name
  const value = words.point(alert.kind, last)
  if (alert.why === 'rise') {
    const rise = words.amount(alert.kind, alert.rise ?? 0)
    return (
      <Trans>
        {name} up {rise} in {alert.limit.riseDays ?? 3} days, to {value}
      </Trans>
    )
  }
  return alert.why === 'low' ? (
    <Trans>
      {name} {value}: below the agreed limit
    </Trans>
  ) : (
    <Trans>
      {name} {value}: above the agreed limit
    </Trans>
  )
}

/** What one row includes besides its last reading: how many wait, the furthest outside, and what came after. */
export function AlertRest({ alert, since }: Readonly<{ alert: ToldAlert; since: string }>) {
  const words = useReadingLabels()
  const { kind, alerts = [], worst, latest } = alert
  return (
    <>
      {alerts.length > 1 ? (
        <p className="gable-meta">
          <Plural
            value={alerts.length}
            one="# reading is open, from"
            other="# readings are open, the first"
          />{' '}
          <DateText date={dayHere(since)} />
        </p>
      ) : null}
      {worst ? (
        <p className="gable-meta">
          <Trans>
            Furthest outside: {words.point(kind, worst)}, <DateText date={dayHere(worst.at)} />
          </Trans>
        </p>
      ) : null}
      <AlertTrends alert={alert} />
      {latest ? (
        <p className="gable-meta">
          <Trans>
            Since then: {words.point(kind, latest)}, <DateText date={dayHere(latest.at)} />
          </Trans>
        </p>
      ) : null}
    </>
  )
}

/** What else was found by rules about trends, besides what the row says first. */
function AlertTrends({ alert }: { alert: ToldAlert }) {
  const { trends = [], why } = alert
  const rest = why === 'trend' ? trends.slice(0, -1) : trends
  return rest.map((found) => (
    <p key={`${found.rule} ${found.amount}`} className="gable-meta">
      <TrendWords found={found} />
    </p>
  ))
}

/** The agreed limit: "Agreed limit: not below 88 %, not above 96 %". */
export function LimitWords({ limit }: { limit: ReadingLimit }) {
  const words = useReadingLabels()
  const { low, high, riseOver, riseDays = 3 } = limit
  if ([low, high, riseOver].every((each) => each === undefined))
    return <Trans>No limit has been agreed.</Trans>
  const parts = [
    low === undefined ? null : <Trans key="low">not below {words.limit(limit, 'low')}</Trans>,
    high === undefined ? null : <Trans key="high">not above {words.limit(limit, 'high')}</Trans>,
    riseOver === undefined ? null : (
      <Trans key="rise">
        not up by more than {words.limit(limit, 'riseOver')} in {riseDays} days
      </Trans>
    ),
  ].filter((part) => part !== null)
  return (
    <>
      <Trans>Agreed limit:</Trans> {parts.map((part, place) => [place > 0 ? ', ' : '', part])}
    </>
  )
}
