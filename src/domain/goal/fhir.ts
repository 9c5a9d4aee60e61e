import type { CodeableConcept, Goal as FhirGoal, Task } from '@medplum/fhirtypes'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  helperExtension,
  helperIn,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  toReferences,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import { attainmentScaleName, scaleExtension, scaleFromFhir } from './aims/attainment-scale.ts'
import { stancesFrom } from './aims/goal-stance.ts'
import { targetFromFhir, targetToFhir } from './aims/goal-target.ts'
import {
  type Action,
  type ActionState,
  type Goal,
  type GoalProgress,
  type GoalState,
  goalProgresses,
} from './goal.ts'

const lifecycle: Readonly<Record<GoalState, FhirGoal['lifecycleStatus']>> = {
  proposed: 'proposed',
  active: 'active',
  reached: 'completed',
  stopped: 'cancelled',
}
const goalStates: Readonly<Record<string, GoalState>> = {
  proposed: 'proposed',
  planned: 'proposed',
  completed: 'reached',
  cancelled: 'stopped',
  rejected: 'stopped',
  'entered-in-error': 'stopped',
}

export function goalFromFhir(goal: FhirGoal): Goal {
  const achieved = goal.achievementStatus?.coding?.[0]?.code
  const progress = goalProgresses.find((each) => each === achieved)
  return {
    // when a record from elsewhere was stored here says nothing about when its words were written
    ...recordFrom(goal),
    person: idIn(goal.subject.reference),
    // a goal of another system may only be coded, and an imported history may hold one without words
    words: conceptText(goal.description as CodeableConcept | undefined) ?? '',
    why: extensionOf(goal, 'why-it-matters')?.valueString ?? goal.note?.[0]?.text ?? '',
    ...given('expressedBy', whoFrom(goal.expressedBy)),
    ...given('supportedBy', helperIn(goal)),
    needs: (goal.addresses ?? [])
      .filter((each) => each.reference?.startsWith('Condition/'))
      .map((each) => idIn(each.reference)),
    state: goalStates[goal.lifecycleStatus] ?? 'active',
    ...given('progress', progress),
    ...given('since', goal.startDate),
    ...targetFromFhir(goal),
    ...scaleFromFhir(goal),
    ...filled('helpers', helpersIn(goal)),
    ...filled('stances', stancesFrom(goal)),
  }
}

const helpersIn = (goal: FhirGoal) =>
  extensionsOf(goal, 'goal-helper').flatMap((each) => whoFrom(each.valueReference) ?? [])

/** An empty list is left out, as an empty field is. */
const filled = <K extends string, V>(field: K, list: readonly V[]) =>
  given(field, list.length > 0 ? list : undefined)

const achievement = (progress: GoalProgress) => ({
  coding: [{ system: hl7CodeSystem('goal-achievement'), code: progress }],
})

/** A status that means the same as ours is kept: `on-hold` stays `on-hold` while the goal is active for us. */
function goalStatus(goal: Goal, onto: FhirGoal | undefined): FhirGoal['lifecycleStatus'] {
  const unchanged = onto && (goalStates[onto.lifecycleStatus] ?? 'active') === goal.state
  return unchanged ? onto.lifecycleStatus : lifecycle[goal.state]
}

const speakerOf = (goal: Goal, onto: FhirGoal | undefined) =>
  onto?.expressedBy?.reference === goal.expressedBy?.reference
    ? onto?.expressedBy
    : goal.expressedBy && referenceTo(goal.expressedBy)

function addressesOf(goal: Goal, onto: FhirGoal | undefined): FhirGoal['addresses'] {
  const addresses = toReferences('Condition', goal.needs, onto?.addresses)
  return addresses.length > 0 ? (addresses as NonNullable<FhirGoal['addresses']>) : undefined
}

export function goalToFhir(goal: Goal, onto?: FhirGoal): FhirGoal & { id: string } {
  const { addresses: _addresses, target: _target, ...rest } = onto ?? {}
  return {
    subject: { reference: `Patient/${goal.person}` },
    ...(onto ? {} : given('startDate', goal.since)),
    ...rest,
    resourceType: 'Goal',
    id: goal.id,
    lifecycleStatus: goalStatus(goal, onto),
    description: { ...onto?.description, text: goal.words },
    ...given('expressedBy', speakerOf(goal, onto)),
    ...(goal.progress && goal.progress !== onto?.achievementStatus?.coding?.[0]?.code
      ? { achievementStatus: achievement(goal.progress) }
      : {}),
    ...given('addresses', addressesOf(goal, onto)),
    ...given('target', targetToFhir(goal, onto) as FhirGoal['target']),
    ...withExtensions(onto, {
      [attainmentScaleName]: scaleExtension(goal),
      'goal-helper': (goal.helpers ?? []).map((each) => ({ valueReference: referenceTo(each) })),
      'supported-by': helperExtension(goal.supportedBy),
      'why-it-matters': goal.why ? [{ valueString: goal.why }] : [],
      written: writtenExtension(goal.written),
    }),
  }
}

const statuses: Readonly<Record<ActionState, Task['status']>> = {
  planned: 'requested',
  accepted: 'accepted',
  doing: 'in-progress',
  done: 'completed',
  refused: 'rejected',
  stopped: 'cancelled',
}
const actionStates: Readonly<Record<string, ActionState>> = {
  accepted: 'accepted',
  'in-progress': 'doing',
  completed: 'done',
  rejected: 'refused',
  failed: 'stopped',
  cancelled: 'stopped',
  'entered-in-error': 'stopped',
}
const dayIn = (at: string | undefined, zone: string) => at && dayOf(at, zone)

