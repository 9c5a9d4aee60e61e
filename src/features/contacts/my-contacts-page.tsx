import { Trans, useLingui } from '@lingui/react/macro'
import { Suspense } from 'react'
import { useSession } from '#client/session/session.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { EditDetails } from './edit-details.tsx'

/** The user's own details: the person corrects theirs, a carer their own. */
export function MyContactsPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isCarer = actor?.person === undefined
  const owners = isCarer
    ? (actor?.caresFor ?? []).map(({ relatedPerson }) => `RelatedPerson/${relatedPerson}`)
    : [`Patient/${actor.person}`]
  return (
    <div className="my-contacts">
      <PageHeading
        title={t`How to reach me`}
        lead={
          isCarer
            ? t`The care team of the person you look after calls you on these numbers.`
            : t`Your care team calls you on these numbers.`
        }
      />
      {owners.map((owner) => (
        <Suspense key={owner} fallback={<Skeleton lines={6} />}>
          <EditDetails owner={owner} />
        </Suspense>
      ))}
      <p>
        {isCarer ? (
          <Trans>The care team sees your changes straight away.</Trans>
        ) : (
          <Trans>Your care team sees your changes straight away.</Trans>
        )}
      </p>
      <BackToHouse isOwn={!isCarer} />
    </div>
  )
}
