import type { PlanDefinition, Task } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { decisionIn } from '#domain/suggestion/suggested-change-fhir.ts'
import { isTemplateItem, kindOfItem, templateItemCode } from './is-template-item.ts'
import type { SuggestedItem } from './suggested-item.ts'
import {
  type OfferedTemplate,
  type TemplateItem,
  type TemplateKind,
  type TemplatePlace,
  templateKinds,
} from './template.ts'

const urlOf = (template: string) => gableUrl(`PlanDefinition/${template}`)

export const planDefinitionId = (template: string) => `template-${template}`

const notReviewed = 'Not yet clinically reviewed. It suggests; the team and the person choose.'

/** A template as other systems read it. */
export function templateToFhir(template: OfferedTemplate): PlanDefinition & { id: string } {
  return {
    resourceType: 'PlanDefinition',
    id: planDefinitionId(template.id),
    url: urlOf(template.id),
    version: template.version,
    title: template.title,
    status: template.retired ? 'retired' : 'active',
    usage: notReviewed,
    relatedArtifact: template.sources.map(({ name, title }) => ({
      ...{ type: 'justification', label: name, display: title },
    })),
    action: template.items.map((item) => ({
      ...{ id: item.id, code: [ownCode(item.kind)], title: item.words },
      description: `Because ${item.because}`,
      ...(item.place ? { prefix: item.place } : {}),
    })),
  }
}

const kindIn = (code: string | undefined): TemplateKind =>
  templateKinds.find((kind) => kind === code) ?? 'step'

export function templateFromFhir(definition: PlanDefinition): OfferedTemplate {
  return {
    id: (definition.id ?? '').replace(/^template-/, ''),
    version: definition.version ?? '',
    title: definition.title ?? '',
    retired: definition.status === 'retired',
    sources: (definition.relatedArtifact ?? []).map(({ label = '', display = '' }) => ({
      ...{ name: label, title: display },
    })),
    items: (definition.action ?? []).map((action) => ({
      ...{ id: action.id ?? '', kind: kindIn(action.code?.[0]?.coding?.[0]?.code) },
      words: action.title ?? '',
      because: (action.description ?? '').replace(/^Because /, ''),
      ...given('place', action.prefix as TemplatePlace | undefined),
    })),
  }
}

type NewItem = Readonly<{
  id: string
  person: string
  template: Readonly<{ id: string; version: string }>
  item: TemplateItem
  by: Who
  at: string
}>

/** One item of a template, suggested for one person. */
export function templateItemToFhir(facts: NewItem): Task & { id: string } {
  const { id, person, template, item, by, at } = facts
  const input = { kind: item.kind, item: item.id, ...(item.place ? { place: item.place } : {}) }
  return {
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'proposal',
    code: ownCode(templateItemCode),
    description: item.words,
    for: { reference: `Patient/${person}` },
    authoredOn: at,
    requester: referenceTo(by),
    reasonCode: { text: item.because },
    instantiatesCanonical: `${urlOf(template.id)}|${template.version}`,
    input: Object.entries(input).map(([code, valueString]) => ({
      ...{ type: ownCode(code), valueString },
    })),
  }
}

const inputIn = (task: Task, code: string) =>
  task.input?.find((each) => each.type.coding?.some((one) => one.code === code))?.valueString ?? ''

const states: Readonly<Partial<Record<Task['status'], SuggestedItem['state']>>> = {
  completed: 'taken',
  rejected: 'dismissed',
}

/** Undefined if it is something else. */
export function templateItemFromFhir(task: Task): SuggestedItem | undefined {
  const by = whoFrom(task.requester)
  if (!by || !isTemplateItem(task)) return undefined
  const [url = '', version = ''] = (task.instantiatesCanonical ?? '').split('|')
  return {
    ...{ id: task.id ?? '', person: idIn(task.for?.reference) },
    ...{ template: url.split('/').at(-1) ?? '', version, item: inputIn(task, 'item') },
    kind: kindIn(kindOfItem(task)),
    ...given('place', inputIn(task, 'place')),
    ...{ words: task.description ?? '', because: task.reasonCode?.text ?? '' },
    ...{ by, at: task.authoredOn ?? '', state: states[task.status] ?? 'waiting' },
    ...given('taken', task.output?.[0]?.valueString),
    ...given('reason', task.statusReason?.text),
    ...given('became', task.focus?.reference),
    ...given('decision', decisionIn(task)),
  }
}
