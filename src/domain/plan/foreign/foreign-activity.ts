import type {
  Annotation,
  CarePlanActivity,
  CarePlanActivityDetail,
  CodeableConcept,
  Period,
  Reference,
  Resource,
  Timing,
} from '@medplum/fhirtypes'
import type { ForeignLine } from './foreign-plan.ts'
import { inWords, textOfConcept, textOfTiming } from './foreign-text.ts'

type Line = Omit<ForeignLine, 'isInCurrent'>
type NameOf = (reference: Reference | undefined) => string
type Lookup = Readonly<{
  find: (reference: Reference | undefined) => Resource | undefined
  nameOf: NameOf
}>

/** A step of a plan from elsewhere: what it says itself, or the record that it refers to. */
export function activityLine(activity: CarePlanActivity, { find, nameOf }: Lookup): Line {
  const { detail, reference, progress, outcomeCodeableConcept } = activity
  const line = detail ? detailLine(detail, nameOf) : recordLine(find(reference), reference, nameOf)
  const more = [
    ...(progress ?? []).map(({ text }) => text ?? ''),
    ...(outcomeCodeableConcept ?? []).map(textOfConcept),
  ].filter(Boolean)
  return { ...line, notes: [...line.notes, ...more] }
}

function detailLine(detail: CarePlanActivityDetail, nameOf: NameOf): Line {
  const { description, code, kind, status, statusReason, performer, location } = detail
  const product = textOfConcept(detail.productCodeableConcept) || nameOf(detail.productReference)
  const words = [description, textOfConcept(code), product, kind].filter(Boolean)
  const [first = '', ...others] = words.filter((each) => each !== kind)
  return {
    words: first || inWords(kind),
    // a step that must not be done reads the other way round
    state: [detail.doNotPerform ? 'do not do this' : '', inWords(status)]
      .filter(Boolean)
      .join(', '),
    who: (performer ?? []).map(nameOf).filter(Boolean),
    when: whenOf(detail),
    notes: [
      ...others,
      textOfConcept(statusReason),
      nameOf(location),
      amountOf(detail.dailyAmount),
      amountOf(detail.quantity),
      ...(detail.reasonCode ?? []).map(textOfConcept),
    ].filter((each): each is string => Boolean(each)),
  }
}

const amountOf = (amount: { value?: number; unit?: string; code?: string } | undefined) =>
  amount?.value === undefined
    ? ''
    : [amount.value, amount.unit ?? amount.code].filter(Boolean).join(' ')

const whenOf = ({ scheduledString, scheduledPeriod, scheduledTiming }: CarePlanActivityDetail) => [
  ...(scheduledString ? [scheduledString] : []),
  ...daysOf(scheduledPeriod),
  ...textOfTiming(scheduledTiming),
]

const daysOf = (period: Period | undefined) =>
  [period?.start, period?.end].filter((each): each is string => Boolean(each))

/** What most kinds of record have, under the names that their kinds use. */
type Loose = Readonly<{
  resourceType: string
  status?: string
  description?: string | CodeableConcept
  code?: CodeableConcept
  medicationCodeableConcept?: CodeableConcept
  appointmentType?: CodeableConcept
  serviceType?: readonly CodeableConcept[]
  clinicalStatus?: CodeableConcept
  owner?: Reference
  performer?: Reference | readonly Reference[]
  participant?: readonly { actor?: Reference }[]
  start?: string
  end?: string
  restriction?: { period?: Period }
  occurrenceDateTime?: string
  occurrencePeriod?: Period
  occurrenceTiming?: Timing
  dosageInstruction?: readonly { text?: string }[]
  note?: readonly Annotation[]
}>

/** A record that a plan refers to; if it is not here, what the plan says about it. */
export function recordLine(
  record: Resource | undefined,
  reference: Reference | undefined,
  nameOf: NameOf,
): Line {
  const display = reference?.display ?? ''
  if (!record) {
    const kind = reference?.type ?? reference?.reference?.split('/').at(-2) ?? ''
    return { words: display || kind, state: '', who: [], when: [], notes: [] }
  }
  const loose = record as unknown as Loose
  const people = [loose.owner, ...[loose.performer ?? []].flat()]
  const present = (loose.participant ?? []).map(({ actor }) => actor)
  return {
    words: wordsOf(loose) || display || loose.resourceType,
    state: inWords(loose.status) || textOfConcept(loose.clinicalStatus),
    who: [...people, ...present]
      .map((each) => nameOf(each as Reference | undefined))
      .filter(Boolean),
    when: timesOf(loose),
    notes: [
      ...(loose.dosageInstruction ?? []).map(({ text }) => text ?? ''),
      ...(loose.note ?? []).map(({ text }) => text ?? ''),
    ].filter(Boolean),
  }
}

function wordsOf({ description, ...record }: Loose): string {
  const said = typeof description === 'string' ? description : textOfConcept(description)
  const { code, medicationCodeableConcept, appointmentType, serviceType } = record
  const concepts = [code, medicationCodeableConcept, serviceType?.[0], appointmentType]
  return said || (concepts.map(textOfConcept).find(Boolean) ?? '')
}

const timesOf = ({ start, end, restriction, ...record }: Loose): readonly string[] => [
  ...[start, end, record.occurrenceDateTime].filter((each): each is string => Boolean(each)),
  ...daysOf(restriction?.period),
  ...daysOf(record.occurrencePeriod),
  ...textOfTiming(record.occurrenceTiming),
]
