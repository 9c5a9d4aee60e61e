import { Trans, useLingui } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import { type CarePackage, weekOfCare } from '#domain/social-care/care-package.ts'
import { budgetOfWeek, type SupportPlan } from '#domain/social-care/support-plan.ts'
import { useSupportWords } from '#features/parts/social-care/use-support-words.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'

type Props = Readonly<{ packages: readonly CarePackage[]; plan: SupportPlan | undefined }>

/** Hours and cost of this week beside the budget. What nobody wrote down is named, and in no sum. */
export function WeekOfCareLine({ packages, plan }: Props) {
  const { i18n } = useLingui()
  const words = useSupportWords()
  const budget = plan?.budget
  const { minutes, cost, unpriced, left } = weekOfCare(packages, { on: clockToday(), budget })
  const hours = i18n.number(minutes / 60, { maximumFractionDigits: 2 })
  return (
    <dl className="support-facts">
      <div>
        <dt>
          <Trans>Care this week</Trans>
        </dt>
        <dd>
          <Trans>{hours} hours</Trans>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Cost a week</Trans>
        </dt>
        <dd>
          {cost ? (
            <bdi>{words.money(cost.amount, cost.currency)}</bdi>
          ) : unpriced.length > 0 ? (
            <Trans>Not known: no price is written down for {unpriced.join(', ')}</Trans>
          ) : (
            <Trans>Not known</Trans>
          )}
        </dd>
      </div>
      <Budget {...{ budget, left }} />
    </dl>
  )
}

type BudgetProps = Readonly<{ budget: SupportPlan['budget']; left: number | undefined }>

function Budget({ budget, left }: BudgetProps) {
  const words = useSupportWords()
  const money = (amount: number) => words.money(amount, budget?.currency ?? 'GBP')
  return (
    <div>
      <dt>
        <Trans>Budget a week</Trans>
      </dt>
      <dd>
        {budget ? (
          <bdi>{money(budgetOfWeek(budget))}</bdi>
        ) : (
          <Trans>No budget is written down</Trans>
        )}
        {left === undefined ? null : (
          <div>
            <StateMark state={left < 0 ? 'failed' : 'agreed'}>
              {left < 0 ? (
                <Trans>{money(-left)} over the budget</Trans>
              ) : (
                <Trans>{money(left)} left of the budget</Trans>
              )}
            </StateMark>
          </div>
        )}
      </dd>
    </div>
  )
}
