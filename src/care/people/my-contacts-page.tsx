import { Trans, useLingui } from '@lingui/react/macro'
import { Suspense } from 'react'
import { useSession } from '#data/session/session.ts'
import { PageHeading } from '#design/page-heading.tsx'
import { Skeleton } from '#design/skeleton.tsx'
import { EditDetails } from './edit-details.tsx'

/** How I am reached: the person corrects her own, a carer his own. */
export function MyContactsPage() {
  const { t } = useLingui()
  const owner = useSession(({ actor }) => {
    if (actor?.person) return `Patient/${actor.person}`
    const [first] = actor?.caresFor ?? []
    return first ? `RelatedPerson/${first.relatedPerson}` : undefined
  })
  return (
    <div className="my-contacts">
      <PageHeading title={t`How to reach me`} lead={t`Your care team rings you here.`} />
      {owner ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <EditDetails owner={owner} />
        </Suspense>
      ) : null}
      <p>
        <Trans>What you change here, your care team sees at once.</Trans>
      </p>
    </div>
  )
}
