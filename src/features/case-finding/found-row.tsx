import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { changeables } from '#domain/stratification/changeable.ts'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { CaseDecision } from './deciding/case-decision.tsx'
import { FoundChance } from './found-chance.tsx'
import { frailtyBandLabels } from './labels.ts'
import { changeableLabels } from './stratum-labels.ts'

const mostConditions = 3

/** One person of the list on as few lines as possible: who, how likely a stay is, why, and what to do. */
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
        {person.isNew ? (
          <Chip>
            <Trans>New here</Trans>
          </Chip>
        ) : null}
        <p className="find__meta">
          {age === undefined ? <Trans>Age not known</Trans> : age}
          {' · '}
          <NhsNumber value={person.nhsNumber} />
        </p>
      </div>
      <FoundChance person={person} />
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
      <span className="find__meta">
        <Trans>No score: no coded conditions</Trans>
      </span>
    )
  return (
    <span className="find__meta">
      {t(band)}
      {', '}
      {person.band === 'unclear' ? (
        <Trans>codes not recognised</Trans>
      ) : (
        <Trans>{person.frailty} of 36</Trans>
      )}
      {' · '}
      <Trans>Charlson {person.charlson}</Trans>
      {!person.birthDate && <Trans>, age not counted</Trans>}
    </span>
  )
}

/** What sets this person apart first: stays, then conditions; and what could be changed. */
function Why({ person }: { person: FoundPerson }) {
  const { t } = useLingui()
  const { conditions, medicines } = person
  const more = conditions.length - mostConditions
  const found = changeables.filter((each) => person.changeable.includes(each))
  return (
    <div className="find__why">
      <p>
        <Stays person={person} />
        {conditions.slice(0, mostConditions).join(', ')}
        {more > 0 && (
          <>
            {', '}
            <Link to={`/people/${person.id}/score`}>
              <Plural value={more} one="# more" other="# more" />
            </Link>
          </>
        )}
        {conditions.length > 0 && '. '}
        {medicines > 0 && (
          <>
            <Plural value={medicines} one="# medicine" other="# medicines" />
            {'. '}
          </>
        )}
        <Scores person={person} />{' '}
      </p>
      {found.length > 0 && (
        <ul aria-label={t`What could be changed`}>
          {found.map((each) => (
            <li key={each}>
              <Chip {...(each === 'comfort-first' ? { tone: 'warning' } : {})}>
                {t(changeableLabels[each])}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Stays({
  person: { stays = 0, bedDays = 0, admissions, persistent },
}: {
  person: FoundPerson
}) {
  if (stays === 0)
    return admissions > 0 ? (
      <strong>
        <Plural
          value={admissions}
          one="# emergency visit this year. "
          other="# emergency visits this year. "
        />
      </strong>
    ) : null
  return (
    <strong>
      <Plural value={stays} one="# emergency stay this year" other="# emergency stays this year" />
      {', '}
      <Plural value={bedDays} one="# night" other="# nights" />
      {persistent && <Trans>, as many the year before</Trans>}
      {'. '}
    </strong>
  )
}
