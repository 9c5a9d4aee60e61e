import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import type { RosterWhy } from '#domain/roster/registration-changes.ts'
import { peopleAPage, type Roster } from '#domain/roster/roster-parameters.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

const fewShown = 5

type Props = Readonly<{
  title: string
  people: Roster['members']
  isLeaving?: boolean
}>

/** People with the day on which they joined or left, and why. */
export function RosterPeople({ title, people, isLeaving = false }: Props) {
  const [isWhole, setWhole] = useState(false)
  if (people.length === 0) return null
  const shown = isWhole ? people : people.slice(0, fewShown)
  const hidden = people.length - shown.length
  return (
    <section className="gable-section" aria-label={title}>
      <h2>
        {title}{' '}
        {people.length < peopleAPage ? (
          `(${people.length})`
        ) : (
          <Trans>(up to {peopleAPage} are shown)</Trans>
        )}
      </h2>
      <ul className="gable-boxed-rows roster__people">
        {shown.map((person) => (
          <li key={`${person.id} ${person.onDay}`}>
            <Link to={`/people/${person.id}/plan`}>
              <PersonName family={person.family} given={person.given} />
            </Link>
            <span className="gable-meta">
              {person.birthDate ? (
                <Trans>
                  Born <DateText date={person.birthDate} />
                </Trans>
              ) : (
                <Trans>Birth date not known</Trans>
              )}
              {' · '}
              {isLeaving ? (
                <Trans>
                  left <DateText date={person.onDay} />
                </Trans>
              ) : (
                <Trans>
                  since <DateText date={person.onDay} />
                </Trans>
              )}
              {' · '}
              <Why why={person.why} words={person.words} />
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <Button variant="link" onClick={() => setWhole(true)}>
          <Plural value={hidden} one="Show # more" other="Show # more" />
        </Button>
      ) : null}
    </section>
  )
}

function Why({ why, words }: Readonly<{ why: string; words: string }>) {
  const { t } = useLingui()
  const texts: Readonly<Record<RosterWhy, string>> = {
    registered: t`registered then`,
    'first-known': t`first known here then`,
    'on-list': t`on the practice’s whole list`,
    'moved-practice': t`moved to another practice`,
    'moved-area': t`moved out of the area`,
    'moved-abroad': t`moved abroad`,
    died: t`died`,
    'taken-off': t`the practice was taken off the record`,
    'not-on-list': t`not on the practice’s whole list`,
    other: t`another reason`,
  }
  const text = texts[why as RosterWhy] ?? why
  return (
    <>
      {text}
      {words ? (
        <>
          {' '}
          (<bdi>{words}</bdi>)
        </>
      ) : null}
    </>
  )
}
