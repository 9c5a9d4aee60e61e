import type { CarePlan, Resource, Task } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl, hl7Extension } from '#domain/fhir/codes.ts'
import { hasWrittenNarrative } from '#domain/fhir/has-written-narrative.ts'
import { goalFromFhir } from '#domain/goal/fhir.ts'
import { isWhatIf, planFromFhir } from './fhir.ts'
import { isPlanRecord } from './plan-record.ts'

/** Elements about progress, or about who wrote them down: an agreement covers them whatever they contain. */
const howItGoes: Readonly<Record<string, readonly string[]>> = {
  Goal: [
    'lifecycleStatus',
    'achievementStatus',
    'statusDate',
    'statusReason',
    'outcomeCode',
    'outcomeReference',
  ],
  Task: ['status', 'statusReason', 'businessStatus', 'executionPeriod', 'lastModified', 'output'],
}
/** Who wrote it, what was said before, and who accepts it: an answer to the content is not content. */
const marks = [
  ...['written', 'task-deed', 'earlier-words'].map((name) => gableUrl(name)),
  hl7Extension('goal-acceptance'),
]
const stopped: readonly string[] = ['failed', 'cancelled', 'entered-in-error']

/** True for an action of this plan: one that it names, or that belongs to a goal or to the plan itself. */
export function isActionOf(
  task: Task,
  plan: Readonly<{ id: string; actions: readonly string[] }> | undefined,
): boolean {
  const focus = task.focus?.reference
  return (
    task.intent === 'order' &&
    ((plan?.actions.includes(task.id ?? '') ?? false) ||
      (focus?.startsWith('Goal/') ?? false) ||
      (plan !== undefined && focus === `CarePlan/${plan.id}`))
  )
}

/**
 * What a person agrees to in a record beside the plan itself, as one text to compare; empty for a record that is not
 * part of any plan. Every version of the plan’s own record counts.
 */
export function agreedContent(resource: Resource | undefined): string {
  if (!resource || !isAgreedWith(resource)) return ''
  const notSaid = ['id', 'meta', ...(hasWrittenNarrative(resource) ? [] : ['text'])]
  const left = Object.entries(resource)
    .filter(([name]) => ![...notSaid, ...(howItGoes[resource.resourceType] ?? [])].includes(name))
    .map(([name, value]) => [name, name === 'extension' ? withoutMarks(value) : value] as const)
    .filter(([, value]) => JSON.stringify(value) !== '[]')
  return JSON.stringify(sorted({ ...Object.fromEntries(left), state: stateOf(resource) }))
}

function isAgreedWith(resource: Resource): boolean {
  if (resource.resourceType === 'CarePlan') return isWhatIf(resource)
  return resource.resourceType !== 'CareTeam' && isPlanRecord(resource)
}

/** Removing a goal or a step from the plan changes what was agreed; reaching it does not. */
function stateOf(resource: Resource): string {
  if (resource.resourceType === 'Goal') {
    const { state } = goalFromFhir(resource)
    return state === 'stopped' ? state : ''
  }
  return resource.resourceType === 'Task' && stopped.includes(resource.status ?? '')
    ? 'stopped'
    : ''
}

const withoutMarks = (extensions: readonly { url: string }[]) =>
  extensions.filter((each) => !marks.includes(each.url))

/** The same whatever the order of the keys: a database changes it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

type Naming = Readonly<{
  goals: readonly string[]
  actions: readonly string[]
  needs: readonly string[]
}>
const listOf: Readonly<Record<string, keyof Naming>> = {
  Goal: 'goals',
  Task: 'actions',
  Condition: 'needs',
}

/**
 * True if a change of this record changes what a plan says: the plan names it, or it is the plan of a case here or the
 * current one without a case, which shows all goals, needs and words of the person.
 */
export function isPartOf(
  plan: CarePlan & { id: string },
  record: Resource,
  isLivedBy = false,
): boolean {
  const read = planFromFhir(plan)
  const list = listOf[record.resourceType]
  if (list && read[list].includes(record.id ?? '')) return true
  if (read.caseId === '' && !isLivedBy) return false
  return (
    record.resourceType !== 'Task' || isActionOf(record, { id: plan.id, actions: read.actions })
  )
}

/** A Provenance that describes a change of the plan in our own terms. */
export const tellsOfChange = (resource: Resource): boolean =>
  resource.resourceType === 'Provenance' &&
  (resource.activity?.coding?.some((each) => each.system === gableCodeSystem) ?? false)
