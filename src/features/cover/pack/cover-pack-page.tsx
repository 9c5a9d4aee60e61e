import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { absencesQuery } from '#client/queries/cover/absences.ts'
import { coverPackQuery } from '#client/queries/cover/cover-pack.ts'
import { useSession } from '#client/session/session.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CoverNoteOf } from './cover-note-of.tsx'
import { PackOfPerson } from './pack-of-person.tsx'
import { PackPaper, PrintPack } from './pack-paper.tsx'
import '#features/cover/cover.css'

/** What whoever covers has to know: drafted from the records, with the words of whoever is away. One page, on paper too. */
export function CoverPackPage() {
  return (
    <div className="cover-pack">
      <Suspense fallback={<Skeleton lines={12} />}>
        <Pack />
      </Suspense>
    </div>
  )
}

function Pack() {
  const { t } = useLingui()
  const { absence: id = '' } = useParams()
  const actor = useSession((session) => session.actor)
  const { data } = useSuspenseQuery(coverPackQuery({ id }))
  const { data: all } = useSuspenseQuery(absencesQuery(actor?.identity ?? ''))
  const { absence, people } = data
  if (!absence) return null
  const isOwn = absence.who.reference === `Practitioner/${actor?.practitioner}`
  const isOpen = ['planned', 'away'].includes(absence.state)
  return (
    <>
      <PageHeading
        title={isOwn ? t`What your cover should know` : t`The people of ${absence.who.name}`}
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
        <Trans>
          <bdi>{absence.who.name}</bdi> is away from <DateText date={absence.from} /> to{' '}
          <DateText date={absence.until} />.
        </Trans>{' '}
        <Plural value={people.length} one="# person" other="# people" />
      </p>
      {people.length === 0 ? <EmptyState title={t`Nobody to look after`} /> : null}
      {people.map((person) => (
        <PackOfPerson key={person.id} person={person}>
          <CoverNoteOf
            {...{ person, absence }}
            colleagues={isOwn && isOpen ? all.colleagues : undefined}
          />
        </PackOfPerson>
      ))}
    </>
  )
}
