import type { Coding, Extension, Flag, Resource, Task } from '@medplum/fhirtypes'
import { answerIn } from '#domain/agreement/fhir.ts'
import { enterersOf, saysHow } from '#domain/agreement/given-how.ts'
import { isEmergencyOpening } from '#domain/card/card-opening.ts'
import { isCarerWords } from '#domain/carer/carer-words-code.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { illCarerIn, isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { isWishCode } from '#domain/plan/worse/wish-codes.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOfferWord } from '#domain/support/is-offer.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import { isBetween } from './labels/between.ts'
import { isRestricted } from './labels/restricted.ts'
import { isAboutNobody, peopleNamed } from './record-owner.ts'

/** The kind of a record for its writers: the unit of the writing rules. */
export type RecordAccessKind =
  | 'about-me'
  | 'goal'
  | 'goal-view'
  | 'offer-word'
  | 'photo'
  | 'message'
  | 'reading'
  | 'agreement'
  | 'answers'
  | 'action'
  | 'suggestion'
  | 'suggested-change'
  | 'plan'
  | 'sharing'
  | 'emergency'
  | 'carer-ill'
  | 'details'
  | 'clinical'
  | 'about-nobody'
  | 'care-home'
  | 'trail'

const kindByType: Partial<Record<Resource['resourceType'], RecordAccessKind>> = {
  Goal: 'goal',
  Communication: 'message',
  Provenance: 'agreement',
  QuestionnaireResponse: 'answers',
  CarePlan: 'plan',
  Consent: 'sharing',
  AuditEvent: 'trail',
  Patient: 'details',
  RelatedPerson: 'details',
}

export function recordAccessKind(resource: Resource): RecordAccessKind {
  if (isCareHome(resource)) return 'care-home'
  if (isAboutNobody(resource.resourceType) && !isSomebodys(resource)) return 'about-nobody'
  if (resource.resourceType === 'Task') return taskKind(resource)
  if (resource.resourceType === 'Observation') return observationKind(resource)
  if (resource.resourceType === 'Flag') return flagKind(resource)
  if (isAboutMePhoto(resource)) return 'photo'
  return kindByType[resource.resourceType] ?? 'clinical'
}

function taskKind(task: Task): RecordAccessKind {
  if (isSuggestedChange(task) || isTemplateItem(task)) return 'suggested-change'
  return task.intent === 'proposal' ? 'suggestion' : 'action'
}

/**
 * Of the types that are not about people, these may belong to one; the others stay what they are, no matter whom they
 * name.
 */
function isSomebodys(resource: Resource): boolean {
  return ['Device', 'Schedule'].includes(resource.resourceType) && peopleNamed(resource).length > 0
}

function flagKind(flag: Flag): RecordAccessKind {
  if (isEmergencyOpening(flag)) return 'emergency'
  if (isCarerIll(flag)) return 'carer-ill'
  return isDayColour(flag) ? 'reading' : 'clinical'
}

function observationKind(
  resource: Extract<Resource, { resourceType: 'Observation' }>,
): RecordAccessKind {
  const sections: readonly string[] = Object.values(aboutMeCodes)
  const codes = (resource.code?.coding ?? []).map((each) => each.code ?? '')
  if (codes.some((code) => sections.includes(code) || isWishCode(code) || isCarerWords(code)))
    return 'about-me'
  if (goalObservationCode(resource)) return 'goal-view'
  if (isOfferWord(resource)) return 'offer-word'
  const categories = (resource.category ?? []).flatMap((each) => each.coding ?? [])
  return categories.some((each) => each.code === 'vital-signs' || each.code === 'reading')
    ? 'reading'
    : 'clinical'
}

/**
 * Reference of the person whose words or finding a record holds, according to itself: `Type/id`, in whatever form it is
 * written.
 */
export function authorOf(resource: Resource): string | undefined {
  const author = authorIn(resource)
  const target = author === undefined ? undefined : referenceTarget(author)
  return target ? `${target.type}/${target.id}` : author
}

function authorIn(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Observation':
      return resource.performer?.[0]?.reference
    case 'Communication':
      return resource.sender?.reference
    case 'Provenance':
      return resource.agent?.[0]?.who?.reference
    case 'QuestionnaireResponse':
      return (resource.author ?? resource.source)?.reference
    case 'Goal':
      return resource.expressedBy?.reference
    case 'Task':
      return resource.owner?.reference
    case 'Patient':
    case 'RelatedPerson':
    case 'Practitioner':
      return `${resource.resourceType}/${resource.id}`
    case 'Flag':
      if (isCarerIll(resource)) return illCarerIn(resource)
      return isDayColour(resource) ? resource.author?.reference : undefined
    case 'Consent':
      return resource.performer?.[0]?.reference ?? resource.patient?.reference
    default:
      return undefined
  }
}

/**
 * References of those who helped to write it down ("supported to write this by"), or who recorded an answer that
 * somebody gave in another way than by signing in.
 */
export function supportersOf(resource: Resource): readonly string[] {
  if (resource.resourceType === 'Provenance')
    return answerIn(resource) && saysHow(resource) ? enterersOf(resource) : []
  const { extension } = resource as { extension?: readonly Extension[] }
  return (extension ?? [])
    .filter((each) => each.url.endsWith('/supported-by'))
    .flatMap((each) => each.valueReference?.reference ?? [])
}

/**
 * Names of the top-level elements in which two versions differ; an extension is named `extension:<last part of its url>`.
 * The narrative (`text`) counts, since other systems show it. Of `meta` the labels count (`security`), without those
 * that restrict a record: they have their own rules (`labelFault`). The rest of `meta` says nothing about the person.
 */
export function changedElements(before: Resource, after: Resource): readonly string[] {
  const old = elementsOf(before)
  const fresh = elementsOf(after)
  const names = new Set([...old.keys(), ...fresh.keys()])
  return [...names].filter((name) => old.get(name) !== fresh.get(name))
}

function elementsOf(resource: Resource): ReadonlyMap<string, string> {
  const elements = new Map<string, string>()
  for (const [name, value] of Object.entries(resource)) {
    if (name === 'meta') addLabels(elements, resource)
    else if (name === 'extension') addExtensions(elements, value as Extension[])
    else elements.set(name, inOrder(value))
  }
  return elements
}

function addLabels(elements: Map<string, string>, { meta }: Resource): void {
  const labels = (meta?.security ?? []).filter((each) => !isAccessLabel(each)).map(inOrder)
  if (labels.length > 0) elements.set('security', labels.toSorted().join())
}

const isAccessLabel = (label: Coding) => {
  const labelled: Resource = { resourceType: 'Basic', code: {}, meta: { security: [label] } }
  return isBetween(labelled) || isRestricted(labelled)
}

function addExtensions(elements: Map<string, string>, extensions: readonly Extension[]): void {
  for (const each of extensions) {
    const key = `extension:${each.url.split('/').at(-1)}`
    elements.set(key, `${elements.get(key) ?? ''}${inOrder(each)}`)
  }
}

/** The order of an element's members, sent or stored, changes nothing. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : each,
  )
}
