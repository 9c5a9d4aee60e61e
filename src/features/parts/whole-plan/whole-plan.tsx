import { useLingui } from '@lingui/react'
import { clockToday, clockZone } from '#client/clock.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { englishPhrases } from '#domain/plan/document/plan-phrases.ts'
import { type PlanReading, planReading } from '#domain/plan/document/plan-reading.ts'
import type { ReadingItem } from '#domain/plan/document/reading-context.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { PaperPhoto } from '#features/parts/photo/paper-photo.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { usePlanPhrases } from './use-plan-phrases.ts'

type Facts = Readonly<{
  house: HouseRecord
  born?: string | undefined
  nhsNumber?: string | undefined
  hidden?: readonly HouseRoom[]
}>

/** The whole plan from top to bottom, to read and to print: every part, and nothing folded away. */
export function WholePlan({ house, born, nhsNumber, hidden = [] }: Facts) {
  const phrases = usePlanPhrases()
  const dayText = useDayText()
  const reading = planReading(house, {
    ...{ phrases, born, nhsNumber, hidden, today: clockToday() },
    sayDay: (at) => sayDay(at, dayText),
  })
  return <ReadingParts reading={reading} person={hidden.includes('me') ? '' : house.person} />
}

/** A month or a year alone stays as it is recorded. */
function sayDay(at: string, dayText: (day: string) => string): string {
  const day = dayOf(at, clockZone())
  return /^\d{4}-\d\d-\d\d$/.test(day) ? dayText(day) : day
}

function ReadingParts(props: { reading: PlanReading; person: string }) {
  const { facts, parts } = props.reading
  return (
    <article className="whole-plan">
      {props.person ? <PaperPhoto person={props.person} /> : null}
      <ul className="whole-plan__facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {parts.map(({ part, title, items, none }) => (
        <section key={part} aria-labelledby={`part-${part}`}>
          <h2 id={`part-${part}`}>{title}</h2>
          {items.length === 0 ? <p className="whole-plan__none">{none}</p> : null}
          {items.map((item) => (
            <Item key={`${item.record}-${item.level}-${item.label}-${item.words}`} item={item} />
          ))}
        </section>
      ))}
    </article>
  )
}

function Item({ item }: { item: ReadingItem }) {
  const { label, words, own, notes, steps = [], level } = item
  return (
    <div className={`whole-plan__item${level ? ` is-${level}` : ''}`}>
      {label ? (
        <h3>
          {label}
          <EnglishLevel level={level} />
        </h3>
      ) : null}
      {words === '' ? null : own ? (
        <Quote>{words}</Quote>
      ) : (
        <p className="whole-plan__words">
          <OwnText>{words}</OwnText>
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="whole-plan__note">
          {note}
        </p>
      ))}
      {steps.length > 0 ? (
        <ul>
          {steps.map((step) => (
            <li key={step.record}>
              <Item item={step} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** What must not be misunderstood: beside the name of the colour, its English. */
function EnglishLevel({ level }: Readonly<{ level: ReadingItem['level'] }>) {
  const { i18n } = useLingui()
  if (!level || i18n.locale === 'en') return null
  return (
    <>
      {' '}
      <span lang="en" dir="ltr">
        ({englishPhrases.levels[level]})
      </span>
    </>
  )
}
