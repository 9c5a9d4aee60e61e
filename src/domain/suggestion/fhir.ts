import type { Condition, Goal, Reference, Task } from '@medplum/fhirtypes'
import { conditionCategorySystem, gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  helperExtension,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import type { Suggestion } from './suggestion.ts'

const suggestionCode = 'suggestion'

type NewSuggestion = Readonly<{
  id: string
  kind: 'need' | 'goal'
  code: string
  words: string
  person: string
  /** id of the completed QuestionnaireResponse */
  from: string
  /** its source, if that is a score without its answers */
  type?: 'Observation'
  by: Reference
  at: string
}>

/** A suggestion on the record: a Task that only proposes. Hidden from the person until someone accepts it. */
export function suggestionToFhir(facts: NewSuggestion): Task & { id: string } {
  return {
    resourceType: 'Task',
    id: facts.id,
    status: 'requested',
    intent: 'proposal',
    code: { coding: [{ system: gableCodeSystem, code: suggestionCode }] },
    description: facts.words,
    for: { reference: `Patient/${facts.person}` },
    authoredOn: facts.at,
    lastModified: facts.at,
    requester: facts.by as NonNullable<Task['requester']>,
    reasonCode: { coding: [{ system: gableCodeSystem, code: facts.code }] },
    reasonReference: { reference: `${facts.type ?? 'QuestionnaireResponse'}/${facts.from}` },
    input: [
      { type: { coding: [{ system: gableCodeSystem, code: 'kind' }] }, valueString: facts.kind },
    ],
  }
}

const states: Readonly<Partial<Record<Task['status'], Suggestion['state']>>> = {
  accepted: 'accepted',
  completed: 'accepted',
  rejected: 'dismissed',
  cancelled: 'dismissed',
}

export function suggestionFromFhir(task: Task): Suggestion {
  const from = idIn(task.reasonReference, 'QuestionnaireResponse')
  return {
    id: task.id ?? '',
    versionId: task.meta?.versionId ?? '',
    kind: task.input?.some((each) => each.valueString === 'goal') ? 'goal' : 'need',
    code: task.reasonCode?.coding?.[0]?.code ?? '',
    words: task.description ?? '',
    state: states[task.status] ?? 'open',
    ...(task.statusReason?.text ? { reason: task.statusReason.text } : {}),
    ...(from ? { from } : {}),
    ...(task.authoredOn ? { at: task.authoredOn } : {}),
  }
}

function idIn(reference: Reference | undefined, type: string): string | undefined {
  const text = reference?.reference
  return text?.startsWith(`${type}/`) ? text.slice(type.length + 1) : undefined
}

type Accepted = Readonly<{
  id: string
  suggestion: Suggestion
  person: string
  /** who accepted it, and when */
  written: WrittenBy
  /** day, `YYYY-MM-DD` */
  on: string
}>

/** The need that an accepted suggestion becomes. */
export function needFrom({
  id,
  suggestion,
  person,
  written,
  on,
}: Accepted): Condition & { id: string } {
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: {
      coding: [
        {
          system: hl7CodeSystem('condition-clinical'),
          code: 'active',
        },
      ],
    },
    category: [
      {
        coding: [
          {
            system: conditionCategorySystem,
            code: 'health-concern',
          },
        ],
      },
    ],
    code: {
      coding: [{ system: gableCodeSystem, code: suggestion.code }],
      text: suggestion.words,
    },
    subject: { reference: `Patient/${person}` },
    recordedDate: on,
    ...withExtensions(undefined, { written: writtenExtension(written) }),
    ...(suggestion.from
      ? { evidence: [{ detail: [{ reference: `QuestionnaireResponse/${suggestion.from}` }] }] }
      : {}),
  }
}

/** The goal that an accepted suggestion becomes: the person’s words, expressed by the person, not yet agreed. */
export function goalFrom({ id, suggestion, person, written, on }: Accepted): Goal & { id: string } {
  return {
    resourceType: 'Goal',
    id,
    lifecycleStatus: 'proposed',
    description: { text: suggestion.words },
    subject: { reference: `Patient/${person}` },
    expressedBy: { reference: `Patient/${person}` },
    startDate: on,
    ...withExtensions(undefined, {
      'supported-by': written.by.voice === 'professional' ? helperExtension(written.by) : [],
      written: writtenExtension(written),
    }),
  }
}

/** The Task once accepted: it refers to what it became. */
export function acceptedTask(task: Task, became: string, at: string): Task {
  return { ...task, status: 'accepted', focus: { reference: became }, lastModified: at }
}

/** The Task once dismissed: the reason is kept with it. */
export function dismissedTask(task: Task, reason: string, at: string): Task {
  return { ...task, status: 'rejected', statusReason: { text: reason }, lastModified: at }
}
