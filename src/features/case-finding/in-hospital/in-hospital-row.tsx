import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { PersonInHospital } from '#domain/case/in-hospital.ts'
import { CaseDecision } from '#features/case-finding/deciding/case-decision.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import './in-hospital.css'

/** Somebody in hospital: where, since when, what for, and whether to take them on. */
export function InHospitalRow({ person }: { person: PersonInHospital }) {
  const { id, family, given, birthDate, ward, hospital, reason, chance } = person
  const age = ageOn(birthDate || undefined, clockToday())
  return (
    <li className="in-hospital">
      <div>
        <h3 className="in-hospital__who">
          <Link to={`/people/${id}/${person.caseStatus ? 'home-from-hospital' : 'score'}`}>
            <PersonName {...{ family, given }} />
          </Link>
          {age === undefined ? null : <>, {age}</>}
        </h3>
        {reason ? <p>{reason}</p> : null}
        <p className="gable-meta">
          <When person={person} />
          {[ward, hospital].filter(Boolean).map((place) => (
            <span key={place}> · {place}</span>
          ))}
        </p>
        {person.expected && !person.until ? (
          <p className="gable-meta">
            <Trans>
              Expected home on <DateText date={person.expected} />
            </Trans>
          </p>
        ) : null}
        {person.mayHaveEnded ? (
          <p className="gable-meta">
            <Trans>Nobody has said that this stay ended. It may have.</Trans>
          </p>
        ) : null}
        {chance === undefined ? null : (
          <p className="gable-meta">
            <Trans>Chance of an emergency stay in a year: {chance} in 100</Trans>
          </p>
        )}
      </div>
      <CaseDecision person={person} />
    </li>
  )
}

function When({ person: { since, until, emergency } }: { person: PersonInHospital }) {
  if (until)
    return (
      <Trans>
        Home since <DateText date={until} />
      </Trans>
    )
  if (!since) return <Trans>Since a day that is not recorded</Trans>
  return emergency ? (
    <Trans>
      Emergency, since <DateText date={since} />
    </Trans>
  ) : (
    <Trans>
      Since <DateText date={since} />
    </Trans>
  )
}
