import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useDeferredValue, useState } from 'react'
import { duplicatesQuery } from '#client/queries/patient/duplicates.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { type Duplicate, pairsAtOnce, type SharedNumber } from '#domain/person/duplicates-fhir.ts'
import { ShowMore } from '#features/parts/find/show-more.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AlikePairs } from './alike-pairs.tsx'
import { DecidedPairs } from './decided-pairs.tsx'
import { DuplicateRecord } from './duplicate-record.tsx'

/** NHS numbers on more than one record, and records that look alike: somebody has to decide whether it is one person. */
export function DuplicatesPage() {
  const { t } = useLingui()
  const allowed = useSession(
    ({ actor }) => actor !== undefined && (isStaff(actor) || actor.role === 'admin'),
  )
  return (
    <div className="duplicates-page">
      <PageHeading
        title={t`Possible duplicates`}
        lead={t`Records with the same NHS number, and records that look alike. Until the first are decided, hospital messages, emergency access and the person’s own sign-in use the record that has had the number longest.`}
      />
      {allowed ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <List />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only professionals and administrators can see these records.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

/** The one in use first. */
const inOrder = (records: readonly Duplicate[]) =>
  records.toSorted((one, other) => Number(other.counts) - Number(one.counts))

function List() {
  const { t } = useLingui()
  const [count, setCount] = useState(pairsAtOnce)
  const asked = useDeferredValue(count)
  const { data } = useSuspenseQuery(duplicatesQuery(asked))
  const { numbers, alike, alikeTotal, decided } = data
  return (
    <>
      {numbers.length + alike.length === 0 ? (
        <EmptyState title={t`No duplicates`}>
          <Trans>
            No NHS number is on more than one of the records you can open, and no two of them look
            alike.
          </Trans>
        </EmptyState>
      ) : null}
      <Numbers numbers={numbers} />
      <AlikePairs pairs={alike} total={alikeTotal} />
      <ShowMore shown={alike.length} total={alikeTotal} by={pairsAtOnce} onMore={setCount} />
      <DecidedPairs decided={decided} />
      <p className="gable-meta">
        <Trans>
          A name and birth date that more than 20 records have, such as “Unknown”, tell nobody apart
          and are not compared.
        </Trans>
      </p>
    </>
  )
}

function Numbers({ numbers }: { numbers: readonly SharedNumber[] }) {
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  if (numbers.length === 0) return null
  return (
    <>
      <p role="status">
        <Plural
          value={numbers.length}
          one="# NHS number is on more than one record."
          other="# NHS numbers are on more than one record."
        />{' '}
        {isAdmin ? (
          <Trans>
            If it is one person, join the other records into the one in use. If it is two people,
            correct the number on the wrong record.
          </Trans>
        ) : (
          <Trans>
            If it is one person, an administrator can join the records. If it is two people, correct
            the number on the wrong record.
          </Trans>
        )}
      </p>
      {numbers.map(({ nhsNumber, records }) => (
        <Card key={nhsNumber} title={<NhsNumber value={nhsNumber} />}>
          <ul className="duplicates-list">
            {inOrder(records).map((record) => (
              <DuplicateRecord key={record.id} {...{ record, records, isAdmin }} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
}
