import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { dayHere } from '#client/clock.ts'
import { importQueries } from '#client/queries/admin/import.ts'
import type { Person } from '#domain/person/person.ts'
import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

const mostPeople = 25

/** The people in these files, with what is not known about each. */
export function ImportedPeople({
  ids,
  total,
}: Readonly<{ ids: readonly string[]; total: number }>) {
  const { data: people } = useQuery(importQueries.people(ids.slice(0, mostPeople)))
  const more = total - mostPeople
  if (people?.length === 0) return null
  return (
    <>
      <h2>
        <Trans>People in these files</Trans>
      </h2>
      {people ? (
        <ul className="import-list">
          {people.map((person) => (
            <PersonLine key={person.id} person={person} />
          ))}
        </ul>
      ) : (
        <Skeleton lines={4} atOnce />
      )}
      {more > 0 && (
        <p className="import-note">
          <Plural value={more} one="and # more" other="and # more" />
        </p>
      )}
    </>
  )
}

function PersonLine({ person }: { person: Person }) {
  const { id, family, given, birthDate, died, nhsNumber } = person
  return (
    <li>
      <Link to={`/people/${id}/story`}>
        <PersonName {...{ family, given }} />
      </Link>
      <span className="import-facts">
        <BirthAndNumber {...{ birthDate, nhsNumber }} />
        {died && (
          <StateMark state="missing">
            {died === true ? (
              <Trans>Has died</Trans>
            ) : (
              <Trans>
                Died <DateText date={dayHere(died)} />
              </Trans>
            )}
          </StateMark>
        )}
      </span>
    </li>
  )
}
