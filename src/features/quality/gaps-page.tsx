import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { gapsQuery } from '#client/queries/quality/gaps.ts'
import { useSession } from '#client/session/session.ts'
import type { GapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { ShowMore } from '#features/parts/find/show-more.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { ImportMeasure } from './import-measure.tsx'
import { MeasureCard } from './measure-card.tsx'

/** What is due, by the measures in CQL: how far each is met, and for whom something is open. */
export function GapsPage() {
  const { t } = useLingui()
  return (
    <div>
      <FindNav />
      <PageHeading
        title={t`What is due`}
        lead={t`Standard measures, worked out from the records. An open line is a question to the person, not a duty.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Worklist />
      </Suspense>
    </div>
  )
}

function Worklist() {
  const actor = useSession((session) => session.actor)
  const { data } = useSuspenseQuery(gapsQuery(actor?.identity ?? ''))
  const isAdmin = actor?.role === 'admin'
  return (
    <>
      {data.worksOut ? null : <NotHere />}
      {data.measures.length === 0 ? (
        <EmptyState title={<Trans>No measures yet</Trans>}>
          <p>
            <Trans>
              An administrator adds the measures that come with Gable, or takes one of others.
            </Trans>
          </p>
        </EmptyState>
      ) : null}
      {isAdmin && data.worksOut ? <ImportMeasure /> : null}
      <div className="measure-cards">
        {data.measures.map((measure) => (
          <MeasureCard
            key={measure.id}
            measure={measure}
            mayRun={data.worksOut && data.hasPeople}
          />
        ))}
      </div>
      {data.people.length > 0 ? <People people={data.people} isMore={data.isMore} /> : null}
    </>
  )
}

const shownFirst = 25

function People({ people, isMore }: Pick<GapsWorklist, 'people' | 'isMore'>) {
  const { t } = useLingui()
  const [count, setCount] = useState(shownFirst)
  return (
    <section className="gable-section" aria-label={t`People for whom something is due`}>
      <h2>
        <Trans>People for whom something is due</Trans> ({people.length}
        {isMore ? '+' : ''})
      </h2>
      <ul className="gable-boxed-rows">
        {people.slice(0, count).map((person) => (
          <DueRow key={person.id} person={person} />
        ))}
      </ul>
      <ShowMore
        shown={Math.min(count, people.length)}
        total={people.length}
        by={shownFirst}
        onMore={setCount}
      />
    </section>
  )
}

const NotHere = () => (
  <Notice tone="info" title={<Trans>Worked out by the team server</Trans>}>
    <p>
      <Trans>
        Measures in CQL need the team server. This copy of Gable runs in the browser alone, and
        shows none.
      </Trans>
    </p>
  </Notice>
)

function DueRow({ person }: Readonly<{ person: GapsWorklist['people'][number] }>) {
  const { gaps } = person
  return (
    <li className="due-row">
      <p className="due-row__who">
        <Link to={`/people/${person.id}/due`}>
          <PersonName family={person.family} given={person.given} />
        </Link>{' '}
        <span className="gable-meta">
          <Plural value={gaps.length} one="# thing due" other="# things due" />
          {person.coordinator ? <>, {person.coordinator}</> : null}
        </span>
      </p>
      <ul className="due-row__gaps">
        {gaps.map(({ measure, title, why, holds }) => (
          <li key={measure}>
            {title}:{' '}
            {holds ? (
              <Trans>the record shows “{why}”</Trans>
            ) : (
              <Trans>the record does not show “{why}”</Trans>
            )}
          </li>
        ))}
      </ul>
    </li>
  )
}
