import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { instrumentNamed, outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import { useSearch } from '#ui/layout/use-search.ts'
import { useMoney } from './use-money.ts'

/** What the list is ordered by, if it comes from elsewhere: the cost, or the score that somebody else worked out. */
export function FromElsewhere({ person }: { person: FoundPerson }) {
  const { i18n } = useLingui()
  const [search] = useSearch()
  const order = search.get('order') ?? ''
  if (order === 'cost') return <Cost person={person} />
  const code = outsideOrder.exec(order)?.[1]
  const score = person.outside.find((each) => each.code === code)
  const known = code ? instrumentNamed(code) : undefined
  if (!score) return null
  return (
    <strong>
      {known?.name ?? code} {i18n.number(score.value, { maximumFractionDigits: 4 })}
      {known?.unit ? ` ${known.unit}` : ''}
      {'. '}
    </strong>
  )
}

function Cost({ person: { cost, costCurrency, costMissing = 0 } }: { person: FoundPerson }) {
  const money = useMoney()
  if (cost === undefined || !costCurrency)
    return (
      <strong>
        <Trans>Cost not known.</Trans>{' '}
      </strong>
    )
  return (
    <>
      <strong>{money(cost, costCurrency)}</strong>
      {costMissing > 0 ? (
        <>
          {' '}
          <Plural
            value={costMissing}
            one="and # line without a cost"
            other="and # lines without a cost"
          />
        </>
      ) : null}
      {'. '}
    </>
  )
}
