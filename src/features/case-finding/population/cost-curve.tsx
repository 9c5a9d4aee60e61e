import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { Population } from '#domain/population/population-parameters.ts'
import { useMoney } from '#features/case-finding/feeds/use-money.ts'
import { Count, People } from './count.tsx'
import { CurveEnd } from './curve-end.tsx'
import { CurvePlot, CurveWord } from './curve-plot.tsx'
import { WideTable } from './wide-table.tsx'

type Cost = Population['costs'][number]
type CostPoint = Cost['curve'][number]

/** What care cost, for each currency by itself, and of how many people nobody knows it. */
export function CostCurves({ population }: { population: Population }) {
  const { costs, withoutCost } = population
  if (costs.length === 0)
    return (
      <p className="population__meta">
        <Trans>What care cost is not known here, so it is not drawn.</Trans>
      </p>
    )
  return (
    <>
      {costs.map((cost) => (
        <CostOf key={cost.currency} cost={cost} />
      ))}
      <p className="population__meta">
        <Trans>
          Of <People of={withoutCost} /> no cost is known: they are in no line above. Not known is
          not nothing.
        </Trans>{' '}
        {costs.length > 1 ? <Trans>Currencies are never added.</Trans> : null}{' '}
        <Link to="/find/feeds">
          <Trans>Who sends costs, and how late</Trans>
        </Link>
      </p>
    </>
  )
}

function CostOf({ cost }: { cost: Cost }) {
  const { t } = useLingui()
  const money = useMoney()
  const { currency, people, amount, curve, top } = cost
  const share = Math.round(top?.share ?? 0)
  const title = t`What care cost, in ${currency}`
  return (
    <div className="gable-card population-cost">
      <h3>{title}</h3>
      <p>
        {top?.share === undefined ? null : (
          <Trans>
            Of those whose cost is known, the dearest one in twenty, <Count of={top.people} />{' '}
            people, had {share}% of it.
          </Trans>
        )}{' '}
        <Trans>
          It is known of <People of={people} />
        </Trans>
        {amount === undefined ? '' : `: ${money(amount, currency)}`}.{' '}
        <Trans>Twelve whole months, as it was sent.</Trans>
      </p>
      {curve.length === 0 ? (
        <p className="population__meta">
          <Trans>Too few to draw: of fewer than twenty nobody is one in twenty.</Trans>
        </p>
      ) : (
        <>
          <CostPicture
            {...{ curve, top }}
            label={t`${title}: one in twenty people had ${share}%.`}
          />
          <details className="population__table">
            <summary>
              <Trans>As a table</Trans>
              <span className="nhsuk-u-visually-hidden">: {title}</span>
            </summary>
            <WideTable label={title}>
              <CostTable curve={curve} />
            </WideTable>
          </details>
        </>
      )}
    </div>
  )
}

function CostPicture({
  curve,
  top,
  label,
}: Readonly<{ curve: Cost['curve']; top: Cost['top'] | undefined; label: string }>) {
  const { t } = useLingui()
  const known = curve.flatMap(({ percent, share }) =>
    share === undefined ? [] : [{ percent, share }],
  )
  return (
    <div className="population-curve">
      <CurvePlot
        highest={Math.max(0, ...known.map(({ share }) => share))}
        label={label}
        draw={({ x, y, height }) => (
          <>
            <polyline
              className="chance"
              points={known.map(({ percent, share }) => `${x(percent)},${y(share)}`).join(' ')}
            />
            {top ? (
              <line
                className="upright"
                x1={x(top.percent)}
                x2={x(top.percent)}
                y1={0}
                y2={height}
              />
            ) : null}
          </>
        )}
        over={(topOf) =>
          top?.share === undefined ? null : (
            <CurveWord
              className="population-curve__mark"
              left={top.percent}
              top={topOf(top.share)}
            />
          )
        }
      />
      <p className="population-curve__ends">
        <CurveEnd line="chance" title={t`By what care cost, the dearest first`} />
        <CurveEnd line="even" title={t`If everybody cost the same`} />
      </p>
      <p className="population-curve__axis">
        <Trans>Share of the known cost, by share of the people whose cost is known</Trans>
      </p>
    </div>
  )
}

function CostTable({ curve }: { curve: readonly CostPoint[] }) {
  const { t } = useLingui()
  return (
    <table className="gable-table">
      <caption>
        <Trans>Share of the known cost, by share of people, the dearest first</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t`People, in 100`}</th>
          <th scope="col">{t`People`}</th>
          <th scope="col">{t`Share of the known cost`}</th>
        </tr>
      </thead>
      <tbody>
        {curve.map(({ percent, people, share }) => (
          <tr key={percent}>
            <th scope="row">{percent}%</th>
            <td>
              <Count of={people} />
            </td>
            <td>{share === undefined ? '–' : `${share}%`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
