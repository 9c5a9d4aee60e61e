import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type WhyAlert, whyAlertQuery } from '#client/queries/monitoring/why-alert.ts'
import type { RaisedAlert } from '#domain/alert/raised-alert.ts'
import { trendRuleOf } from '#domain/trend/trend-rules.ts'
import { TrendRuleWords } from '#features/parts/alerts/trend-words.tsx'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Why an alert came: the rule and its version, the readings of then, and the same worked out again. */
export function WhyThisAlert({ raised }: { raised: RaisedAlert }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Trans>Why did this come?</Trans>
      </summary>
      {open ? <Reasons raised={raised} /> : null}
    </details>
  )
}

function Reasons({ raised }: { raised: RaisedAlert }) {
  const { data, error } = useQuery(whyAlertQuery(raised))
  if (error)
    return (
      <p>
        <Trans>We could not read this. Try again.</Trans>
      </p>
    )
  if (!data) return <Skeleton lines={3} />
  return (
    <>
      <p className="gable-meta">
        <Trans>
          Raised by the service on <DateText date={raised.duty.raised} withTime />
        </Trans>
      </p>
      <ul className="gable-list">
        {data.map((why) => (
          <li key={`${why.found.rule} ${why.found.reading}`}>
            <Reason why={why} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Reason({ why: { found, readings, again } }: { why: WhyAlert }) {
  const words = useReadingLabels()
  const rule = trendRuleOf(found.rule, found.version)
  return (
    <>
      <p>
        <strong>{rule ? <TrendRuleWords rule={rule} /> : <Trans>The agreed limit</Trans>}</strong>
        {rule ? (
          <>
            {', '}
            <Trans>version {rule.version}</Trans>
          </>
        ) : null}
      </p>
      <p>
        {readings.map((each, place) => (
          <span key={each.id}>
            {place > 0 ? '; ' : ''}
            <bdi>{words.value(each)}</bdi>,{' '}
            <DateText date={each.at} withTime={each.at.length > 10} />
          </span>
        ))}
      </p>
      <p className="gable-meta">
        <AgainWords is={again.is} />
      </p>
    </>
  )
}

function AgainWords({ is }: { is: WhyAlert['again']['is'] }) {
  switch (is) {
    case 'same':
      return <Trans>Worked out again from these readings: the same.</Trans>
    case 'different':
      return <Trans>Worked out again from these readings: not the same. Tell the supplier.</Trans>
    case 'unknown':
      return (
        <Trans>It cannot be worked out again: a reading or its limit is not shown to you.</Trans>
      )
  }
}
