import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { foreignPlansQuery } from '#client/queries/other-forms/foreign-plans.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { ForeignPlanCard } from './foreign-plan-card.tsx'

/**
 * The plans of other places side by side, and what a current plan of another system says beyond the house. Loaded after
 * the house, and only if there is something to load.
 */
export function OtherPlans({ house }: { house: HouseRecord }) {
  const { otherPlans, plan, givenName } = house
  const isOurs = !plan || plan.id.startsWith('plan-')
  const { data, isError } = useQuery({
    ...foreignPlansQuery(house),
    enabled: otherPlans.length > 0 || !isOurs,
    throwOnError: false,
  })
  if (otherPlans.length === 0 && (data ?? []).length === 0) return null
  return (
    <section className="other-plans" aria-labelledby="other-plans-title">
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
      <div className="other-plans__side-by-side">
        {data
          ? data.map((each) => <ForeignPlanCard key={each.id} plan={each} />)
          : otherPlans.map((each) => (
              <article key={each.id} className="foreign-plan">
                <h3>{each.title || <Trans>Plan with no title</Trans>}</h3>
                <ul>
                  {each.goals.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
                {isError ? (
                  <p>
                    <Trans>The rest of this plan could not be loaded.</Trans>
                  </p>
                ) : null}
              </article>
            ))}
      </div>
    </section>
  )
}
