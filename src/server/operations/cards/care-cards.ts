import type { Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { type CardStep, ruleOfStep, type ShownCard } from '#domain/pathway/care-card.ts'
import { personCards } from '#domain/pathway/person-cards.ts'
import { ruleFindingIn } from '#domain/suggestion/fhir.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { cardsOfPerson } from './cards-of-person.ts'

/** What the record and the answers of a person point to, for the professionals who may see those records. */
export const careCardsOperation: Operation = {
  name: 'care-cards',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Pathway cards and medicine prompts for a person, from the records that the caller may see: why each is shown, what is missing to judge, and steps that can be suggested. Between professionals',
  async run(call) {
    if (!isStaff(call.actor)) throw forbidden('Cards are between professionals')
    const { cards, decided, hasMedicines } = await cardsOfPerson(call, call.sql)
    return personCards.write({
      cards: cards.map((shown) => cardAnswer(shown, decided)),
      noMedicines: !hasMedicines,
    })
  },
}

function cardAnswer(shown: ShownCard, decided: readonly Task[]) {
  const { card, finding } = shown
  const { code, version, kind, title, lines } = card
  return {
    ...{ code, version, kind, title, lines, finding },
    why: shown.why.map(({ words, record, on }) => ({
      ...{ words, ...given('record', record || undefined), ...given('on', on) },
    })),
    facts: shown.facts.map(({ words, on, isMissing }) => ({
      ...{ words, missing: isMissing, ...given('on', on) },
    })),
    steps: card.steps.map((step) => ({ ...stepAnswer(step), ...made(shown, step, decided) })),
  }
}

const stepAnswer = ({ code, kind, words, days, next }: CardStep) => ({
  ...{ code, kind, words, ...given('days', days) },
  ...given('next', next && libraryUrl(next)),
})

function made({ card, finding }: ShownCard, step: CardStep, decided: readonly Task[]) {
  const rule = ruleOfStep(card.code, step.code)
  const task = decided.find(
    (each) =>
      each.reasonCode?.coding?.[0]?.code === rule &&
      (ruleFindingIn(each) === finding || each.status === 'requested'),
  )
  return given('decided', task)
}
