import { Trans } from '@lingui/react/macro'
import type { Goal } from '#domain/goal/goal.ts'
import { endedGoals } from '#domain/plan/house/house.ts'
import { ActionLine } from '#features/care-plan/components/action-line.tsx'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** Goals that were reached or stopped, with their steps: they stay in view, folded. */
export function PlanHistory({ view }: { view: HouseView }) {
  const goals = endedGoals(view.house)
  if (goals.length === 0) return null
  return (
    <details className="gable-section">
      <summary>
        <Trans>Goals that were reached or stopped</Trans>
      </summary>
      {goals.map((goal) => (
        <EndedGoal key={goal.id} view={view} goal={goal} />
      ))}
    </details>
  )
}

function EndedGoal({ view, goal }: { view: HouseView; goal: Goal }) {
  const isReached = goal.state === 'reached'
  return (
    <article className="gable-goal">
      <SaidQuote
        size="row"
        isPersons={goal.expressedBy?.voice === 'person'}
        to={`${view.root}/goals/${goal.id}`}
      >
        {goal.words}
      </SaidQuote>
      <StateMark state={isReached ? 'agreed' : 'missing'}>
        {isReached ? <Trans>Reached</Trans> : <Trans>Stopped</Trans>}
      </StateMark>
      {goal.written ? (
        <p className="gable-meta">
          {goal.written.by.name}, <WhenText at={goal.written.at} />
        </p>
      ) : null}
      {view.house.actions
        .filter((action) => action.goal === goal.id)
        .map((action) => (
          <ActionLine key={action.id} view={view} action={action} />
        ))}
    </article>
  )
}