const stateOf = (task: Task): ActionState => actionStates[task.status ?? ''] ?? 'planned'

const planOf = (task: Task) =>
  [task.focus, ...(task.basedOn ?? [])].find((each) => each?.reference?.startsWith('CarePlan/'))

/** `zone`: the service's; days that came as instants are its days. */
export function actionFromFhir(task: Task, zone = usualZone): Action {
  const focus = task.focus?.reference
  return {
    ...recordFrom(task, task.requester),
    person: idIn(task.for?.reference),
    what: task.description ?? task.code?.text ?? task.code?.coding?.[0]?.display ?? '',
    note: task.note?.[0]?.text ?? '',
    ...given('owner', whoFrom(task.owner)),
    ...given('dueOn', dayIn(task.restriction?.period?.end, zone)),
    state: stateOf(task),
    ...(focus?.startsWith('Goal/') ? { goal: idIn(focus) } : {}),
    ...given('planId', idIn(planOf(task)?.reference)),
    ...given('doneOn', dayIn(task.executionPeriod?.end, zone)),
    ...given('evidence', task.output?.find(isEvidence)?.valueString),
  }
}

type Output = NonNullable<Task['output']>[number]
const isEvidence = ({ type }: Output) =>
  type.coding?.some(({ system, code }) => system === gableCodeSystem && code === 'evidence') ??
  false

/** What was done, in the owner’s words, beside other outputs. */
function outputOf({ evidence }: Action, onto: Task | undefined): Pick<Task, 'output'> {
  const before = onto?.output?.find(isEvidence)
  if (onto?.output && before?.valueString === evidence) return { output: onto.output }
  const others = (onto?.output ?? []).filter((each) => !isEvidence(each))
  const own = evidence ? [{ type: ownCode('evidence'), valueString: evidence }] : []
  const output = [...others, ...own]
  return output.length > 0 ? { output } : {}
}

const restrictedTo = (end: string, onto: Task | undefined) => ({
  ...onto?.restriction,
  period: { ...onto?.restriction?.period, end },
})

/** The parts of a Task that are removed if the action no longer has them. */
function actionParts(action: Action, onto: Task | undefined, zone: string): Partial<Task> {
  const laterNotes = onto?.note?.slice(1) ?? []
  const note = action.note ? [{ ...onto?.note?.[0], text: action.note }, ...laterNotes] : laterNotes
  const keepsTime = dayIn(onto?.restriction?.period?.end, zone) === action.dueOn
  const keepsEnd = dayIn(onto?.executionPeriod?.end, zone) === action.doneOn
  const doneOn = keepsEnd ? onto?.executionPeriod?.end : action.doneOn
  const end = action.dueOn
  return {
    ...given('owner', ownerOf(action, onto)),
    ...given('restriction', keepsTime ? onto?.restriction : end && restrictedTo(end, onto)),
    ...(note.length > 0 ? { note } : {}),
    ...(doneOn ? { executionPeriod: { ...onto?.executionPeriod, end: doneOn } } : {}),
  }
}

/** What the action belongs to; unchanged if it says the same, because a person may not move it. */
function focusOf(action: Action, onto: Task | undefined): Pick<Task, 'focus' | 'basedOn'> {
  const plan = action.planId ? { reference: `CarePlan/${action.planId}` } : undefined
  const focus = action.goal ? { reference: `Goal/${action.goal}` } : plan
  const current = onto?.focus?.reference === focus?.reference ? onto?.focus : undefined
  return {
    ...given('focus', current ?? focus),
    ...given('basedOn', onto?.basedOn ?? (plan ? [plan] : undefined)),
  }
}

const ownerOf = (action: Action, onto: Task | undefined) =>
  onto?.owner && onto.owner.reference === action.owner?.reference
    ? onto.owner
    : action.owner && referenceTo(action.owner)

const orderedBy = ({ written }: Action): Partial<Task> => ({
  ...given('authoredOn', written?.at),
  ...(written ? { requester: referenceTo(written.by) } : {}),
})

export function actionToFhir(action: Action, onto?: Task, zone = usualZone): Task & { id: string } {
  const {
    owner: _owner,
    restriction: _due,
    note: _note,
    executionPeriod: _done,
    output: _output,
    ...rest
  } = onto ?? {}
  return {
    ...(onto ? {} : orderedBy(action)),
    ...rest,
    intent: 'order',
    resourceType: 'Task',
    id: action.id,
    status: onto && stateOf(onto) === action.state ? onto.status : statuses[action.state],
    for: onto?.for ?? { reference: `Patient/${action.person}` },
    ...focusOf(action, onto),
    description: action.what,
    ...actionParts(action, onto, zone),
    ...outputOf(action, onto),
    ...withExtensions(onto, {
      written: writtenExtension(action.written),
    }),
  } as Task & { id: string }
}

export const goalKind: RecordKind<Goal, FhirGoal> = {
  type: 'Goal',
  fromFhir: goalFromFhir,
  toFhir: goalToFhir,
}
export const actionKind: RecordKind<Action, Task> = {
  type: 'Task',
  fromFhir: actionFromFhir,
  toFhir: actionToFhir,
}
