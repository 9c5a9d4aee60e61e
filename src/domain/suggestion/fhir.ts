import type { Condition, Goal, Reference, Resource, Task } from '@medplum/fhirtypes'
import { conditionCategorySystem, gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  given,
  helperExtension,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { type RuleProposal, type SuggestedKind, suggestedKinds } from './answer-rule/answer-rule.ts'
import type { Suggestion } from './suggestion.ts'

const suggestionCode = 'suggestion'

type NewSuggestion = Readonly<{
  id: string
  kind: SuggestedKind
  code: string
  words: string
  /** the rule that made it, why, and from which finding; absent for the person’s own words */
  made?: RuleProposal
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
    input: [input('kind', { valueString: facts.kind }), ...inputsOf(facts.made)],
  }
}

type Value = Readonly<
  { valueString: string } | { valueInteger: number } | { valueBoolean: boolean }
>

const input = (code: string, value: Value) => ({
  type: { coding: [{ system: gableCodeSystem, code }] },
  ...value,
})

function inputsOf(made: RuleProposal | undefined) {
  if (!made) return []
  const { rule, because, finding } = made
  return [
    input('because', { valueString: because }),
    input('finding', { valueString: finding }),
    input('rule-version', { valueInteger: rule.version }),
    ...(rule.days === undefined ? [] : [input('days', { valueInteger: rule.days })]),
    ...(rule.next ? [input('next', { valueString: rule.next })] : []),
    ...(rule.isUnverified ? [input('unverified', { valueBoolean: true })] : []),
  ]
}

const inputIn = ({ input: said = [] }: Task, code: string) =>
  said.find(({ type }) => type.coding?.[0]?.code === code)

/** What the rule found, to know the same finding again. */
export const ruleFindingIn = (task: Task): string | undefined =>
  inputIn(task, 'finding')?.valueString

/** True for what a rule, or the person’s own words, suggested from answers. */
export const isAnswerSuggestion = (resource: Resource | undefined): resource is Task =>
  resource?.resourceType === 'Task' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === suggestionCode,
  ) ??
    false)

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
    kind: kindIn(task),
    code: task.reasonCode?.coding?.[0]?.code ?? '',
    words: task.description ?? '',
    state: states[task.status] ?? 'open',
    ...(task.statusReason?.text ? { reason: task.statusReason.text } : {}),
    ...given('from', from),
    ...given('at', task.authoredOn),
    ...given('because', inputIn(task, 'because')?.valueString),
    ...given('days', inputIn(task, 'days')?.valueInteger),
    ...given('next', inputIn(task, 'next')?.valueString),
    ...given('became', task.focus?.reference),
    ...(inputIn(task, 'unverified')?.valueBoolean ? { isUnverified: true } : {}),
  }
}

const kindIn = (task: Task): SuggestedKind =>
  suggestedKinds.find((each) => each === inputIn(task, 'kind')?.valueString) ?? 'need'

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

/** Why a suggestion is dismissed, for counting without anybody’s words. */
export const dismissalKinds = ['done', 'not-wanted', 'does-not-fit', 'other'] as const
export type DismissalKind = (typeof dismissalKinds)[number]

/** The Task once dismissed: the reason is kept with it. */
export function dismissedTask(
  task: Task,
  { kind, words, at }: Readonly<{ kind: DismissalKind; words: string; at: string }>,
): Task {
  const coding = [{ system: gableCodeSystem, code: `dismissed-${kind}` }]
  return { ...task, status: 'rejected', statusReason: { coding, text: words }, lastModified: at }
}
