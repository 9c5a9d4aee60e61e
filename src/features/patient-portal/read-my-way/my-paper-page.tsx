import { Trans, useLingui } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { TakePlanButton } from '#features/parts/whole-plan/take-plan.tsx'
import { WholePlan } from '#features/parts/whole-plan/whole-plan.tsx'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'
import { Button } from '#ui/layout/button.tsx'

/** The whole plan of the person on one page: to read, to print, and to take away. */
export function MyPaperPage() {
  const { t } = useLingui()
  const { house, isCarer, hidden } = useMyHouse()
  const title = isCarer ? t`${house.givenName}’s plan on paper` : t`My plan on paper`
  return (
    <div className="my-page my-paper">
      <title>{`${title} · Gable`}</title>
      <div className="my-paper__actions">
        <BackToHouse isOwn={!isCarer} />
      </div>
      <h1 tabIndex={-1}>{title}</h1>
      <p className="my-paper__actions">
        <Button onClick={() => globalThis.print()}>
          <Trans>Print</Trans>
        </Button>
      </p>
      <WholePlan house={house} hidden={hidden} />
      {house.plan && !isCarer ? <TakeMyPlan planId={house.plan.id} /> : null}
    </div>
  )
}

function TakeMyPlan({ planId }: { planId: string }) {
  return (
    <section className="take-plan" aria-labelledby="take-plan-title">
      <h2 id="take-plan-title">
        <Trans>Take my plan</Trans>
      </h2>
      <p>
        <Trans>You get your plan as one file. You can read it and print it with no internet.</Trans>
      </p>
      <p>
        <Trans>
          Anyone who has the file can read it. It has no password. Keep it safe, and give it only to
          people you trust.
        </Trans>
      </p>
      <p>
        <Trans>The file stays as it is now. It does not change when your plan changes.</Trans>
      </p>
      <div className="take-plan__files">
        <TakePlanButton planId={planId} format="page">
          <Trans>Take my plan</Trans>
        </TakePlanButton>
        <TakePlanButton planId={planId} format="text">
          <Trans>Only the words, as plain text</Trans>
        </TakePlanButton>
      </div>
    </section>
  )
}
