import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { Chip } from '#ui/layout/chip.tsx'
import { NhsNumber } from '#ui/text/nhs-number.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { CaseDecision } from './case-decision.tsx'
import { frailtyBandLabels } from './labels.ts'

const mostConditions = 5

/** One person of the list: who, how frail and ill by the scores, why, and what to do. */
export function FoundRow({ place, person }: Readonly<{ place: number; person: FoundPerson }>) {
  const { id, family, given, title } = person
  const age = ageOn(person.birthDate, clockToday())
  return (
    <li className="find__row">
      <span className="find__place" aria-hidden="true">
        {place}
      </span>
      <div>
        <Link className="find__name" to={`/people/${id}/score`}>
          <PersonName {...{ family, given, title }} />
        </Link>
        <p className="find__meta">
          {age === undefined ? <Trans>Age not known</Trans> : age}
          {' · '}
          <NhsNumber value={person.nhsNumber} />
        </p>
      </div>
      <Scores person={person} />
      <Why person={person} />
      {person.died || person.setAside ? (
        <p className="find__decision find__meta">
          {person.died ? <Trans>Died</Trans> : <Trans>This record is no longer in use</Trans>}
        </p>
      ) : (
        <CaseDecision person={person} />
      )}
    </li>
  )
}

function Scores({ person }: { person: FoundPerson }) {
  const { t } = useLingui()
  const band = person.band ? frailtyBandLabels[person.band] : undefined
  if (!band)
    return (
      <p className="find__scores">
        <Trans>No score: no coded conditions</Trans>
      </p>
    )
  return (
    <p className="find__scores">
      <strong>{t(band)}</strong>
      <span>
        {person.band === 'unclear' ? (
          <Trans>Frailty: codes not recognised</Trans>
        ) : (
          <Trans>{person.frailty} of 36</Trans>
        )}
      </span>
      <span>
        <Trans>Charlson {person.charlson}</Trans>
        {!person.birthDate && <Trans>, age not counted</Trans>}
      </span>
    </p>
  )
}

function Why({ person }: { person: FoundPerson }) {
  const { conditions, admissions, medicines } = person
  const more = conditions.length - mostConditions
  return (
    <ul className="find__why">
      {admissions > 0 && (
        <li>
          <Chip tone="warning">
            <Plural
              value={admissions}
              one="# emergency visit or stay this year"
              other="# emergency visits or stays this year"
            />
          </Chip>
        </li>
      )}
      {medicines > 0 && (
        <li>
          <Chip>
            <Plural value={medicines} one="# medicine" other="# medicines" />
          </Chip>
        </li>
      )}
      {conditions.slice(0, mostConditions).map((each) => (
        <li key={each}>
          <Chip>{each}</Chip>
        </li>
      ))}
      {more > 0 && (
        <li className="find__meta">
          <Plural value={more} one="# more" other="# more" />
        </li>
      )}
    </ul>
  )
}
