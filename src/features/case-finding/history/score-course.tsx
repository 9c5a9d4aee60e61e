import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import type { ShownPoint } from '#domain/risk/score-history-parameters.ts'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TrajectoryPicture } from './trajectory-picture.tsx'

/** How the scores went over three years: drawn, and as a table. Gaps are said. */
export function ScoreCourse({ person, day }: Readonly<{ person: string; day: string }>) {
  const { data } = useSuspenseQuery(scoreQueries.history(person, day))
  const scored = data.points.filter(({ gap }) => !gap)
  return (
    <Card title={<Trans>How it went</Trans>}>
      <div className="score__course">
        {scored.length > 1 ? <TrajectoryPicture points={data.points} /> : null}
        <Table points={data.points} />
      </div>
      <details>
        <summary>
          <Trans>How these numbers are counted</Trans>
        </summary>
        <p className="gable-muted">
          <Trans>
            Every half year, from conditions as they are dated on the record. Conditions without a
            date count on every day, medicines from the day on which they were prescribed. The
            chance is counted from people here, as they are counted today; a dash means that it
            could not be counted.
          </Trans>
        </p>
      </details>
    </Card>
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
            <th scope="col" className="gable-number">{t`Frailty count`}</th>
            <th scope="col" className="gable-number">{t`Charlson`}</th>
            <th scope="col" className="gable-number">{t`Chance in 100`}</th>
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
