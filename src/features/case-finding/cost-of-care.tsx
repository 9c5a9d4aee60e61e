import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { activityQuery } from '#client/queries/monitoring/feeds.ts'
import type { Activity } from '#domain/feed/activity-parameters.ts'
import type { ShownLine } from '#domain/feed/line-fhir.ts'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useMoney } from './feeds/use-money.ts'

/** What others say the care of this person cost, how much of it is not known, and what has not come yet. */
export function CostOfCare({ person }: { person: string }) {
  const { t } = useLingui()
  const { data, isError } = useQuery(activityQuery(person))
  if (isError)
    return (
      <Card title={t`Cost of care, from elsewhere`}>
        <p>
          <Trans>It could not be loaded. Nothing is known of it here.</Trans>
        </p>
      </Card>
    )
  if (!data || data.shown.length === 0) return null
  return (
    <Card title={t`Cost of care, from elsewhere`}>
      <Sums activity={data} />
      <Delay sources={data.sources} />
      <details>
        <summary>{t`The lines that were sent`}</summary>
        <Lines lines={data.shown} />
      </details>
    </Card>
  )
}

function Sums({
  activity,
}: {
  activity: Pick<Activity, 'costs' | 'lines' | 'withoutCost' | 'from' | 'until'>
}) {
  const money = useMoney()
  const { costs, lines, withoutCost, from, until } = activity
  const sums = [...Map.groupBy(costs, ({ currency }) => currency)].map(([currency, some]) => ({
    currency,
    amount: some.reduce((sum, { amount }) => sum + amount, 0),
  }))
  return (
    <>
      <p>
        {sums.length === 0 ? (
          <strong>
            <Trans>Not known</Trans>
          </strong>
        ) : (
          sums.map(({ currency, amount }, at) => (
            <strong key={currency}>
              {at > 0 ? ' + ' : ''}
              {money(amount, currency)}
            </strong>
          ))
        )}{' '}
        <Trans>
          for <DateText date={from} /> to <DateText date={until} />
        </Trans>
      </p>
      <p className="gable-meta">
        <Plural
          value={lines}
          one="# line was sent for these months."
          other="# lines were sent for these months."
        />{' '}
        {withoutCost > 0 ? (
          <Plural
            value={withoutCost}
            one="# of them says no cost: the true cost is higher."
            other="# of them say no cost: the true cost is higher."
          />
        ) : null}{' '}
        <Trans>Care by others, who send us nothing, is not in it.</Trans>
      </p>
    </>
  )
}

function Delay({ sources }: Pick<Activity, 'sources'>) {
  return (
    <ul className="score__delay">
      {sources.map(({ source, received, notCompleteFrom }) => (
        <li key={source}>
          <Trans>
            <bdi>{source}</bdi>, last received on <DateText date={received} />.
          </Trans>{' '}
          {notCompleteFrom ? (
            <strong>
              <Trans>
                From <DateText date={notCompleteFrom} /> on it is not complete yet.
              </Trans>
            </strong>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Lines({ lines }: { lines: readonly ShownLine[] }) {
  const { t } = useLingui()
  const kinds: Readonly<Record<ShownLine['kind'], string>> = {
    admitted: t`Hospital stay`,
    outpatient: t`Outpatients`,
    'emergency-care': t`Emergency department`,
    claim: t`Claim`,
  }
  return (
    <WideTable label={t`The lines that were sent`}>
      <table className="gable-table">
        <thead>
          <tr>
            <th scope="col">{t`When`}</th>
            <th scope="col">{t`What`}</th>
            <th scope="col">{t`Group`}</th>
            <th scope="col" className="gable-number">{t`Cost`}</th>
            <th scope="col">{t`From`}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.source} ${line.number}`}>
              <th scope="row">
                <DateText date={line.started} />
                {line.ended && line.ended !== line.started ? (
                  <>
                    {' – '}
                    <DateText date={line.ended} />
                  </>
                ) : null}
              </th>
              <td>
                {kinds[line.kind]}
                {line.emergency ? `, ${t`emergency`}` : ''}
              </td>
              <td>{line.code ?? '–'}</td>
              <td className="gable-number">
                <LineCost line={line} />
              </td>
              <td>
                <bdi>{line.source}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function LineCost({ line: { cancelled, cost } }: { line: ShownLine }) {
  const money = useMoney()
  if (cancelled) return <Trans>taken back</Trans>
  return cost ? money(cost.amount, cost.currency) : <Trans>not known</Trans>
}
