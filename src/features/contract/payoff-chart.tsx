import { Trans, useLingui } from '@lingui/react/macro'
import { figuresFault } from '#domain/contract/contract-faults.ts'
import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import { settle } from '#domain/contract/settle.ts'
import type { YearFigures } from '#domain/contract/settle-parameters.ts'
import { useContractMoney } from './use-contract-money.ts'

const most = 8
const [width, height] = [560, 200]

type Props = Readonly<{ terms: ContractTerms; figures: YearFigures; budget: number; at: number }>

/** What each result would pay or cost all partners together: spending across, money upright. */
export function PayoffChart({ terms, figures, budget, at }: Props) {
  const { t } = useLingui()
  const money = useContractMoney()
  const results = Array.from({ length: most * 8 + 1 }, (_, step) => step / 4 - most).flatMap(
    (over) => {
      const year = { ...figures, spent: Math.round((budget * (100 + over)) / 100) }
      if (figuresFault(terms, year)) return []
      const { gets, owes } = settle(terms, year)
      return [{ over, amount: gets - owes }]
    },
  )
  if (results.length === 0) return null
  const top = Math.max(1, ...results.map(({ amount }) => Math.abs(amount)))
  const x = (over: number) => ((over + most) / (2 * most)) * width
  const y = (amount: number) => height / 2 - (amount / top) * (height / 2 - 8)
  const told = (amount: number) => money(amount, terms.currency)
  const words = results.filter(({ over }) => Number.isInteger(over) && over % 2 === 0)
  return (
    <figure className="agreement-payoff">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t`What partners get or owe, from ${most}% below to ${most}% above the budget. The table below says the same.`}
      >
        <line className="plan" x1={0} x2={width} y1={height / 2} y2={height / 2} />
        <line className="upright" x1={x(0)} x2={x(0)} y1={0} y2={height} />
        <polyline points={results.map(({ over, amount }) => `${x(over)},${y(amount)}`).join(' ')} />
        {Math.abs(at) <= most ? (
          <line className="here" x1={x(at)} x2={x(at)} y1={0} y2={height} />
        ) : null}
      </svg>
      <figcaption>
        <span>
          <Trans>{most}% less</Trans>
        </span>
        <span>
          <Trans>as planned</Trans>
        </span>
        <span>
          <Trans>{most}% more</Trans>
        </span>
      </figcaption>
      <details>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <table className="gable-table">
          <caption className="nhsuk-u-visually-hidden">
            <Trans>What each result would mean</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Spending against the budget</Trans>
              </th>
              <th scope="col">
                <Trans>Partners get (owe: with a minus)</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {words.map(({ over, amount }) => (
              <tr key={over}>
                <th scope="row">{over}%</th>
                <td>{told(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
