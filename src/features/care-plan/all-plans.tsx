import { Trans, useLingui } from '@lingui/react/macro'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { OtherPlan } from '#domain/plan/living-plan.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { WhenText } from './components/when-text.tsx'

/** Every plan on the record beside the current one, with its goals. */
export function AllPlans({ house: { otherPlans, plan, givenName } }: { house: HouseRecord }) {
  if (otherPlans.length === 0) return null
  return (
    <section className="gable-section gable-other-plans" aria-labelledby="other-plans-title">
      <h2 id="other-plans-title">
        <Trans>Other plans on the record</Trans>
      </h2>
      <p>
        {plan && !plan.ended ? (
          <Trans>
            The house above is the current plan of {givenName} and the team. There are also these
            plans. No agreement here covers them.
          </Trans>
        ) : (
          <Trans>None of these is the current plan of {givenName} and the team.</Trans>
        )}
      </p>
      <ul className="gable-plain-list">
        {otherPlans.map((other) => (
          <PlanLine key={other.id} other={other} />
        ))}
      </ul>
    </section>
  )
}

function PlanLine({ other: { title, ended, since, until, goals } }: { other: OtherPlan }) {
  const { t } = useLingui()
  return (
    <li className="gable-other-plan">
      <h3>{title || t`Plan with no title`}</h3>
      <StateMark state={ended ? 'missing' : 'due'}>
        {ended ? <Trans>Ended</Trans> : <Trans>No end date recorded</Trans>}
      </StateMark>
      <p className="gable-meta">
        {since ? (
          <>
            <Trans>Since</Trans> <WhenText at={since} />
          </>
        ) : null}
        {until ? (
          <>
            {' '}
            <Trans>until</Trans> <WhenText at={until} />
          </>
        ) : null}
      </p>
      {goals.length === 0 ? (
        <p>
          <Trans>It has no goals.</Trans>
        </p>
      ) : (
        <ul>
          {goals.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </li>
  )
}
