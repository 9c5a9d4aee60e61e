import type { PlanDefinition, Task } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { ruleOfStep } from '#domain/pathway/care-card.ts'
import {
  careCardList,
  personCards,
  suggestStepRequest,
  switchCareCardRequest,
} from '#domain/pathway/person-cards.ts'
import { suggestionFromFhir } from '#domain/suggestion/fhir.ts'
import type { Suggestion } from '#domain/suggestion/suggestion.ts'

export type PersonCard = In<typeof personCards>['cards'][number]
type PersonStep = PersonCard['steps'][number]
export type ListedCard = In<typeof careCardList>['cards'][number]

export const careCardQueries = {
  /** The cards that the record of a person points to, as this reader may see it. */
  ofPerson: (person: string) =>
    queryOptions({
      queryKey: ['care-cards', person],
      queryFn: async ({ signal }) =>
        personCards.read(await fhir.operation(`Patient/${person}/$care-cards`, undefined, signal)),
      meta: {
        kinds: [
          ...['Patient', 'Condition', 'MedicationRequest', 'MedicationStatement', 'Observation'],
          ...['QuestionnaireResponse', 'Task', 'PlanDefinition'],
        ],
      },
    }),
  /** Every card as it is here, and who switched it. */
  all: () =>
    queryOptions({
      queryKey: ['care-card-list'],
      queryFn: async ({ signal }) =>
        careCardList.read(await fhir.operation('PlanDefinition/$care-card-list', undefined, signal))
          .cards,
      meta: { kinds: ['PlanDefinition'] },
    }),
}

/** A step of a card as a suggestion: the one on the record, or as it would be. */
export function suggestionOfStep(card: PersonCard, step: PersonStep): Suggestion {
  if (step.decided) return suggestionFromFhir(step.decided)
  const { kind, words, days, next } = step
  return {
    ...{ id: `${ruleOfStep(card.code, step.code)}`, versionId: '', kind, words, state: 'open' },
    code: ruleOfStep(card.code, step.code),
    ...(days === undefined ? {} : { days }),
    ...(next ? { next } : {}),
  }
}

/** Puts a step on the record as a suggestion, so that it can be decided: the same one each time. */
export async function suggestStep(
  person: string,
  { code: card, finding }: PersonCard,
  step: string,
): Promise<Suggestion> {
  const task = await fhir.operation<Task>(
    `Patient/${person}/$suggest-step`,
    suggestStepRequest.write({ card, step, finding }),
  )
  return suggestionFromFhir(task)
}

/** Switches a card off, or on again. */
export async function switchCareCard(card: string, on: boolean, reason: string): Promise<void> {
  const request = switchCareCardRequest.write({ card, on, reason })
  await fhir.operation<PlanDefinition>('PlanDefinition/$switch-care-card', request)
  await noteChangeEvent(['PlanDefinition'])
}
