import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { carersQuery } from '#client/queries/carer/carers.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { AddCarer } from '#features/parts/carers/add-carer.tsx'
import { useRoomNames } from '#features/parts/carers/room-names.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { CarerCard } from './carer-card.tsx'
import { FormerCarers } from './former-carers.tsx'

/** Who cares for the person, what each of them does, how they are, and what they were offered. */
export function CarersPage() {
  const { t } = useLingui()
  return (
    <div className="carers">
      <PageHeading
        title={t`Carers`}
        lead={t`Each carer is a person of their own. What they show of themselves is their choice.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Carers />
      </Suspense>
    </div>
  )
}

function Carers() {
  const { person = '' } = useParams()
  const { data: carers } = useSuspenseQuery(carersQuery(person))
  const { data: banner } = useSuspenseQuery(patientQuery(person))
  const rooms = useRoomNames()
  const { given = '', family = '', died } = banner.person
  const name = given || family
  const current = carers.filter(({ isOver }) => !isOver)
  return (
    <>
      {current.length === 0 ? (
        <EmptyState title={<Trans>No carer is recorded</Trans>}>
          <Trans>Ask who helps {name}, and how they are.</Trans>
        </EmptyState>
      ) : (
        current.map((carer) => (
          <CarerCard
            key={carer.id}
            {...{ carer, person, name, rooms }}
            hasDied={died !== undefined}
          />
        ))
      )}
      {died === undefined ? (
        <AddCarer {...{ person, name, rooms }} isOwn={false} />
      ) : (
        <p className="carer-note">
          <Trans>
            {name} has died. Nobody is added any more. Carers can be thanked, and their part ended.
          </Trans>
        </p>
      )}
      <FormerCarers carers={carers.filter(({ isOver }) => isOver)} />
      <section className="gable-section" aria-labelledby="as-carer">
        <h2 id="as-carer">
          <Trans>Does {name} care for somebody?</Trans>
        </h2>
        <p>
          <Link to={`/people/${person}/carer-assessment`}>
            <Trans>Assessment of {name} as a carer</Trans>
          </Link>
        </p>
      </section>
    </>
  )
}
