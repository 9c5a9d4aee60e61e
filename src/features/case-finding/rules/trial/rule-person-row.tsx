import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { RulePerson } from '#domain/rule/rule-parameters.ts'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

const mostConditions = 4

/** One person behind a figure: who, and why, in few words. */
export function RulePersonRow({
  person,
  children,
}: Readonly<{ person: RulePerson; children?: ReactNode }>) {
  const age = ageOn(person.birthDate, clockToday())
  const { id, family, given, title, nhsNumber } = person
  return (
    <li className="rule-person">
      <p className="rule-person__who">
        <Link to={`/people/${id}/score`}>
          <PersonName {...{ family, given, title }} />
        </Link>
        <span className="rule-meta">
          {age === undefined ? <Trans>Age not known</Trans> : age}
          {' · '}
          <NhsNumber value={nhsNumber} />
        </span>
      </p>
      <p>
        <Why person={person} />
      </p>
      {children}
    </li>
  )
}

function Why({ person }: { person: RulePerson }) {
  const { i18n } = useLingui()
  const { conditions, stays = 0, lastStay, frailtyUp = 0, chance, medicines = 0 } = person
  const shown = conditions.slice(0, mostConditions)
  const more = conditions.length - shown.length
  return (
    <>
      {shown.length === 0 ? <Trans>Nothing coded.</Trans> : `${i18n._(shown.join(', '))}`}
      {more > 0 ? (
        <>
          {' '}
          <Trans>and {more} more</Trans>
        </>
      ) : null}
      {shown.length === 0 ? null : '.'}{' '}
      {stays > 0 && lastStay ? (
        <Trans>
          <Plural value={stays} one="One emergency stay" other="# emergency stays" /> in a year, the
          last on <DateText date={lastStay} />.
        </Trans>
      ) : null}{' '}
      {frailtyUp > 0 ? (
        <Plural
          value={frailtyUp}
          one="# new frailty problem in two years."
          other="# new frailty problems in two years."
        />
      ) : null}{' '}
      {chance === undefined ? null : <Trans>Chance: {chance} in 100.</Trans>}{' '}
      {medicines > 0 ? <Plural value={medicines} one="# medicine." other="# medicines." /> : null}{' '}
      {person.careHome ? <Trans>Lives in a care home.</Trans> : null}{' '}
      {person.coordinator ? <Trans>With {person.coordinator}.</Trans> : null}
    </>
  )
}
