import { Trans } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import { endedGoals, openGoals } from '#domain/plan/house/house.ts'
import { ActionLine, NewAction } from '#features/care-plan/components/action-line.tsx'
import { Earlier } from '#features/care-plan/components/earlier-versions.tsx'
import { NewGoal } from '#features/care-plan/components/goal-form.tsx'
import { InWhoseWords } from '#features/care-plan/components/in-whose-words.tsx'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import { NeedsAndStrengths } from '#features/care-plan/goal/needs-and-strengths.tsx'
import { PlanHistory } from '#features/care-plan/goal/plan-history.tsx'
import { TemplateSuggestions } from '#features/care-plan/suggestions/template-suggestions.tsx'
import { WaitingFor } from '#features/care-plan/suggestions/waiting-suggestions.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { GoalDays } from '#features/parts/goal-words/goal-days.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** Needs, goals in the person's words, and what was promised for each. */
export function ConversationRoom({ view }: { view: HouseView }) {
  const { house } = view
  const goals = openGoals(house)
  const isEnded = (id: string | undefined) => endedGoals(house).some((goal) => goal.id === id)
  const loose = house.actions.filter(
    (action) => !goals.some((goal) => goal.id === action.goal) && !isEnded(action.goal),
  )
  return (
    <>
      <section aria-labelledby="goals-title" className="gable-section">
        <h2 id="goals-title">
          <Trans>What {house.givenName} wants to do</Trans>
        </h2>
        {goals.length === 0 ? <EmptyState title={<Trans>No goals yet</Trans>} /> : null}
        {goals.map((goal) => (
          <GoalBlock
            key={goal.id}
            view={view}
            goal={goal}
            actions={house.actions.filter((action) => action.goal === goal.id)}
          />
        ))}
        <NewGoal house={house} />
      </section>
      <section aria-labelledby="steps-title" className="gable-section">
        <h2 id="steps-title">
          <Trans>Other steps</Trans>
        </h2>
        {loose.map((action) => (
          <ActionLine key={action.id} view={view} action={action} />
        ))}
        <NewAction view={view} />
      </section>
      <NeedsAndStrengths house={house} />
      <TemplateSuggestions house={house} kinds={['need', 'goal', 'step']} />
      <PlanHistory view={view} />
    </>
  )
}

function GoalBlock(props: { view: HouseView; goal: Goal; actions: readonly Action[] }) {
  const { view, goal, actions } = props
  const restrictionOf = useRestrictions()
  return (
    <article className="gable-goal">
      <SaidQuote
        size="row"
        isPersons={goal.expressedBy?.voice === 'person'}
        to={`${view.root}/goals/${goal.id}`}
      >
        {goal.words}
      </SaidQuote>
      <p className="gable-meta">
        <InWhoseWords goal={goal} />
        <GoalDays goal={goal} day={(at) => <WhenText at={at} />} />
      </p>
      <WaitingFor view={view} record={`Goal/${goal.id}`} />
      <Earlier record={goal} />
      <RestrictedMark restriction={restrictionOf(`Goal/${goal.id}`)} />
      {actions.map((action) => (
        <ActionLine key={action.id} view={view} action={action} />
      ))}
      <NewAction view={view} goal={goal.id} />
    </article>
  )
}
