import { Trans, useLingui } from '@lingui/react/macro'
import { Fragment, lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useSession } from '#client/session/session.ts'
import type { Person } from '#domain/person/person.ts'

const Parting = lazy(async () => ({
  default: (await import('#features/parts/joined/part-records.tsx')).PartRecords,
}))

function PartRecords(both: Readonly<{ keep: string; join: string }>) {
  return (
    <Suspense fallback={null}>
      <Parting {...both} />
    </Suspense>
  )
}

/** On every page about a person whose records were joined: which one is in use, and where the earlier ones are. */
export function JoinedRecordNote({ person }: { person: Person }) {
  const { t } = useLingui()
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  if (person.standsFor)
    return (
      <aside className="gable-strip" aria-label={t`About this record`}>
        <strong>
          <Trans>This record was joined to another and is no longer in use.</Trans>
        </strong>{' '}
        <Link to={`/people/${person.standsFor}/plan`}>
          <Trans>Open the record in use</Trans>
        </Link>
      </aside>
    )
  if (person.setAside)
    return (
      <aside className="gable-strip" aria-label={t`About this record`}>
        <strong>
          <Trans>This record is no longer in use.</Trans>
        </strong>
      </aside>
    )
  const { joined } = person
  if (joined.length === 0) return null
  return (
    <aside className="gable-strip" aria-label={t`About this record`}>
      <Trans>
        An earlier record was joined to this one. What was written there is still there.
      </Trans>{' '}
      {joined.map((id) => (
        <Fragment key={id}>
          <Link to={`/people/${id}/plan`}>
            <Trans>Open the earlier record</Trans>
          </Link>{' '}
          {isAdmin ? <PartRecords keep={person.id} join={id} /> : null}
        </Fragment>
      ))}
    </aside>
  )
}
