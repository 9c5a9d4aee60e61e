import { Trans, useLingui } from '@lingui/react/macro'
import type { AlertFound } from '#domain/alert/alert-duty.ts'
import { type TrendRule, trendRuleOf } from '#domain/trend/trend-rules.ts'

/** What a rule about a trend found: "Weight up 2.4 kg in 3 days". */
export function TrendWords({ found }: { found: Pick<AlertFound, 'rule' | 'version' | 'amount'> }) {
  const { i18n } = useLingui()
  const rule = trendRuleOf(found.rule, found.version)
  if (!rule) return found.rule
  const { shape } = rule
  const amount = i18n.number(found.amount ?? shape.by, { maximumFractionDigits: 1 })
  switch (shape.is) {
    case 'up':
      return (
        <Trans>
          Weight up {amount} kg in {shape.days} days
        </Trans>
      )
    case 'down-share':
      return <Trans>Weight down {amount} % in six months</Trans>
    case 'low-in-a-row':
      return (
        <Trans>
          {amount} low peak flows in a row, each below {shape.share} % of the best
        </Trans>
      )
    case 'mean-up':
      return <Trans>Blood pressure rising: on average {amount} mmHg higher than before</Trans>
  }
}

/** What a rule about a trend watches for. */
export function TrendRuleWords({ rule: { shape } }: { rule: TrendRule }) {
  switch (shape.is) {
    case 'up':
      return (
        <Trans>
          Weight up by {shape.by} kg or more in {shape.days} days
        </Trans>
      )
    case 'down-share':
      return <Trans>Weight down by {shape.by} % or more in six months</Trans>
    case 'low-in-a-row':
      return (
        <Trans>
          {shape.by} peak flows in a row below {shape.share} % of the best in two years
        </Trans>
      )
    case 'mean-up':
      return (
        <Trans>
          Blood pressure up: {shape.count} readings on average {shape.by} mmHg above the{' '}
          {shape.count} before
        </Trans>
      )
  }
}
