import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { essentialsQuery } from '#client/queries/worse/essentials.ts'
import { EmergencyCard } from '#features/parts/emergency-card/emergency-card.tsx'
import { EssentialsView } from '#features/parts/emergency-card/essentials-view.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** Where somebody lands who opened a record in an emergency: what to know first, then a way to the rest. */
export function EmergencyPage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: banner } = useSuspenseQuery(patientQuery(person))
  const { data: essentials } = useSuspenseQuery(essentialsQuery(person))
  return (
    <>
      <PageHeading title={t`What to know first`} caption={essentials.name} />
      <EssentialsView essentials={essentials} />
      <h2>
        <Trans>Emergency card</Trans>
      </h2>
      {banner.person.died === undefined ? (
        <EmergencyCard person={person} givenName={essentials.name} isOwn={false} />
      ) : (
        <p>
          <Trans>{essentials.name} has died. No card is made any more.</Trans>
        </p>
      )}
      <p>
        <Link to={`/people/${person}/story`}>
          <Trans>The rest of the record</Trans>
        </Link>
      </p>
      <p>
        <Link to={`/people/${person}/plan`}>
          <Trans>The whole plan</Trans>
        </Link>
      </p>
    </>
  )
}
