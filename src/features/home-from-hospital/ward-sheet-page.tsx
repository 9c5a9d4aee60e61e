import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { essentialsQuery } from '#client/queries/worse/essentials.ts'
import { forSheet } from '#domain/card/for-sheet.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import { mySectionWords } from '#features/parts/answer/section-words.ts'
import { EssentialsView } from '#features/parts/emergency-card/essentials-view.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/**
 * One sheet of paper for the ward: what matters, how to talk with the person, who cares, allergies, medicines, and what to do
 * if things get worse. What is kept to named professionals is left out.
 */
export function WardSheetPage() {
  const { t, i18n } = useLingui()
  const { person = '' } = useParams()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: whole } = useSuspenseQuery(essentialsQuery(person))
  const { essentials, left, isCut, isFull } = forSheet(whole)
  const restrictionOf = useRestrictions()
  const said = aboutMeSections.flatMap((section) => {
    const about = house.aboutMe.find((each) => each.section === section)
    if (!about?.words || restrictionOf(`Observation/${about.id}`)) return []
    return [about]
  })
  return (
    <div className="ward-sheet">
      <PageHeading
        title={t`What matters to ${house.givenName}`}
        lead={t`For the ward: please keep this with the notes.`}
        actions={
          <>
            <Link to={`/people/${person}/home-from-hospital`}>
              <Trans>Back to the stay</Trans>
            </Link>{' '}
            <Button variant="link" onClick={() => globalThis.print()}>
              <Trans>Print</Trans>
            </Button>
          </>
        }
      />
      <article className={`worse-card ${isFull || said.length > 3 ? 'is-full' : ''}`}>
        <div className="worse-card__head">
          <div>
            <h2>{essentials.name}</h2>
            <p>
              {essentials.birthDate ? (
                <Trans>
                  Born <DateText date={essentials.birthDate} />.
                </Trans>
              ) : null}{' '}
              <Trans>
                What matters to this person, for the ward, from the record on{' '}
                <DateText date={clockToday()} />. Ask the person first.
              </Trans>
            </p>
          </div>
        </div>
        {said.length === 0 ? (
          <p className="gable-missing">
            <Trans>Nothing is written in About me yet</Trans>
          </p>
        ) : null}
        <div className="worse-essentials">
          {said.map(({ section, words, saidBy, saidOn }) => (
            <section key={section} className="worse-part">
              <h2>{i18n._(mySectionWords[section])}</h2>
              <SaidQuote size="row" isPersons={saidBy?.voice === 'person'}>
                {words}
              </SaidQuote>
              <p className="gable-meta">
                {saidBy?.name}
                {saidOn ? (
                  <>
                    {', '}
                    <DateText date={saidOn} />
                  </>
                ) : null}
              </p>
            </section>
          ))}
        </div>
        <EssentialsView essentials={{ ...essentials, matters: '' }} left={left} />
        <p className="worse-card__foot">
          {isCut ? <Trans>“…” means that there is more in the plan.</Trans> : null}{' '}
          <Trans>This is not the whole record: something may be held back.</Trans>
        </p>
      </article>
    </div>
  )
}
