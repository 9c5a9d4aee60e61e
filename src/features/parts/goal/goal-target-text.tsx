import { Trans, useLingui } from '@lingui/react/macro'
import { isTargetUnit, type TargetUnit } from '#domain/goal/aims/goal-target.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { useDayText } from '#ui/text/use-day-text.ts'

/** The units of a target, as they are said. */
export function useUnitLabels(): Readonly<Record<TargetUnit, string>> {
  const { t } = useLingui()
  return {
    kg: t`kg`,
    m: t`metres`,
    min: t`minutes`,
    h: t`hours`,
    '{steps}': t`steps`,
    '/wk': t`times a week`,
    '/mo': t`times a month`,
    '{score}': t`points`,
  }
}

/** How we will know: what is looked at, how far, by when; and who helps. */
export function GoalTargetText({ goal }: { goal: Goal }) {
  const { measure, helpers = [] } = goal
  const facts = [
    { term: <Trans>What we look at</Trans>, words: measure },
    { term: <Trans>How far it should come</Trans>, words: useTargetText(goal) },
    { term: <Trans>By when</Trans>, words: useDay(goal.targetOn) },
    { term: <Trans>Who helps</Trans>, words: helpers.map(({ name }) => name).join(', ') },
  ].filter(({ words }) => words)
  if (facts.length === 0) return null
  return (
    <dl className="goal-facts">
      {facts.map(({ term, words }) => (
        <div key={String(words)}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function useTargetText({ target, targetValue, targetUnit }: Goal): string {
  const units = useUnitLabels()
  const unit = isTargetUnit(targetUnit) ? units[targetUnit] : targetUnit
  const measured = targetValue && [targetValue, unit].filter(Boolean).join(' ')
  return [target, measured].filter(Boolean).join(', ')
}

function useDay(day: string | undefined): string {
  const sayDay = useDayText()
  return day ? sayDay(day) : ''
}
