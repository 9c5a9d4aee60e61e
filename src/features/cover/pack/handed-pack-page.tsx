import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { coverPackQuery } from '#client/queries/cover/cover-pack.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PackOfPerson } from './pack-of-person.tsx'
import { PackPaper, PrintPack } from './pack-paper.tsx'
import '#features/cover/cover.css'

/** What whoever took people over for good has to know: from the records of today, with the words of the colleague before. */
export function HandedPackPage() {
  return (
    <div className="cover-pack">
      <Suspense fallback={<Skeleton lines={12} />}>
        <Handed />
      </Suspense>
    </div>
  )
}

function Handed() {
  const { t } = useLingui()
  const { batch = '' } = useParams()
  const { data } = useSuspenseQuery(coverPackQuery({ batch }))
  const { handed, people } = data
  if (!handed) return null
  return (
    <>
      <PageHeading
        title={t`Handed over for good`}
        lead={t`Drafted from the records of today: those who need somebody now come first.`}
        actions={
          <>
            <Link to="/cover">
              <Trans>Cover and caseloads</Trans>
            </Link>{' '}
            <PrintPack />
          </>
        }
      />
      <PackPaper />
      <p>
        <Plural value={people.length} one="# person" other="# people" />{' '}
        <Trans>
          of <bdi>{handed.from.name}</bdi>, handed over by <bdi>{handed.by}</bdi>,{' '}
          <DateText date={handed.at} withTime />.
        </Trans>{' '}
        <bdi>{handed.reason}</bdi>
      </p>
      {people.length === 0 ? <EmptyState title={t`Nobody to look after`} /> : null}
      {people.map((person) => (
        <PackOfPerson key={person.id} person={person}>
          <div className="cover-note">
            <p>
              <Trans>
                <bdi>{person.cover.name}</bdi> coordinates the care now
              </Trans>
            </p>
            {person.note?.words ? (
              <>
                <p className="cover-note__words" dir="auto">
                  {person.note.words}
                </p>
                <p className="gable-meta">
                  <bdi>{person.note.by}</bdi>, <DateText date={person.note.at} withTime />
                </p>
              </>
            ) : null}
          </div>
        </PackOfPerson>
      ))}
    </>
  )
}
