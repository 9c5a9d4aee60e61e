import { isUnanswered, type SupportOffer } from '#domain/support/offer.ts'
import type { ReadingContext, ReadingItem } from './reading-context.ts'

/** What is arranged, then what was offered, each with everything that the person said about it. */
export function supportIn(context: ReadingContext): readonly ReadingItem[] {
  const { house, phrases, sayDay } = context
  const arranged = house.support.map(({ id, title, note, since }) => ({
    ...{ words: title, record: `ServiceRequest/${id}` },
    notes: [note, since ? phrases.since(sayDay(since)) : ''].filter(Boolean),
  }))
  const offered = house.offers.map((offer, place) => ({
    ...(place === 0 ? { label: phrases.offers } : {}),
    ...{ words: offer.what, record: `ServiceRequest/${offer.id}` },
    notes: offerNotes(offer, context),
  }))
  return [...arranged, ...offered]
}

function offerNotes(
  offer: SupportOffer,
  { house, phrases, sayDay }: ReadingContext,
): readonly string[] {
  const { from, by, at, said, ended } = offer
  const goal = house.goals.find(({ id }) => id === offer.goal)
  const answers = said.map((word) =>
    [
      `${word.by.name}, ${sayDay(word.at)}: ${phrases.offerAnswers[offer.kind][word.answer]}`,
      ...(word.words ? [`“${word.words}”`] : []),
    ].join('. '),
  )
  return [
    ...(from ? [from] : []),
    ...(goal ? [phrases.forGoal(goal.words)] : []),
    phrases.offeredBy(by.name, sayDay(at)),
    ...(ended ? [phrases.endedOn(sayDay(ended.at), ended.words)] : []),
    ...(isUnanswered(offer) ? [phrases.noAnswer] : answers),
  ]
}
