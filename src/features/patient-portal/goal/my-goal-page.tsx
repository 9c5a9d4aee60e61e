import { Trans, useLingui } from '@lingui/react/macro'
import { useParams } from 'react-router'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { AttainmentSection } from '#features/parts/goal/attainment-section.tsx'
import { GoalRatings } from '#features/parts/goal/goal-ratings.tsx'
import type { GoalReader } from '#features/parts/goal/goal-reader.ts'
import { GoalReasons } from '#features/parts/goal/goal-reasons.tsx'
import { GoalStances } from '#features/parts/goal/goal-stances.tsx'
import { GoalTargetText } from '#features/parts/goal/goal-target-text.tsx'
import { type MyHouse, useMyHouse } from '#features/patient-portal/use-my-house.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** One goal on the person’s own pages: why it matters, how sure I am, who agrees, how far I have come. */
export function MyGoalPage() {
  const { t } = useLingui()
  const { goal: id } = useParams()
  const mine = useMyHouse()
  const goal = mine.house.goals.find((each) => each.id === id)
  return (
    <div className="my-page">
      <title>{t`A goal · Gable`}</title>
      <BackToHouse />
      {goal ? <MyGoal mine={mine} goal={goal} /> : <NoGoal />}
    </div>
  )
}

function NoGoal() {
  return (
    <>
      <h1 tabIndex={-1}>
        <Trans>This goal is not in the plan</Trans>
      </h1>
      <LinkButton to="/my/conversation" variant="outline">
        <Trans>All goals</Trans>
      </LinkButton>
    </>
  )
}

/** What a reader of the person’s own pages may see and say about goals. */
export const goalReaderOf = ({ house, me, mayWrite }: MyHouse): GoalReader => ({
  ...{ house, me },
  mayWrite: mayWrite('conversation') && !house.died,
})

function MyGoal({ mine, goal }: { mine: MyHouse; goal: Goal }) {
  const reader = goalReaderOf(mine)
  const restrictionOf = useRestrictions()
  return (
    <>
      <h1 tabIndex={-1}>
        <SaidQuote size="lead" isPersons={goal.expressedBy?.voice === 'person'}>
          {goal.words}
        </SaidQuote>
      </h1>
      <RestrictedMark to="person" restriction={restrictionOf(`Goal/${goal.id}`)} />
      <GoalTargetText goal={goal} />
      <section aria-labelledby="why-title">
        <h2 id="why-title">
          <Trans>Why it matters</Trans>
        </h2>
        <GoalReasons reader={reader} goal={goal} />
        <GoalRatings reader={reader} goal={goal} />
      </section>
      <section aria-labelledby="agrees-title">
        <h2 id="agrees-title">
          <Trans>Who agrees with this goal</Trans>
        </h2>
        <GoalStances reader={reader} goal={goal} />
      </section>
      <section aria-labelledby="far-title">
        <h2 id="far-title">
          {mine.isCarer ? (
            <Trans>How far {mine.house.givenName} has come</Trans>
          ) : (
            <Trans>How far I have come</Trans>
          )}
        </h2>
        <AttainmentSection reader={reader} goal={goal} />
      </section>
    </>
  )
}
