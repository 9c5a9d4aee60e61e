import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { PersonBelow, Population } from '#domain/population/population-parameters.ts'
import { Count, countIn } from '#features/case-finding/population/count.tsx'
import { ChangeableChips } from '#features/parts/find/changeable-chips.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** Who is just below the line: with names for those who may see them, else with pseudonyms. */
export function BelowLine({ population }: { population: Population }) {
  const { t } = useLingui()
  const { below, alsoBelow, places, rounded } = population
  if (below.length === 0) return null
  return (
    <section className="population-below" aria-label={t`Just below the line`}>
      <h3>
        <Plural
          value={places}
          one="Our room ends here: # free place"
          other="Our room ends here: # free places"
        />
      </h3>
      {rounded ? (
        <ul>
          {below.map((person) => (
            <Row key={person.pseudonym} person={person} rounded />
          ))}
        </ul>
      ) : (
        <ol start={below[0]?.place ?? 1}>
          {below.map((person) => (
            <Row key={person.pseudonym} person={person} rounded={false} />
          ))}
        </ol>
      )}
      <p>
        {countIn(alsoBelow) > 0 ? (
          <>
            <b>
              <Trans>
                <Count of={alsoBelow} /> more are as near.
              </Trans>
            </b>{' '}
          </>
        ) : null}
        {rounded ? (
          <Trans>
            You see no names. The team that looks after them can see who this is, by the same
            letters.
          </Trans>
        ) : (
          <Trans>
            Everybody is counted again every day. Whoever needs a coordinator more than the number
            says can be taken on instead.
          </Trans>
        )}
      </p>
    </section>
  )
}

function Row({ person, rounded }: Readonly<{ person: PersonBelow; rounded: boolean }>) {
  return (
    <li>
      <span className="population__meta" aria-hidden="true">
        {person.place ?? '·'}
      </span>
      <Who person={person} />
      <Chance person={person} rounded={rounded} />
      {rounded ? null : <WhatCouldChange changeable={person.changeable} />}
    </li>
  )
}

function Who({ person }: { person: PersonBelow }) {
  const { id, family, given, title, pseudonym, birthDate } = person
  if (id === undefined) return <b>{pseudonym}</b>
  const age = birthDate === undefined ? undefined : ageOn(birthDate, clockToday())
  return (
    <div>
      <Link to={`/people/${id}/score`}>
        <PersonName {...{ family, given, title }} />
      </Link>
      <p className="population__meta">
        {age === undefined ? <Trans>Age not known</Trans> : age} ·{' '}
        <Trans>to a manager: {pseudonym}</Trans>
      </p>
    </div>
  )
}

function Chance({
  person: { chance, chanceBefore },
  rounded,
}: Readonly<{ person: PersonBelow; rounded: boolean }>) {
  if (chance === undefined) return <p />
  if (rounded)
    return (
      <p>
        <Trans>
          {chance} to {chance + 9} in 100
        </Trans>
      </p>
    )
  return (
    <p>
      <Trans>
        <b className="population-below__chance">{chance}</b> in 100
      </Trans>
      {chanceBefore === undefined || chanceBefore === chance ? null : (
        <span className="population__meta">
          {' '}
          <Trans>was {chanceBefore}</Trans>
        </span>
      )}
    </p>
  )
}

function WhatCouldChange({ changeable }: Pick<PersonBelow, 'changeable'>) {
  if (changeable.length > 0) return <ChangeableChips changeable={changeable} />
  return (
    <p className="population__meta">
      <Trans>Nothing found yet that could be changed</Trans>
    </p>
  )
}
