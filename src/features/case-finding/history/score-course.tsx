import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { changedBetween } from '#domain/risk/score-history.ts'
import type { ShownPoint } from '#domain/risk/score-history-parameters.ts'
import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import { deficitLabels } from '#features/case-finding/labels.ts'
import { needFlagLabels } from '#features/case-finding/stratum-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TrajectoryPicture } from './trajectory-picture.tsx'

/** How the scores went over three years: in words, drawn, and as a table. Gaps are said. */
export function ScoreCourse({ person, day }: Readonly<{ person: string; day: string }>) {
  const { data } = useSuspenseQuery(scoreQueries.history(person, day))
  const scored = data.points.filter(({ gap }) => !gap)
  return (
    <Card title={<Trans>How it went</Trans>}>
      <Flags flags={data.flags} />
      {data.frailer ? (
        <p>
          <StateMark state="due">
            <Trans>Frailer than two years ago: a worse band, or two difficulties more</Trans>
          </StateMark>
        </p>
      ) : null}
      <InWords points={scored} />
      {scored.length > 1 ? <TrajectoryPicture points={data.points} /> : null}
      <Table points={data.points} />
      <p className="gable-muted">
        <Trans>
          Every half year, from conditions as they are dated on the record. Conditions without a
          date count on every day, medicines from the day on which they were prescribed. The chance
          is counted from people here, as they are counted today; a dash means that it could not be
          counted.
        </Trans>
      </p>
    </Card>
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

/** What was added and what went in the last year, in plain words. */
function InWords({ points }: { points: readonly ShownPoint[] }) {
  const { t } = useLingui()
  const now = points.at(-1)
  const before = points.at(-3)
  if (!now) return null
  const count = now.deficits.length
  const words = (codes: readonly string[]) =>
    codes.map((code) => {
      const label = deficitLabels[code as keyof typeof deficitLabels]
      return label ? t(label) : code
    })
  const changed = before ? changedBetween(before, now) : { come: [], gone: [] }
  const come = words(changed.come)
  const gone = words(changed.gone)
  return (
    <>
      <p>
        <strong>
          <Plural
            value={count}
            one="# difficulty that makes people frail"
            other="# difficulties that make people frail"
          />
          {before ? (
            <>
              , <Plural value={come.length} _0="none new" one="# new" other="# new" />{' '}
              <Trans>
                since <DateText date={before.day} />
              </Trans>
            </>
          ) : null}
        </strong>
      </p>
      {come.length > 0 ? (
        <p>
          <Trans>New: {come.join(', ')}</Trans>
        </p>
      ) : null}
      {gone.length > 0 ? (
        <p>
          <Trans>No longer: {gone.join(', ')}</Trans>
        </p>
      ) : null}
    </>
  )
}

function Table({ points }: { points: readonly ShownPoint[] }) {
  const { t } = useLingui()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section className="gable-scroll" tabIndex={0} aria-label={t`How it went, as a table`}>
      <table className="gable-table">
        <thead>
          <tr>
            <th scope="col">{t`Day`}</th>
            <th scope="col">{t`Frailty count`}</th>
            <th scope="col">{t`Charlson`}</th>
            <th scope="col">{t`Chance in 100`}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.day}>
              <th scope="row">
                <DateText date={point.day} />
              </th>
              {point.gap ? (
                <td colSpan={3}>
                  {point.gap === 'undated' ? (
                    <Trans>Not known: no condition has a date</Trans>
                  ) : (
                    <Trans>Not known: the record begins later</Trans>
                  )}
                </td>
              ) : (
                <>
                  <td className="gable-number">{point.frailty}</td>
                  <td className="gable-number">{point.charlson}</td>
                  <td className="gable-number">{point.chance ?? '–'}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
