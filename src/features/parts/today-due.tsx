import { Plural, Trans } from '@lingui/react/macro'
import { clockToday, dayHere, now } from '#client/clock.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { Sparkline } from '#ui/charts/sparkline.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ByMoment } from './by-moment.tsx'
import { useReadingLabels } from './reading-labels.tsx'
import { RelativeTime } from './relative-time.tsx'

/** By when, or how bad. */
export function TodayDue({ item }: { item: TodayItem }) {
  if (item.kind === 'reading') return <ReadingRun item={item} />
  if (item.kind === 'safety' || item.kind === 'emergency')
    return (
      <StateMark state="failed">
        <Trans>Act now</Trans>
      </StateMark>
    )
  if (['disagreed', 'colour', 'carer-ill', 'suggestion'].includes(item.kind))
    return <SaidAt item={item} />
  if (item.kind === 'tell') return <VisitAt item={item} />
  if (item.kind === 'hand-over')
    return (
      <StateMark state="due">
        <Trans>
          From <DateText date={item.due} />
        </Trans>
      </StateMark>
    )
  if (item.detail === 'did-not-happen')
    return (
      <StateMark state="failed">
        <Trans>Did not happen</Trans>
      </StateMark>
    )
  if (item.kind === 'died')
    return (
      <StateMark state="missing">
        <Trans>Case still open</Trans>
      </StateMark>
    )
  if (item.kind === 'silent')
    return (
      <StateMark state="missing">
        <Trans>No contact</Trans>
      </StateMark>
    )
  return item.kind === 'prepared' ? <ToRead /> : <DueMark item={item} />
}

/** When the person may be waiting at the door. */
const VisitAt = ({ item }: { item: TodayItem }) => (
  <StateMark state={Date.parse(item.due) < now().getTime() ? 'failed' : 'due'}>
    <DateText date={item.due} withTime />
  </StateMark>
)

const ToRead = () => (
  <StateMark state="new">
    <Trans>To read</Trans>
  </StateMark>
)

function DueMark({ item }: { item: TodayItem }) {
  return (
    <StateMark state={isPast(item) ? 'failed' : 'due'}>
      <Due item={item} />
    </StateMark>
  )
}

/** When somebody said it. */
function SaidAt({ item }: { item: TodayItem }) {
  return (
    <StateMark state={item.detail?.endsWith('red') ? 'failed' : 'due'}>
      <RelativeTime at={item.due} />
    </StateMark>
  )
}

/** Somebody should have been called by now. */
const isPast = (item: TodayItem) => isCall(item) && Date.parse(item.due) < now().getTime()

/** A visit is due on a day, a call at a moment. */
const isCall = ({ kind, detail }: TodayItem) =>
  kind === 'message' || (kind === 'home' && detail !== 'visit')

function Due({ item }: { item: TodayItem }) {
  const late = daysBetween(dayHere(item.due), clockToday())
  if (isPast(item))
    return (
      <Trans>
        Was due <ByMoment at={item.due} />
      </Trans>
    )
  if (isCall(item))
    return (
      <Trans>
        By <ByMoment at={item.due} />
      </Trans>
    )
  if (item.kind === 'admitted')
    return (
      <Trans>
        Since <RelativeTime at={item.due} />
      </Trans>
    )
  if (late < 0)
    return (
      <Trans>
        By <DateText date={item.due} />
      </Trans>
    )
  if (late === 0) return <Trans>Due today</Trans>
  return <Plural value={late} one="# day late" other="# days late" />
}

function ReadingRun({ item }: { item: TodayItem }) {
  const words = useReadingLabels()
  const { reading } = item
  if (!reading) return null
  if (item.detail === 'unit')
    return (
      <StateMark state="missing">
        <Trans>Another unit or code</Trans>
      </StateMark>
    )
  const { kind, points, limit } = reading
  const line = item.detail === 'low' || item.detail === 'high' ? item.detail : undefined
  return (
    <>
      <Sparkline
        points={points}
        limitLow={limit.low}
        limitHigh={limit.high}
        outsideAt={points.slice(-1).map((point) => point.at)}
        label={words.run(kind, points)}
      />
      <p className="gable-meta">
        {line === undefined ? (
          <Trans>7 days</Trans>
        ) : (
          <Trans>7 days. Line: {words.limit(limit, line)}</Trans>
        )}
      </p>
    </>
  )
}
