import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import type { FoundPeople } from '#client/queries/monitoring/find-people.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import type { NotNow } from '#features/case-finding/deciding/not-now-dialog.tsx'
import { type Decisions, decidableName } from '#features/case-finding/deciding/use-decisions.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { FoundChance } from './found-chance.tsx'
import { mayBeDecided } from './listed.ts'
import { EarlierDecision, RowDecision } from './row-decision.tsx'
import { type OthersHave, RowReasons } from './row-reasons.tsx'

type Props = Readonly<{
  place: number
  person: FoundPerson
  /** those that are switched on */
  rules: FoundPeople['rules']
  others: OthersHave
  decisions: Decisions
  isProfessional: boolean
  isSelected: boolean
  onSelect: () => void
  onNotNow: (person: FoundPerson, kind: NotNow) => void
  onFocus: () => void
  /** what the Tab key reaches: with the keys of the list, only the row at hand */
  tab: 0 | -1
}>

/** One person of the list on as few lines as possible: who, how likely a stay is, why, and what to do. */
export function FoundRow(props: Props) {
  const { place, person, others, isProfessional, isSelected, onSelect, onFocus, tab } = props
  const { t } = useLingui()
  const name = decidableName(person)
  return (
    <li
      className={`worklist__row ${isSelected ? 'worklist__row--selected' : ''}`}
      onFocus={onFocus}
    >
      <span className="worklist__select">
        {isProfessional && mayBeDecided(person) ? (
          <input
            type="checkbox"
            aria-label={t`Select ${name}`}
            checked={isSelected}
            onChange={onSelect}
            tabIndex={tab}
          />
        ) : null}
      </span>
      <span className="worklist__place" aria-hidden="true">
        {place}
      </span>
      <Who person={person} tab={tab} />
      <FoundChance person={person} tab={tab} />
      <div className="worklist__reasons">
        <EarlierDecision person={person} />
        <RowReasons {...{ person, others, tab }} rules={props.rules} />
      </div>
      <RowDecision {...props} />
    </li>
  )
}

/** Since the reader marked the list as seen. */
function MovedUp({ person: { chanceSeen, upBecause } }: { person: FoundPerson }) {
  if (chanceSeen === undefined) return null
  return (
    <Chip>
      <Trans>Up from {chanceSeen}:</Trans>{' '}
      {upBecause === 'stays' ? (
        <Trans>another stay</Trans>
      ) : upBecause === 'frailty' ? (
        <Trans>more frail</Trans>
      ) : upBecause === 'age' ? (
        <Trans>older</Trans>
      ) : (
        <Trans>counted again</Trans>
      )}
    </Chip>
  )
}

function Who({ person, tab }: Pick<Props, 'person' | 'tab'>) {
  const { id, family, given, title } = person
  const age = ageOn(person.birthDate, clockToday())
  return (
    <div>
      <Link className="worklist__name" to={`/people/${id}/score`} tabIndex={tab}>
        <PersonName {...{ family, given, title }} />
      </Link>
      {person.isNew ? (
        <Chip>
          <Trans>New here</Trans>
        </Chip>
      ) : null}
      <MovedUp person={person} />
      <p className="find__meta">
        {age === undefined ? <Trans>Age not known</Trans> : age}
        {' · '}
        <NhsNumber value={person.nhsNumber} />
      </p>
    </div>
  )
}
