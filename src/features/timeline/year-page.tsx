import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { yearQuery } from '#client/queries/patient/year.ts'
import { YearView } from '#features/parts/year/year-view.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { YearFindingsList } from './year-findings-list.tsx'

/** A year of a person’s life as one picture. */
export function YearPage() {
  const { person = '' } = useParams()
  return (
    <div className="year">
      <Suspense fallback={<Skeleton lines={12} />}>
        <YearBody person={person} />
      </Suspense>
    </div>
  )
}

function YearBody({ person }: { person: string }) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(yearQuery(person))
  return (
    <>
      <PageHeading
        title={t`${data.givenName}’s year`}
        actions={
          <Link to={`/people/${person}/story`}>
            <Trans>The whole story, as a list</Trans>
          </Link>
        }
      />
      <YearView
        person={person}
        isOwn={false}
        isTeam
        below={(picture) => (
          <>
            <YearFindingsList picture={picture} />
            <p className="gable-meta">
              <Trans>
                Records that are not shown to you are not drawn either. The picture may have more
                for somebody else.
              </Trans>
            </p>
          </>
        )}
      />
    </>
  )
}
