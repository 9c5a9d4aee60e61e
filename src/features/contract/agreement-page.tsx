import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { settleYearQuery } from '#client/queries/insight/settle-year.ts'
import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import { presetOf } from '#domain/contract/presets/contract-presets.ts'
import { pooledBudget } from '#domain/contract/presets/pooled-budget.ts'
import type { Settlement } from '#domain/contract/settle-parameters.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { PayoffChart } from './payoff-chart.tsx'
import { SettlementLines } from './settlement-lines.tsx'
import { budgetOf, type TypedYear, usualYear, yearFrom } from './typed-year.ts'
import { useContractMoney } from './use-contract-money.ts'
import { YearFields } from './year-fields.tsx'

/** What an agreement between partners would mean, worked out by the service from terms and a year’s figures. */
export function AgreementPage() {
  const { t } = useLingui()
  const [typed, setTyped] = useState<TypedYear>(usualYear)
  const terms = presetOf(typed.preset) ?? pooledBudget
  return (
    <div className="agreement">
      <InsightNav />
      <PageHeading
        title={t`What would an agreement mean?`}
        lead={t`Choose terms and a year. Nothing is kept, and nobody is bound by it.`}
        actions={
          <Button variant="outline" onClick={() => window.print()}>
            <Trans>Print for the board</Trans>
          </Button>
        }
      />
      <YearFields
        terms={terms}
        typed={typed}
        onChange={(change) => setTyped({ ...typed, ...change })}
      />
      <Result terms={terms} typed={typed} />
    </div>
  )
}

function Result({ terms, typed }: Readonly<{ terms: ContractTerms; typed: TypedYear }>) {
  const figures = useDeferredValue(yearFrom(terms, typed))
  const { data, error } = useQuery(settleYearQuery(terms, figures))
  if (error)
    return (
      <Notice tone="danger" title={<Trans>This cannot be worked out</Trans>}>
        <p>{error.message}</p>
      </Notice>
    )
  if (!data) return <Skeleton lines={8} />
  const budget = budgetOf(terms, typed)
  const at = budget > 0 ? ((figures.spent ?? 0) / budget - 1) * 100 : 0
  return (
    <>
      <Finding settlement={data} />
      <PayoffChart {...{ terms, figures, budget, at }} />
      <SettlementLines settlement={data} />
    </>
  )
}

/** The finding first: quality before money. */
function Finding({ settlement }: { settlement: Settlement }) {
  const money = useContractMoney()
  const { gate, gets, owes, currency } = settlement
  const gateWords = settlement.lines.find(({ code }) => code === 'gate')?.words
  const [toGet, toOwe] = [money(gets, currency), money(owes, currency)]
  return (
    <section aria-live="polite" className="agreement__finding">
      <h2>
        {owes > 0 ? <Trans>Partners would owe {toOwe} together</Trans> : null}
        {owes === 0 && gets > 0 ? <Trans>Partners would share {toGet}</Trans> : null}
        {owes === 0 && gets === 0 && gate === 'shut' ? (
          <Trans>The gate is shut: nothing would be shared</Trans>
        ) : null}
        {owes === 0 && gets === 0 && gate !== 'shut' ? (
          <Trans>Nothing would be shared, either way</Trans>
        ) : null}
      </h2>
      <p>{gateWords}</p>
    </section>
  )
}
