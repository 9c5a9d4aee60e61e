import type { Resource } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { answerCodes, eventFromFhir } from '#domain/agreement/fhir.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { type ChangeKind, type PlanEvent, progressKinds } from '#domain/plan/plan.ts'
import { recordText, type SayDay } from '#domain/plan/record-text.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { suggestedChangeFromFhir } from '#domain/suggestion/suggested-change-fhir.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import { taskFromFhir } from '#domain/task/fhir.ts'
import type { QueuedRecord, QueuedSave } from './queued-save.ts'

/** What a save is, in the terms that a screen uses. */
export type QueuedChange =
  | ChangeKind
  | 'assessment'
  | 'new-task'
  | 'task'
  | 'goal-progress'
  | 'goal-answer'
  | 'offer'
  | 'offer-answer'
  | 'reading'
  | 'contact'
  | 'alert'
  | 'details'
  | 'suggest'
  | 'decide'
  | 'other'

type Rule = (record: QueuedRecord) => QueuedChange

const rules: Readonly<Record<string, Rule>> = {
  QuestionnaireResponse: () => 'assessment',
  Task: ({ base }) => (base ? 'task' : 'new-task'),
  Goal: () => 'goal-progress',
  Observation: ({ mine }) => {
    if (isOfferWord(mine)) return 'offer-answer'
    return goalObservationCode(mine) ? 'goal-answer' : 'reading'
  },
  ServiceRequest: ({ mine }) => (isOffer(mine) ? 'offer' : 'other'),
  Communication: ({ mine }) =>
    mine.resourceType === 'Communication' && hasMessageCategory(mine, 'contact')
      ? 'contact'
      : 'comment',
  Flag: () => 'alert',
  Patient: () => 'details',
  RelatedPerson: () => 'details',
}

/** What was done: according to the Provenance of a plan change, otherwise by the first record. */
export function whatChangedIn(save: QueuedSave): QueuedChange {
  const suggested = save.records.find(({ mine }) => isSuggestedChange(mine))
  if (suggested) return suggested.base ? 'decide' : 'suggest'
  const said = save.records.flatMap(({ mine }) =>
    mine.resourceType === 'Provenance' ? (eventFromFhir(mine)?.kind ?? []) : [],
  )[0]
  // what the service itself writes is never queued
  if (said && isQueued(said)) return said
  const [first] = save.records
  const rule = first && rules[first.mine.resourceType]
  return rule ? rule(first) : 'other'
}

type Said = PlanEvent['kind']
const notQueued: readonly Said[] = [
  ...answerCodes,
  ...progressKinds,
  ...(['change-access', 'change-home', 'suggest', 'decide', 'offer-help', 'answer-offer'] as const),
]
const isQueued = (said: Said): said is ChangeKind => !notQueued.includes(said)

const ofThePlan: readonly QueuedChange[] = ['set-review', 'hold-review', 'write-what-if']

/**
 * The text that was written, a line each, to be read or copied, with days as `sayDay` shows them; empty for ticks and
 * numbers.
 */
export function wordsIn(save: QueuedSave, sayDay: SayDay = String): string {
  // a plan whose version only changes with its content has no text of its own
  const isSaid = ofThePlan.includes(whatChangedIn(save))
  return save.records
    .flatMap(({ mine }) =>
      mine.resourceType === 'CarePlan' && !isSaid ? [] : [wordsOf(mine, sayDay)],
    )
    .filter(Boolean)
    .join('\n')
}

function wordsOf(resource: Resource, sayDay: SayDay): string {
  if (resource.resourceType === 'Communication') {
    return resource.payload?.[0]?.contentString ?? resource.statusReason?.text ?? ''
  }
  if (resource.resourceType === 'Task' && isSuggestedChange(resource)) {
    const change = suggestedChangeFromFhir(resource)
    return [change?.taken ?? change?.words, change?.reason ?? change?.why]
      .filter(Boolean)
      .join('\n')
  }
  if (resource.resourceType === 'Task') {
    const said = taskFromFhir(resource).deeds.at(-1)?.words
    return [recordText(resource, undefined, sayDay), said].filter(Boolean).join('\n')
  }
  return recordText(resource, undefined, sayDay)
}
