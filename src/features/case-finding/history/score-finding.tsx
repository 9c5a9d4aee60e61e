import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { monthWritten } from '#domain/calendar/days.ts'
import { changedBetween } from '#domain/risk/score-history.ts'
import type { ShownPoint } from '#domain/risk/score-history-parameters.ts'
import type { ScoreOfToday } from '#domain/risk/score-parameters.ts'
import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import { deficitLabels } from '#features/case-finding/labels.ts'
import { needFlagLabels } from '#features/parts/find/stratum-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type FindingProps = Readonly<{
  person: string
  day: string
  score: ScoreOfToday
  /** who coordinates, or the decision */
  coordinator: ReactNode
}>

/** The finding in one sentence, with the chance of a stay, or why there is none, and who coordinates. */
export function ScoreFinding({ person, day, score, coordinator }: FindingProps) {
  const { data } = useSuspenseQuery(scoreQueries.history(person, day))
  const now = data.points.at(-1)
  const before = data.points.at(-3)
  return (
    <section className="gable-card score__finding">
      <div>
        <h2>
          <Sentence score={score} before={before} />
        </h2>
        {now && before && !before.gap ? <Changes before={before} now={now} /> : null}
        {data.frailer ? (
          <p>
            <StateMark state="due">
              <Trans>Frailer than two years ago: a worse band, or two difficulties more</Trans>
            </StateMark>
          </p>
        ) : null}
        <Flags flags={data.flags} />
      </div>
      <dl className="gable-facts">
        <dt>
          <Trans>Chance of an emergency stay within a year</Trans>
        </dt>
        <dd>
          <Chance point={now} missing={score.missing} />
        </dd>
        <dt>
          <Trans>Coordinator</Trans>
        </dt>
        <dd>{coordinator}</dd>
      </dl>
    </section>
  )
}

/** How much weighs, and how much of it is new. What cannot be read is never counted as nothing. */
function Sentence({
  score: { frailty, missing },
  before,
}: Readonly<{ score: ScoreOfToday; before: ShownPoint | undefined }>) {
  if (missing.includes('conditions')) return <Trans>No conditions are recorded</Trans>
  const { count, unread, reasons } = frailty
  if (count === 0 && unread > 0) return <Trans>What weighs cannot be counted</Trans>
  const fresh = before?.gap
    ? []
    : reasons.filter(({ code }) => before && !before.deficits.includes(code))
  return (
    <>
      {unread > 0 ? (
        <Plural
          value={count}
          one="At least # difficulty that weighs"
          other="At least # difficulties that weigh"
        />
      ) : (
        <Plural
          value={count}
          _0="No difficulty on the record weighs"
          one="# difficulty that weighs"
          other="# difficulties that weigh"
        />
      )}
      {before && !before.gap ? (
        <>
          , <Plural value={fresh.length} _0="none new" one="# new" other="# new" />{' '}
          <Trans>
            since <DateText date={monthWritten(before.day)} />
          </Trans>
        </>
      ) : null}
    </>
  )
}

/** What came and what went in the last year. */
function Changes({ before, now }: Readonly<{ before: ShownPoint; now: ShownPoint }>) {
  const { t } = useLingui()
  const words = (codes: readonly string[]) =>
    codes
      .map((code) => {
        const label = deficitLabels[code as keyof typeof deficitLabels]
        return label ? t(label) : code
      })
      .join(', ')
  const { come, gone } = changedBetween(before, now)
  return (
    <>
      {come.length > 0 ? (
        <p>
          <Trans>New: {words(come)}</Trans>
        </p>
      ) : null}
      {gone.length > 0 ? (
        <p>
          <Trans>No longer: {words(gone)}</Trans>
        </p>
      ) : null}
    </>
  )
}

/** Needs that no score counts: our own figures. */
function Flags({ flags }: { flags: readonly NeedFlag[] }) {
  const { t } = useLingui()
  if (flags.length === 0) return null
  return (
    <ul className="score__flags">
      {flags.map((flag) => (
        <li key={flag}>
          <StateMark state="due">{t(needFlagLabels[flag])}</StateMark>{' '}
          <span className="gable-meta">
            <Trans>our own figure</Trans>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A number, or the reason why there is none: never a low one for what is not known. */
function Chance({
  point,
  missing,
}: Readonly<{ point: ShownPoint | undefined; missing: readonly string[] }>) {
  if (point?.chance !== undefined) return <Trans>{point.chance} in 100 people like this</Trans>
  if (missing.includes('conditions'))
    return <Trans>Cannot be counted: no conditions are recorded</Trans>
  if (missing.includes('birth-date'))
    return <Trans>Cannot be counted: no birth date is recorded</Trans>
  if (point?.gap === 'undated') return <Trans>Cannot be counted: no condition has a date</Trans>
  if (point?.gap) return <Trans>Cannot be counted: the record begins later</Trans>
  return point?.noChance === 'not-comparable' ? (
    <Trans>Cannot be counted: some codes cannot be read</Trans>
  ) : (
    <Trans>Cannot be counted: too few people here are like this</Trans>
  )
}
