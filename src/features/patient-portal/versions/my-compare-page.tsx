import { Trans } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { ComparePlan } from '#features/parts/plan-versions/compare-plan.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useMyReader } from './my-reader.ts'

/** What has changed in the reader’s own plan, or in that of the person they care for. */
export function MyComparePage() {
  const reader = useMyReader()
  const { plan } = reader.house
  return (
    <div className="my-page my-versions">
      <BackToHouse />
      {plan ? (
        <ComparePlan reader={reader} planId={plan.id} />
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
