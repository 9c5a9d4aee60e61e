import type { CarePlan, Condition } from '@medplum/fhirtypes'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  idIn,
  recordFrom,
  toReferences,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import { categoriesOf, needKindIn } from './need-kind.ts'
import type { Need, Plan } from './plan.ts'
import type { RecordKind } from './record-kind.ts'

const ended: readonly string[] = ['completed', 'revoked', 'entered-in-error']

export function planFromFhir(carePlan: CarePlan): Plan {
  const references = (list: readonly { reference?: string }[] | undefined, type: string) =>
    (list ?? [])
      .filter((each) => each.reference?.startsWith(`${type}/`))
      .map((each) => idIn(each.reference))
  const reviewOn = extensionOf(carePlan, 'review-on')?.valueDate
  return {
    ...recordFrom(carePlan, carePlan.author),
    person: idIn(carePlan.subject.reference),
    caseId: references(carePlan.supportingInfo, 'EpisodeOfCare')[0] ?? '',
    goals: references(carePlan.goal, 'Goal'),
    actions: references(
      carePlan.activity?.flatMap((each) => each.reference ?? []),
      'Task',
    ),
    needs: references(carePlan.addresses, 'Condition'),
    ...given('reviewOn', reviewOn),
    ended: isEnded(carePlan),
  }
}

export const isEnded = (carePlan: CarePlan) => ended.includes(carePlan.status)

/** The goals, needs and steps that a plan names, as `Type/id`. */
export function contentsOf(carePlan: CarePlan): readonly string[] {
  const { goals, needs, actions } = planFromFhir(carePlan)
  return [
    ...goals.map((id) => `Goal/${id}`),
    ...needs.map((id) => `Condition/${id}`),
    ...actions.map((id) => `Task/${id}`),
  ]
}

/** Lists what the plan names: references of other kinds in the same place stay as they came. */
function planLists(plan: Plan, onto: CarePlan | undefined): Partial<CarePlan> {
  const goal = toReferences('Goal', plan.goals, onto?.goal)
  const addresses = toReferences('Condition', plan.needs, onto?.addresses)
  const isGone = (reference: string | undefined) =>
    reference?.startsWith('Task/') && !plan.actions.includes(idIn(reference))
  const existing = (onto?.activity ?? []).filter((each) => !isGone(each.reference?.reference))
  const named = existing.map((each) => each.reference?.reference)
  const fresh = plan.actions
    .map((id) => `Task/${id}`)
    .filter((reference) => !named.includes(reference))
    .map((reference) => ({ reference: { reference } }))
  const activity = [...existing, ...fresh]
  return {
    ...(goal.length > 0 ? { goal: goal as NonNullable<CarePlan['goal']> } : {}),
    ...(addresses.length > 0 ? { addresses: addresses as NonNullable<CarePlan['addresses']> } : {}),
    ...(activity.length > 0 ? { activity } : {}),
  }
}

function statusOf(plan: Plan, onto: CarePlan | undefined): CarePlan['status'] {
  const existing = onto?.status ?? 'active'
  if (ended.includes(existing) === plan.ended) return existing
  return plan.ended ? 'completed' : 'active'
}

export function planToFhir(plan: Plan, onto?: CarePlan): CarePlan & { id: string } {
  const begun: CarePlan = onto ?? {
    ...{ resourceType: 'CarePlan', status: 'active', intent: 'plan' },
    subject: { reference: `Patient/${plan.person}` },
    supportingInfo: [{ reference: `EpisodeOfCare/${plan.caseId}` }],
    careTeam: [{ reference: `CareTeam/team-${plan.caseId}` }],
    ...given('created', plan.written?.at),
  }
  const { goal: _goal, addresses: _addresses, activity: _activity, ...rest } = begun
  return {
    ...rest,
    id: plan.id,
    status: statusOf(plan, onto),
    ...planLists(plan, onto),
    ...withExtensions(onto, {
      'review-on': plan.reviewOn ? [{ valueDate: plan.reviewOn }] : [],
      written: writtenExtension(plan.written),
    }),
  }
}

export function needFromFhir(condition: Condition): Need {
  const clinical = condition.clinicalStatus?.coding?.[0]?.code
  return {
    ...recordFrom(condition, condition.asserter ?? condition.recorder),
    person: idIn(condition.subject.reference),
    words: condition.code?.text ?? condition.code?.coding?.[0]?.display ?? '',
    unmet: extensionOf(condition, 'unmet-need')?.valueBoolean ?? false,
    resolved: clinical === 'resolved' || clinical === 'inactive',
    ...given('kind', needKindIn(condition)),
    ...given('askedOn', condition.recordedDate),
    ...given('saidBy', whoFrom(condition.asserter)),
  }
}

const conditionStatus = hl7CodeSystem('condition-clinical')

export function needToFhir(need: Need, onto?: Condition): Condition & { id: string } {
  const status = need.resolved ? 'resolved' : 'active'
  const keepsStatus = onto && needFromFhir(onto).resolved === need.resolved
  return {
    ...(onto ?? {
      subject: { reference: `Patient/${need.person}` },
      ...given('recordedDate', need.askedOn),
    }),
    resourceType: 'Condition',
    id: need.id,
    ...given('category', categoriesOf(need.kind, onto)),
    ...(keepsStatus
      ? {}
      : { clinicalStatus: { coding: [{ system: conditionStatus, code: status }] } }),
    code: { ...onto?.code, text: need.words },
    ...withExtensions(onto, {
      'unmet-need': need.unmet ? [{ valueBoolean: true }] : [],
      written: writtenExtension(need.written),
    }),
  }
}

export const isPlan = (carePlan: CarePlan) => !isWhatIf(carePlan)
export function isWhatIf(carePlan: CarePlan): boolean {
  return (
    carePlan.category?.some((each) =>
      each.coding?.some(
        (coding) => coding.system === gableCodeSystem && coding.code === 'contingency',
      ),
    ) ??
    carePlan.id?.startsWith('whatif-') ??
    false
  )
}

export const planKind: RecordKind<Plan, CarePlan> = {
  type: 'CarePlan',
  fromFhir: planFromFhir,
  toFhir: planToFhir,
}
export const needKind: RecordKind<Need, Condition> = {
  type: 'Condition',
  fromFhir: needFromFhir,
  toFhir: needToFhir,
}
