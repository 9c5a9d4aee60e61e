import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { isEmptyCrisis } from '#domain/plan/crisis/crisis-plan.ts'
import { CardsToLookAt } from '#features/parts/cards/cards-to-look-at.tsx'
import { PreparedCard } from '#features/parts/conversation/prepared-card.tsx'
import { OtherPlans } from '#features/parts/other-plans/other-plans.tsx'
import { SummaryFirst } from '#features/parts/record/summary-first.tsx'
import { CarersIllToday } from '#features/parts/worse/carers-ill-today.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AgreementBanner } from './agreement-banner.tsx'
import { ChangesSinceLastVisit } from './changes-since-last-visit.tsx'
import { Promises } from './components/promises.tsx'
import { HouseDrawing } from './house-drawing.tsx'
import { NoPlan } from './no-plan.tsx'
import { OthersHere } from './others-here.tsx'
import { PlanWays } from './plan-ways.tsx'
import { WaitingSuggestions } from './suggestions/waiting-suggestions.tsx'
import { type HouseView, useHouse } from './use-house.ts'

/** The plan of one person: the house, what was agreed, what is new to the reader, what was promised. */
export function HousePage() {
  const { t } = useLingui()
  const view = useHouse()
  // on a phone the plan itself comes before its other forms and what can be done with it
  const [isWide] = useState(() => matchMedia('(min-width: 721px)').matches)
  const { house, root } = view
  const title = t`${house.givenName}’s plan`
  return (
    <div className="gable-plan">
      <PageHeading
        title={title}
        actions={
          <>
            {isWide ? <PlanWays view={view} /> : null}
            {house.crisis && !isEmptyCrisis(house.crisis) ? (
              <LinkButton variant="link" to={`${root}/roof#crisis`}>
                <Trans>Crisis plan</Trans>
              </LinkButton>
            ) : null}
            {isWide ? <PrintOrTurn view={view} /> : null}
          </>
        }
      />
      <OthersHere person={house.person} place="house" />
      <CarersIllToday house={house} root={root} />
      {house.plan ? <AgreementBanner view={view} /> : <NoPlan house={house} root={root} />}
      <SummaryFirst person={house.person} givenName={house.givenName} />
      <PreparedCard house={house} isBrief />
      <div className="gable-plan__columns">
        <section aria-labelledby="house-title">
          <h2 id="house-title" className="nhsuk-u-visually-hidden">
            <Trans>The house</Trans>
          </h2>
          <HouseDrawing view={view} />
        </section>
        <aside className="gable-plan__aside">
          <WaitingSuggestions view={view} />
          <ChangesSinceLastVisit view={view} />
          {house.died ? null : <Promises view={view} />}
          {house.died ? null : <CardsToLookAt person={house.person} />}
        </aside>
      </div>
      <OtherPlans house={house} />
      {isWide ? null : (
        <nav className="gable-plan__ways" aria-label={t`Other ways to see this plan`}>
          <PlanWays view={view} />
          <PrintOrTurn view={view} />
        </nav>
      )}
    </div>
  )
}

function PrintOrTurn({ view }: { view: HouseView }) {
  const { house, root } = view
  return (
    <>
      <Button variant="link" onClick={() => globalThis.print()}>
        <Trans>Print</Trans>
      </Button>
      {isAnswered(view) ? (
        <LinkButton variant="outline" to={`${root}/turned`}>
          <Trans>Turn the screen to {house.givenName}</Trans>
        </LinkButton>
      ) : null}
    </>
  )
}

/** The screen can be turned to the person when no answer is awaited too; else the banner asks. */
const isAnswered = ({ house, status }: HouseView) =>
  !house.died && ['current', 'review-due'].includes(status)
