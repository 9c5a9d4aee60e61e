import type {
  Annotation,
  CarePlan,
  CareTeam,
  CodeableConcept,
  Goal,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { containedIn, containedSomebody } from '#domain/fhir/contained.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { isEnded, isPlan } from '#domain/plan/fhir.ts'
import { planTitle } from '#domain/plan/living-plan.ts'
import { activityLine, recordLine } from './foreign-activity.ts'
import type { ForeignLine, ForeignPlan } from './foreign-plan.ts'
import { inWords, textOfConcept } from './foreign-text.ts'

type Facts = Readonly<{
  /** records that the plans refer to */
  records: readonly Resource[]
  /** id of the plan that the house is drawn from */
  currentId: string | undefined
  /** what the current plan says, to mark what it says too */
  currentWords: readonly string[]
  /** `YYYY-MM-DD` */
  today: string
}>

/** What a plan of another system says that the house cannot draw, and every plan beside the current one. */
export function foreignPlans(carePlans: readonly CarePlan[], facts: Facts): readonly ForeignPlan[] {
  return carePlans
    .filter((plan) => isPlan(plan) && plan.status !== 'entered-in-error')
    .filter((plan) => plan.id !== facts.currentId || saysMore(plan))
    .map((plan) => foreignPlan(plan, facts))
    .toSorted(
      (one, other) =>
        Number(other.isCurrent) - Number(one.isCurrent) || Number(one.ended) - Number(other.ended),
    )
}

/** A plan of ours only names records of their own. */
function saysMore({ activity, goal, addresses, contained }: CarePlan): boolean {
  const isLoose = (each: Reference | undefined) =>
    !each?.reference || each.reference.startsWith('#')
  return (
    (contained?.length ?? 0) > 0 ||
    (activity ?? []).some((each) => each.detail !== undefined || isLoose(each.reference)) ||
    [...(goal ?? []), ...(addresses ?? [])].some(isLoose)
  )
}

function foreignPlan(plan: CarePlan, facts: Facts): ForeignPlan {
  const said = new Set(facts.currentWords.map(plainly))
  const isCurrent = plan.id === facts.currentId
  const marked = (line: Omit<ForeignLine, 'isInCurrent'>): ForeignLine => ({
    ...line,
    isInCurrent: isCurrent || said.has(plainly(line.words)),
  })
  const find = (reference: Reference | undefined) => resolved(plan, reference, facts.records)
  const nameOf = (reference: Reference | undefined) => somebody(plan, reference, facts)
  return {
    id: plan.id ?? '',
    title: planTitle(plan),
    ...{ isCurrent, ended: isEnded(plan), status: inWords(plan.status) },
    madeBy: [plan.author, ...(plan.contributor ?? [])].map(nameOf).filter(Boolean),
    ...given('since', plan.period?.start),
    ...given('until', plan.period?.end),
    notes: [plan.description ?? '', ...noteTexts(plan.note)].filter(Boolean),
    goals: (plan.goal ?? []).map((each) => marked(goalLine(find(each), each, nameOf))),
    steps: (plan.activity ?? []).map((activity) =>
      marked(activityLine(activity, { find, nameOf })),
    ),
    needs: (plan.addresses ?? []).map((each) => marked(recordLine(find(each), each, nameOf))),
    team: (plan.careTeam ?? []).flatMap((each) => teamLines(find(each), each, facts)),
  }
}

const plainly = (words: string) =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function resolved(plan: CarePlan, reference: Reference | undefined, records: readonly Resource[]) {
  return (
    containedIn(plan, reference) ??
    records.find((each) => reference?.reference?.endsWith(`${each.resourceType}/${each.id}`))
  )
}

function somebody(
  plan: CarePlan,
  reference: Reference | undefined,
  { records, today }: Facts,
): string {
  if (reference?.display) return reference.display
  const inside = containedSomebody(plan, reference, today)
  if (inside) return inside.name
  const record = resolved(plan, reference, records) as { name?: unknown } | undefined
  if (typeof record?.name === 'string') return record.name
  return Array.isArray(record?.name) ? nameInWords(record.name, today) : ''
}

const noteTexts = (notes: readonly Annotation[] | undefined) =>
  (notes ?? []).map(({ text }) => text ?? '')

type NameOf = (reference: Reference | undefined) => string

function goalLine(record: Resource | undefined, reference: Reference, nameOf: NameOf) {
  if (record?.resourceType !== 'Goal') return recordLine(record, reference, nameOf)
  const { description, lifecycleStatus, achievementStatus, startDate, note, expressedBy } = record
  return {
    words: textOfConcept(description) || (reference.display ?? ''),
    state: [inWords(lifecycleStatus), textOfConcept(achievementStatus)].filter(Boolean).join(', '),
    who: [nameOf(expressedBy)].filter(Boolean),
    when: startDate ? [startDate] : [],
    notes: [...targetTexts(record), ...noteTexts(note)].filter(Boolean),
  }
}

function targetTexts({ target }: Goal): readonly string[] {
  return (target ?? []).map((each) => {
    const { detailQuantity: amount, detailRange: range, detailString, detailCodeableConcept } = each
    const value = amount ? [amount.comparator, amount.value, amount.unit ?? amount.code] : []
    const between = range ? [range.low?.value, '–', range.high?.value, range.high?.unit] : []
    const words = [textOfConcept(each.measure), ...value, ...between, detailString]
    return [...words, textOfConcept(detailCodeableConcept), each.dueDate]
      .filter((part) => part !== undefined && part !== '')
      .join(' ')
  })
}

function teamLines(
  record: Resource | undefined,
  reference: Reference,
  { today }: Facts,
): readonly string[] {
  if (record?.resourceType !== 'CareTeam') return reference.display ? [reference.display] : []
  return (record.participant ?? []).map((each) => {
    const name =
      each.member?.display ?? containedSomebody(record as CareTeam, each.member, today)?.name
    return [name, roleOf(each.role)].filter(Boolean).join(', ')
  })
}

const roleOf = (roles: readonly CodeableConcept[] | undefined) => textOfConcept(roles?.[0])
