import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { inHospitalQuery } from '#client/queries/monitoring/in-hospital.ts'
import { useSession } from '#client/session/session.ts'
import {
  coordinated,
  daysAtHome,
  type HospitalPlace,
  type PersonInHospital,
} from '#domain/case/in-hospital.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { ShowMore } from '#features/parts/find/show-more.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { InHospitalRow } from './in-hospital-row.tsx'

type Which = (typeof coordinated)[number]

/** Who is in hospital, in an emergency department, or just home; those whose care nobody coordinates come first. */
export function InHospitalPage() {
  const { t } = useLingui()
  const [query] = useSearchParams()
  const which = coordinated.find((each) => each === query.get('who')) ?? 'nobody'
  return (
    <div>
      <FindNav />
      <PageHeading
        title={t`In hospital`}
        lead={t`Who is in hospital now, or came home in the last ${daysAtHome} days. A stay is a good moment to ask who coordinates.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Lists key={which} which={which} />
      </Suspense>
    </div>
  )
}

function Lists({ which }: { which: Which }) {
  const { t } = useLingui()
  const identity = useSession((session) => session.actor?.identity ?? '')
  const [count, setCount] = useState<number>()
  const { data } = useSuspenseQuery(inHospitalQuery(identity, which, count))
  const totals = { ...data, all: data.nobody + data.somebody }
  const titles: readonly (readonly [HospitalPlace, string])[] = [
    ['ward', t`On a ward`],
    ['emergency-department', t`In an emergency department`],
    ['home', t`Home again`],
  ]
  return (
    <>
      <WhoNav which={which} nobody={data.nobody} somebody={data.somebody} />
      {data.people.length === 0 ? <NobodyThere which={which} /> : null}
      {titles.map(([place, title]) => (
        <Place
          key={place}
          title={title}
          people={data.people.filter((each) => each.place === place)}
        />
      ))}
      <ShowMore shown={data.people.length} total={totals[which]} onMore={setCount} />
    </>
  )
}

/** Links, each with its own address; they differ only in the query, which a NavLink does not compare. */
function WhoNav(props: { which: Which; nobody: number; somebody: number }) {
  const { t } = useLingui()
  const { which, nobody, somebody } = props
  const lists = {
    nobody: { words: t`Nobody coordinates`, count: nobody },
    somebody: { words: t`On a caseload`, count: somebody },
    all: { words: t`Everyone`, count: nobody + somebody },
  }
  return (
    <nav className="gable-subnav" aria-label={t`Who is shown`}>
      <ul>
        {coordinated.map((each) => (
          <li key={each}>
            <Link to={`?who=${each}`} aria-current={each === which ? 'page' : undefined}>
              {lists[each].words} ({lists[each].count})
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Place({
  title,
  people,
}: Readonly<{ title: string; people: readonly PersonInHospital[] }>) {
  if (people.length === 0) return null
  return (
    <section className="gable-section" aria-label={title}>
      <h2>
        {title} ({people.length})
      </h2>
      {wardsOf(people).map(([ward, inIt]) => (
        <div key={ward}>
          {ward ? (
            <p className="in-hospital__ward" aria-hidden="true">
              {ward} ({inIt.length})
            </p>
          ) : null}
          <ul className="gable-boxed-rows" aria-label={ward || undefined}>
            {inIt.map((person) => (
              <InHospitalRow key={person.id} person={person} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** By hospital and ward, in the order of their names; who is home again is not on a ward any more. */
const wardsOf = (people: readonly PersonInHospital[]) =>
  [
    ...Map.groupBy(people, ({ place, hospital, ward }) =>
      place === 'home' ? '' : [hospital, ward].filter(Boolean).join(', '),
    ),
  ].toSorted(([one], [other]) => one.localeCompare(other))

function NobodyThere({ which }: { which: Which }) {
  return (
    <EmptyState
      title={
        which === 'nobody' ? (
          <Trans>Nobody without a coordinator</Trans>
        ) : (
          <Trans>Nobody in hospital</Trans>
        )
      }
    >
      <p>
        <Trans>
          Stays come from hospital messages and imported records. Who is not reported is not here.
        </Trans>
      </p>
    </EmptyState>
  )
}
