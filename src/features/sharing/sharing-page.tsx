import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AccessHistory } from './access-history.tsx'
import { AccessLogTable } from './access-log-table.tsx'
import { CopyForPerson } from './copy-for-person.tsx'
import { FullCopy } from './full-copy.tsx'
import { PracticeAsPatient } from './practice-as-patient.tsx'
import { RegisteredHere } from './registered-here.tsx'
import { ShareList } from './share-list.tsx'
import { ViewerAccess } from './viewer-access.tsx'

/** Who may see this person’s record, and who has. */
export function SharingPage() {
  const { t } = useLingui()
  return (
    <div className="sharing">
      <PageHeading
        title={t`Who can see this, and who has looked`}
        lead={t`The person sees the same list, in plain words.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Sharing />
      </Suspense>
    </div>
  )
}

function Sharing() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: sharing } = useSuspenseQuery(consentQueries.shares(person))
  const { data: trail } = useSuspenseQuery(consentQueries.whoLooked(person))
  return (
    <>
      <section aria-labelledby="sharing-team">
        <h2 id="sharing-team">
          <Trans>The team</Trans>
        </h2>
        {house.team.length === 0 ? (
          <EmptyState title={t`No team yet`}>
            <Trans>The team begins when someone takes the person on.</Trans>
          </EmptyState>
        ) : (
          <ul className="sharing-list">
            {house.team.map(({ who, role }) => (
              <li key={`${who.reference}-${role}`}>
                <strong>{who.name || who.reference}</strong> <span>{role}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <RegisteredHere person={person} />
      <section aria-labelledby="sharing-close">
        <h2 id="sharing-close">
          <Trans>Shared with family and friends</Trans>
        </h2>
        <ShareList {...sharing} />
      </section>
      <AccessHistory person={person} />
      <section aria-labelledby="sharing-looked">
        <h2 id="sharing-looked">
          <Trans>Who looked</Trans>
        </h2>
        {trail ? (
          <AccessLogTable trail={trail} />
        ) : (
          <EmptyState title={t`You cannot see this page`}>
            <Trans>Only the person and their care team can see who has looked.</Trans>
          </EmptyState>
        )}
      </section>
      <ViewerAccess />
      <CopyForPerson person={person} />
      <FullCopy person={person} />
      <PracticeAsPatient person={person} name={house.givenName} />
    </>
  )
}
