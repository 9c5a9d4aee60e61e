import { Trans, useLingui } from '@lingui/react/macro'
import type { FeedSource } from '#domain/feed/feeds-parameters.ts'
import { Count, countIn } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { MonthsChart } from './months-chart.tsx'
import { useMoney } from './use-money.ts'
import { useMonthStates } from './use-month-states.ts'

/** One source: how far it reaches, how late it is, and its months as a picture and a table. */
export function SourceCard({ source }: { source: FeedSource }) {
  const { t } = useLingui()
  const states = useMonthStates()
  const open = source.months.filter(({ state }) => state === 'not-yet')
  const few = source.months.filter(({ state }) => state === 'few')
  return (
    <Card title={<bdi>{source.source}</bdi>}>
      <dl className="gable-facts">
        <dt>{t`Last received`}</dt>
        <dd>
          <DateText date={source.received} />
          {source.importedBy ? (
            <span className="gable-meta">
              {' '}
              <Trans>by {source.importedBy}</Trans>
            </span>
          ) : null}
        </dd>
        <dt>{t`Covers`}</dt>
        <dd>
          {source.from && source.until ? (
            <Trans>
              <DateText date={source.from} /> to <DateText date={source.until} />
            </Trans>
          ) : (
            <Trans>nothing yet: every line was refused</Trans>
          )}
        </dd>
        <dt>{t`Lines`}</dt>
        <dd>
          <Count of={source.lines} />
        </dd>
        <dt>{t`Cost not known`}</dt>
        <dd>
          <Count of={source.withoutCost} />
        </dd>
        <dt>{t`Refused`}</dt>
        <dd>
          <Count of={source.refused} />
        </dd>
        <Costs costs={source.costs} />
      </dl>
      {open.length > 0 ? (
        <p>
          <strong>
            <Trans>Not complete yet: {<Months months={open} />}.</Trans>
          </strong>{' '}
          <Trans>A low month here is late, and no saving.</Trans>
        </p>
      ) : null}
      {few.length > 0 ? (
        <p>
          <Trans>Fewer lines than usual: {<Months months={few} />}. Ask the sender.</Trans>
        </p>
      ) : null}
      {source.months.length > 0 ? <MonthsChart months={source.months} /> : null}
      <details>
        <summary>{t`The months as a table`}</summary>
        <WideTable label={t`Lines by month`}>
          <table className="gable-table">
            <thead>
              <tr>
                <th scope="col">{t`Month`}</th>
                <th scope="col" className="gable-number">{t`Lines`}</th>
                <th scope="col" className="gable-number">{t`Usual`}</th>
                <th scope="col">{t`Is that all?`}</th>
              </tr>
            </thead>
            <tbody>
              {source.months.toReversed().map(({ month, lines, usual, state }) => (
                <tr key={month}>
                  <th scope="row">
                    <DateText date={month} />
                  </th>
                  <td className="gable-number">
                    <Count of={lines} />
                  </td>
                  <td className="gable-number">{usual ? <Count of={usual} /> : '–'}</td>
                  <td>{states[state] ?? state}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </details>
    </Card>
  )
}

/** What is known of the cost; two currencies are two sums. */
function Costs({ costs }: Pick<FeedSource, 'costs'>) {
  const { t } = useLingui()
  const money = useMoney()
  if (costs.length === 0) return null
  return (
    <>
      <dt>{t`Cost, where it is known`}</dt>
      <dd>
        {costs.map(({ currency, amount, lines }) => (
          <span key={currency} className="feeds__sum">
            <b>{money(amount, currency)}</b>{' '}
            <span className="gable-meta">
              <Trans>in {countIn({ count: lines })} lines</Trans>
            </span>
          </span>
        ))}
      </dd>
    </>
  )
}

function Months({ months }: Pick<FeedSource, 'months'>) {
  return months.map(({ month }, at) => (
    <span key={month}>
      {at > 0 ? ', ' : ''}
      <DateText date={month} />
    </span>
  ))
}
