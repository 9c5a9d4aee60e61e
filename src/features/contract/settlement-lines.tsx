import { Trans, useLingui } from '@lingui/react/macro'
import type { Settlement, SettlementLine } from '#domain/contract/settle-parameters.ts'
import { useContractMoney } from './use-contract-money.ts'

/** Every line of the settlement with where it comes from, and what each party gets or owes. */
export function SettlementLines({ settlement }: { settlement: Settlement }) {
  const money = useContractMoney()
  const told = (amount: number) => money(amount, settlement.currency)
  return (
    <>
      <h2>
        <Trans>Who would share what</Trans>
      </h2>
      <dl className="agreement__rows">
        {settlement.parties.map(({ organisation, name, gets = 0, owes = 0 }) => (
          <div key={organisation}>
            <dt>{name}</dt>
            <dd>
              {owes > 0 ? <Trans>would owe {told(owes)}</Trans> : null}
              {gets > 0 ? <Trans>would get {told(gets)}</Trans> : null}
              {gets === 0 && owes === 0 ? <Trans>nothing either way</Trans> : null}
            </dd>
          </div>
        ))}
      </dl>
      <h2>
        <Trans>How it is worked out</Trans>
      </h2>
      <p className="agreement__small">
        <Trans>
          Amounts are in whole pence and rounded once, to the nearest. Each line says where it comes
          from.
        </Trans>
      </p>
      <ol className="agreement__rows">
        {settlement.lines.map((line) => (
          <li key={line.code}>
            <Line line={line} currency={settlement.currency} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Line({ line, currency }: Readonly<{ line: SettlementLine; currency: string }>) {
  const { i18n } = useLingui()
  const money = useContractMoney()
  const values = [
    ...(line.amount === undefined ? [] : [money(line.amount, currency)]),
    ...(line.rate === undefined ? [] : [`${i18n.number(line.rate / 10_000)}%`]),
  ]
  return (
    <>
      <strong>{line.label}</strong> <span>{values.join(' · ')}</span>
      {line.words ? <p>{line.words}</p> : null}
      <p className="agreement__small">
        {line.source}
        {line.unverified ? (
          <>
            {' · '}
            <Trans>not checked against the published text</Trans>
          </>
        ) : null}
      </p>
    </>
  )
}
