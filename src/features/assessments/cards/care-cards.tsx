import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import {
  careCardQueries,
  type PersonCard,
  suggestionOfStep,
  suggestStep,
} from '#client/queries/suggestion/care-cards.ts'
import { SuggestionCard } from '#features/assessments/results/suggestion-card.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { useInView } from '#ui/layout/use-in-view.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** What the record and the answers point to: pathways, and prompts about medicines. Nothing happens by itself. */
export function CareCards({ person }: { person: string }) {
  const { data } = useSuspenseQuery(careCardQueries.ofPerson(person))
  const { cards, noMedicines } = data
  return (
    <section id="care-cards" className="assess-cards" aria-labelledby="care-cards-heading">
      <h2 id="care-cards-heading">
        <Trans>Worth a look</Trans>
      </h2>
      {cards.length > 0 ? (
        <>
          <p>
            <Trans>
              The record or the answers point here. Nothing changes until you decide with the
              person.
            </Trans>
          </p>
          <UnverifiedMark what="care-card" />
        </>
      ) : (
        <p>
          <Trans>
            No card fits what you can see of the record. That does not mean that all is well.
          </Trans>
        </p>
      )}
      {noMedicines && (
        <StateMark state="missing">
          <Trans>No current medicine is on the record that you can see. We cannot say more.</Trans>
        </StateMark>
      )}
      {cards.map((card) => (
        <OneCard key={card.code} card={card} person={person} />
      ))}
    </section>
  )
}

function OneCard({ card, person }: { card: PersonCard; person: string }) {
  const id = `card-${card.code}`
  const { part, isAsked } = useInView(id)
  const missing = card.facts.filter((fact) => fact.missing)
  const known = card.facts.filter((fact) => !fact.missing)
  return (
    <div ref={part} id={id}>
      <details className="assess-card" open={isAsked || undefined}>
        <summary>
          <b>{card.title}</b>
        </summary>
        {card.kind === 'medicine' && (
          <p className="assess-meta">
            <Trans>For the GP or pharmacist. Nobody changes a medicine because of this.</Trans>
          </p>
        )}
        {card.lines.map(({ words, source }) => (
          <p key={words}>
            {words} <span className="assess-meta">{source}</span>
          </p>
        ))}
        <p>
          <b>
            <Trans>Why it is shown</Trans>
          </b>
        </p>
        <ul>
          {card.why.map(({ words, on }) => (
            <li key={`${words} ${on}`}>
              <Dated words={words} on={on} />
            </li>
          ))}
        </ul>
        <Facts missing={missing} known={known} />
        <p>
          <b>
            <Trans>What you could do</Trans>
          </b>
        </p>
        <ul className="assess-suggestions">
          {card.steps.map((step) => (
            <SuggestionCard
              key={step.code}
              suggestion={suggestionOfStep(card, step)}
              person={person}
              within={card.title}
              ensure={() => suggestStep(person, card, step.code)}
            />
          ))}
        </ul>
      </details>
    </div>
  )
}

type FactsProps = Readonly<Record<'missing' | 'known', PersonCard['facts']>>

/** What is known to judge, and what nobody has measured or asked: never counted as fine. */
function Facts({ missing, known }: FactsProps) {
  if (missing.length + known.length === 0) return null
  return (
    <>
      <p>
        <b>
          <Trans>To judge it</Trans>
        </b>
      </p>
      <ul>
        {known.map(({ words, on }) => (
          <li key={words}>
            <Dated words={words} on={on} />
          </li>
        ))}
        {missing.map(({ words }) => (
          <li key={words}>
            <StateMark state="missing">
              <Trans>Missing. {words}</Trans>
            </StateMark>
          </li>
        ))}
      </ul>
    </>
  )
}

function Dated({ words, on }: { words: string; on?: string | undefined }) {
  return (
    <>
      <bdi>{words}</bdi>
      {on && (
        <>
          , <DateText date={on} />
        </>
      )}
    </>
  )
}
