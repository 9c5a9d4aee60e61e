import { Trans, useLingui } from '@lingui/react/macro'
import type { Population } from '#domain/population/population-parameters.ts'
import { CostCurves } from './cost-curve.tsx'
import { Count, countIn, PercentText } from './count.tsx'
import { CurveChart } from './curve-chart.tsx'
import { Step } from './step.tsx'

/** A few people carry much of the need; and how much of that could have been known. */
export function NeedStep({ population }: { population: Population }) {
  const { t } = useLingui()
  const { top, nights, stays, stillTop, curve } = population
  if (countIn(nights) === 0 || !top)
    return (
      <Step
        number={1}
        title={<Trans>Who needed hospital is not known</Trans>}
        words={
          <p>
            <Trans>
              No emergency stay is recorded in the last year. Without stays nothing can be compared.
            </Trans>
          </p>
        }
      >
        <CostCurves population={population} />
      </Step>
    )
  const use = Math.round(top.byUse ?? 0)
  const chance = Math.round(top.byChance ?? 0)
  return (
    <Step
      number={1}
      title={<Trans>A few people carry much of the need</Trans>}
      words={
        <>
          <p>
            <Trans>
              Last year one person in twenty, <Count of={top.people} /> people, had {use}% of all
              nights in hospital after an emergency.
            </Trans>
          </p>
          {top.byChance === undefined ? null : (
            <p>
              <Trans>
                We cannot know beforehand exactly who. Choosing by the chance a year ago would have
                found people with {chance}% of the nights: a start, and no more.
              </Trans>
            </p>
          )}
          {stillTop === undefined ? null : (
            <p className="population__meta">
              <Trans>
                Of those in the top twentieth the year before, <PercentText of={stillTop} /> were in
                it again, with our help or without. Compare before you claim.
              </Trans>
            </p>
          )}
          <p className="population__meta">
            <Trans>
              <Count of={stays} /> emergency stays, <Count of={nights} /> nights in twelve months.
              People who died are not counted.
            </Trans>
          </p>
        </>
      }
      table={
        <table className="gable-table">
          <caption>
            <Trans>Share of all nights, by share of people</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{t`People, in 100`}</th>
              <th scope="col">{t`People`}</th>
              <th scope="col">{t`By the nights of last year`}</th>
              <th scope="col">{t`By the chance a year ago`}</th>
            </tr>
          </thead>
          <tbody>
            {curve.map((point) => (
              <tr key={point.percent}>
                <th scope="row">{point.percent}%</th>
                <td>
                  <Count of={point.people} />
                </td>
                <td>{exact(point.byUse)}</td>
                <td>{exact(point.byChance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <div className="gable-card">
        <CurveChart
          population={population}
          label={t`One in twenty people had ${use}% of the nights in hospital. Chosen by the chance a year ago, one in twenty would have had ${chance}%.`}
        />
      </div>
      <CostCurves population={population} />
    </Step>
  )
}

const exact = (share: number | undefined) => (share === undefined ? '–' : `${share.toFixed(1)}%`)
