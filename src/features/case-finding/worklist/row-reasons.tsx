import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import type { FoundPeople } from '#client/queries/monitoring/find-people.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { tellingApart } from '#domain/stratification/telling-apart.ts'
import { FromElsewhere } from '#features/case-finding/feeds/from-elsewhere.tsx'
import { frailtyBandLabels } from '#features/case-finding/labels.ts'
import { ChangeableChips } from '#features/parts/find/changeable-chips.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** How many of the list have each condition. */
export type OthersHave = Readonly<{ counts: ReadonlyMap<string, number>; total: number }>

const mostConditions = 2

type Props = Readonly<{
  person: FoundPerson
  others: OthersHave
  rules: FoundPeople['rules']
  tab: 0 | -1
}>

/** What tells this person apart first: stays, then the conditions that fewest have; the rest opens in place. */
export function RowReasons({ person, others, rules, tab }: Props) {
  const [open, setOpen] = useState(false)
  const conditions = tellingApart(person.conditions, others)
  const shown = open ? conditions : conditions.slice(0, mostConditions)
  const more = conditions.length - mostConditions
  return (
    <div className="worklist__why">
      <p>
        <FromElsewhere person={person} />
        <Stays person={person} />
        {shown.join(', ')}
        {more > 0 ? (
          <>
            {', '}
            <span className="worklist__rest">
              <button
                type="button"
                className="worklist__more"
                aria-expanded={open}
                tabIndex={tab}
                onClick={() => setOpen(!open)}
              >
                {open ? <Trans>fewer</Trans> : <Plural value={more} one="# more" other="# more" />}
              </button>
              .
            </span>{' '}
          </>
        ) : conditions.length > 0 ? (
          '. '
        ) : null}
      </p>
      <ChangeableChips changeable={person.changeable} />
      {rules
        .filter(({ id }) => person.foundBy.includes(id))
        .map(({ id, name }) => (
          <p key={id} className="find__meta">
            <Trans>
              Rule:{' '}
              <Link to={`/find/rules/${id}`} tabIndex={tab}>
                {name}
              </Link>
            </Trans>{' '}
          </p>
        ))}
      {open || conditions.length === 0 ? <More person={person} /> : null}
    </div>
  )
}

/** What does not tell people apart: the scores, and when they were last seen. */
function More({ person }: { person: FoundPerson }) {
  const { medicines, lastContact } = person
  return (
    <p className="find__meta">
      <Scores person={person} />
      {medicines > 0 ? (
        <>
          {' · '}
          <Plural value={medicines} one="# medicine" other="# medicines" />
        </>
      ) : null}
      {lastContact ? (
        <>
          {' · '}
          <Trans>
            last seen <DateText date={lastContact} />
          </Trans>
        </>
      ) : null}
    </p>
  )
}

function Scores({ person }: { person: FoundPerson }) {
  const { t } = useLingui()
  const band = person.band ? frailtyBandLabels[person.band] : undefined
  if (!band) return <Trans>No score: no coded conditions</Trans>
  return (
    <>
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
    </>
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
        <Plural value={admissions} one="# emergency visit. " other="# emergency visits. " />
      </strong>
    ) : null
  return (
    <strong>
      <Plural value={stays} one="# emergency stay" other="# emergency stays" />
      {', '}
      <Plural value={bedDays} one="# night" other="# nights" />
      {persistent && <Trans>, and two stays or more the year before</Trans>}
      {'. '}
    </strong>
  )
}
