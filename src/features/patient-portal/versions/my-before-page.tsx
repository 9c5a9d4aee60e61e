import { Trans } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { OldPlan } from '#features/parts/plan-versions/old-plan.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useMyReader } from './my-reader.ts'

/** The reader’s own plan, or that of the person they care for, as it stood on another day. */
export function MyBeforePage() {
  const reader = useMyReader()
  const { plan } = reader.house
  return (
    <div className="my-page my-versions">
      <BackToHouse />
      {plan ? (
        <OldPlan reader={reader} planId={plan.id} />
      ) : (
        <>
          <PageHeading title={<Trans>Earlier plans</Trans>} />
          <p className="my-missing">
            <Trans>There is no plan here that you can see yet.</Trans>
          </p>
        </>
      )}
    </div>
  )
}
