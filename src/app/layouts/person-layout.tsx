import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { openingQuery } from '#client/queries/patient/break-glass.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { OptOutNote } from '#features/parts/opt-out/opt-out-note.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SubNav } from '#ui/layout/sub-nav.tsx'
import { EmergencyBanner } from './emergency-banner.tsx'
import { JoinedRecordNote } from './joined-record-note.tsx'
import { OfflineBadge } from './offline-badge.tsx'
import { PageArea } from './page-area.tsx'
import { PersonBanner } from './person-banner.tsx'
import { PrintFoot } from './print-foot.tsx'

/** The frame of the pages about one person: who it is stays visible on each of them. */
export function PersonLayout() {
  const { person = '' } = useParams()
  return (
    <Suspense
      key={person}
      fallback={
        <div className="gable-main">
          <Skeleton lines={6} />
        </div>
      }
    >
      <PersonFrame id={person} />
    </Suspense>
  )
}

function PersonFrame({ id }: { id: string }) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(patientQuery(id))
  const restriction = useRestrictions()(`Patient/${id}`)
  const { data: opening } = useQuery(openingQuery(id))
  // a record opened in an emergency is read here and not downloaded; nor is one of which that is not known
  const mayTakeAlong = opening === null
  const root = `/people/${id}`
  const links = [
    { to: `${root}/plan`, text: <Trans>The plan</Trans> },
    { to: `${root}/summary`, text: <Trans>One page</Trans> },
    { to: `${root}/emergency`, text: <Trans>Emergency card</Trans> },
    { to: `${root}/story`, text: <Trans>Story</Trans> },
    { to: `${root}/home-from-hospital`, text: <Trans>Hospital</Trans> },
    { to: `${root}/score`, text: <Trans>Scores</Trans> },
    { to: `${root}/assessments`, text: <Trans>Assessments</Trans> },
    { to: `${root}/readings`, text: <Trans>Readings</Trans> },
    { to: `${root}/tasks`, text: <Trans>Tasks and referrals</Trans> },
    { to: `${root}/calendar`, text: <Trans>Appointments</Trans> },
    { to: `${root}/messages`, text: <Trans>Messages</Trans> },
    { to: `${root}/review`, text: <Trans>Review</Trans> },
    { to: `${root}/due`, text: <Trans>What is due</Trans> },
    { to: `${root}/programmes`, text: <Trans>Programmes</Trans> },
    { to: `${root}/carers`, text: <Trans>Carers</Trans> },
    { to: `${root}/contacts`, text: <Trans>Contact details</Trans> },
    { to: `${root}/sharing`, text: <Trans>Sharing</Trans> },
  ]
  return (
    <>
      <PrintFoot whose={[data.person.given, data.person.family].filter(Boolean).join(' ')} />
      <EmergencyBanner person={id} />
      <PersonBanner {...data} />
      <JoinedRecordNote person={data.person} />
      <OptOutNote person={id} />
      <div className="gable-main gable-main--nav">
        <RestrictedMark whole restriction={restriction} />
        <SubNav label={t`About this person`} links={links} />
        {mayTakeAlong ? <OfflineBadge person={id} /> : null}
      </div>
      <PageArea />
    </>
  )
}
