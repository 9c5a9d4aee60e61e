import type { Resource, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { whatIfFromFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { sentenceIn } from '#domain/suggestion/sentence.ts'
import type { ChangeDecision } from '#domain/suggestion/suggested-change.ts'
import { decidedTask, decidedWayIn, stampedTask } from '#domain/suggestion/suggested-change-fhir.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import { isFromMeeting, type SuggestedItem } from '#domain/template/suggested-item.ts'
import type { TemplateKind } from '#domain/template/template.ts'
import { templateItemFromFhir } from '#domain/template/template-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { withLabelsOf } from './keep-suggested-change.ts'
import { writerOf } from './own-words.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>
type Item = Task & { id: string }

/**
 * An item that a template suggested, as it is decided: taken together with the record that it becomes, in one
 * transaction, or dismissed with a reason. Only `$apply-template` makes one. Any other record is returned unchanged.
 */
export function keepTemplateItem(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): ResourceWithId {
  const isOne = isTemplateItem(resource)
  const isItsPlace = resource.resourceType === 'Task' && madeId.test(resource.id)
  if (!isOne && !isTemplateItem(before) && (before || !isItsPlace)) return resource
  if (!isOne || !before || !isTemplateItem(before))
    throw forbidden('What a template suggests comes from $apply-template, and stays what it is')
  const task = resource as Item
  const standing: Item = { ...(before as Task), id: task.id }
  const item = templateItemFromFhir(standing)
  const changed = changedElements(standing, task)
  if (!item || changed.length === 0) return withLabelsOf(standing, task)
  if (item.state !== 'waiting')
    throw new FhirProblem(409, 'conflict', 'Someone has already decided about this suggestion')
  if (changed.some((name) => !decidedBy.includes(name)))
    throw forbidden('What a template suggests cannot be changed. Accept it, or dismiss it')
  return decidedItem(context, { task, standing, item, person })
}

/** As `$apply-template` makes them, from the template and the person. */
const madeId = /^item-[0-9a-f]{40}$/

const decidedBy: readonly string[] = [
  ...['status', 'statusReason', 'output', 'focus', 'lastModified', 'extension:deciding'],
]

type Deed = Readonly<{
  task: Item
  standing: Item
  item: SuggestedItem
  person: string | undefined
}>

function decidedItem(context: RequestContext, { task, standing, item, person }: Deed): Item {
  const way = decidedWayIn(task)
  const decision = { ...deciderIn(context, way, person), at: context.now.toISOString() }
  const kept = withLabelsOf(standing, task)
  const reason = task.statusReason?.text?.trim() ?? ''
  if (task.status === 'rejected') {
    if (reason === '') throw problem('Say in a word why you dismiss this', 'Task.statusReason')
    return stampedTask(decidedTask(kept, { way, seen: '', reason }), decision)
  }
  const taken = task.output?.[0]?.valueString ?? ''
  const became = task.focus?.reference ?? ''
  if (task.status !== 'completed') throw problem('Accept it, or dismiss it', 'Task.status')
  if (isFromMeeting(item) && decision.by.voice !== 'person')
    throw problem(
      'The person says yes to what a meeting suggests. Write down what they told you',
      'Task.extension',
    )
  if (!says(context.pendingWrites.get(became), item.kind, taken))
    throw problem(
      'To accept it, write the record that it becomes in the same transaction, and name it in focus',
      'Task.focus',
    )
  const decided = decidedTask(kept, { way, seen: '', taken })
  return stampedTask({ ...decided, focus: { reference: became } }, decision)
}

const problem = (text: string, expression: string) =>
  new FhirProblem(422, 'business-rule', text, { expression })

const becomes: Readonly<Record<TemplateKind, readonly [string, string]>> = {
  need: ['Condition', 'words'],
  goal: ['Goal', 'words'],
  step: ['Task', 'what'],
  'what-if': ['CarePlan', ''],
}

/** Whether the record that is written says what was taken; for if things get worse, as a line of its own. */
function says(record: Resource | undefined, kind: TemplateKind, taken: string): boolean {
  const [type, place] = becomes[kind]
  if (!record || taken.trim() === '') return false
  if (kind !== 'what-if') return record.resourceType === type && sentenceIn(record, place) === taken
  const lines = record.resourceType === 'CarePlan' ? whatIfFromFhir(record).situations : undefined
  return lines?.some(({ words }) => words === taken) ?? false
}

/** The person, or a professional: for the team, or for the person who said it or ticked it on paper. */
function deciderIn(
  context: RequestContext,
  way: ChangeDecision['way'],
  person: string | undefined,
): Omit<ChangeDecision, 'way' | 'at'> {
  const { who } = writerOf(context, person)
  if (who.voice === 'person') return { by: who }
  const isProfessional = isStaff(context.actor) && context.actor.practitioner !== undefined
  if (!isProfessional) throw forbidden('The person and the team choose from a template')
  if (way === 'self' || !person) return { by: who }
  const reference = `Patient/${person}`
  return { by: { reference, name: '', voice: 'person' }, ...given('recordedBy', who) }
}
