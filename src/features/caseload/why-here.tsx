import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { CaseloadHouse, CaseloadRow } from '#domain/case/caseload.ts'
import type { TodayKind } from '#domain/today/today.ts'
import { TodayReason } from '#features/parts/today-reason.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Why somebody is on the list now: the most pressing thing, or whose care it is; and where that stands. */
export function WhyHere({
  row,
  house,
  isByRisk,
}: Readonly<{ row: CaseloadRow; house: CaseloadHouse; isByRisk: boolean }>) {
  return (
    <>
      <p>{row.need ? <TodayReason item={row.need} /> : <Standing row={row} house={house} />}</p>
      <p className="gable-meta">
        <Trans>
          From: {row.need ? sources[row.need.kind] : <Trans>the case and the plan</Trans>}
        </Trans>
        {row.need ? null : <Whose row={row} />}
        {row.programmes.length > 0 ? <> · {row.programmes.join(', ')}</> : null}
        {isByRisk && row.chance !== undefined ? (
          <>
            {' · '}
            <Trans>{row.chance} in 100 chance of an emergency stay</Trans>
          </>
        ) : null}
      </p>
    </>
  )
}

const houses: Readonly<Record<CaseloadHouse, ReactNode>> = {
  died: <Trans>Has died: close the case</Trans>,
  none: <Trans>No plan yet</Trans>,
  writing: <Trans>Plan being written</Trans>,
  waiting: <Trans>The plan waits for the person to agree</Trans>,
  agreed: <Trans>Steady: the plan is agreed</Trans>,
  'review-due': <Trans>Agreed, review overdue</Trans>,
}

function Standing({ row, house }: Readonly<{ row: CaseloadRow; house: CaseloadHouse }>) {
  if (house === 'died') return houses.died
  if (row.state === 'paused')
    return row.pausedWhy ? <Trans>Paused: {row.pausedWhy}</Trans> : <Trans>Paused</Trans>
  if (row.state === 'listed') return <Trans>Not taken on yet</Trans>
  if (row.isInHospital) return <Trans>In hospital</Trans>
  return houses[house]
}

/** Whose care it is, and since when. */
function Whose({ row: { whose, since, coordinator } }: Readonly<{ row: CaseloadRow }>) {
  if (whose === 'nobody')
    return (
      <>
        {' · '}
        <Trans>Nobody coordinates the care</Trans>
      </>
    )
  if (whose === 'team')
    return (
      <>
        {' · '}
        <Trans>You are in the team of {coordinator}</Trans>
      </>
    )
  if (!since) return null
  return (
    <>
      {' · '}
      <Trans>
        Yours since <DateText date={since} />
      </Trans>
    </>
  )
}

/** Where it stands that somebody needs something. */
const sources: Readonly<Record<TodayKind, ReactNode>> = {
  emergency: <Trans>the log of who looked</Trans>,
  safety: <Trans>an assessment</Trans>,
  colour: <Trans>what was said about today</Trans>,
  'carer-ill': <Trans>what the carer said</Trans>,
  died: <Trans>the record</Trans>,
  home: <Trans>the hospital</Trans>,
  admitted: <Trans>the hospital</Trans>,
  reading: <Trans>the readings and agreed limits</Trans>,
  tell: <Trans>the diary</Trans>,
  disagreed: <Trans>the person’s answer to the plan</Trans>,
  'hand-over': <Trans>another practice</Trans>,
  promise: <Trans>the promises in the plan</Trans>,
  task: <Trans>the tasks</Trans>,
  referral: <Trans>the referrals</Trans>,
  medicine: <Trans>the lists of a hospital stay</Trans>,
  letter: <Trans>the team meeting</Trans>,
  suggestion: <Trans>suggested changes</Trans>,
  review: <Trans>the plan</Trans>,
  prepared: <Trans>what was prepared for the review</Trans>,
  access: <Trans>who can see the record</Trans>,
  message: <Trans>the messages</Trans>,
  silent: <Trans>the contacts written down</Trans>,
}
