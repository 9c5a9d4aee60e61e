import type { CarePlan, Observation, Reference, Resource } from '@medplum/fhirtypes'
import { supportersOf } from '#domain/access/record-access-kind.ts'
import {
  helperExtension,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
  writtenFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { actionKind, goalKind } from '#domain/goal/fhir.ts'
import { aboutMeKind } from '#domain/plan/about-me-fhir.ts'
import { isWhatIf, needKind } from '#domain/plan/fhir.ts'
import { type HouseRoom, type PlanRecord, type Who, whatIfLevels } from '#domain/plan/plan.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { whatIfFromFhir, whatIfKind, whatIfToFhir } from '#domain/plan/worse/what-if-fhir.ts'

/** Where in its record a sentence is, in the plain terms of the record: `words`, `why`, `amber.doWhat`. */
export type SentencePlace = string

type Sentences = Readonly<{
  room: HouseRoom
  places: readonly SentencePlace[]
  read: (resource: Resource, place: SentencePlace) => string
  write: (resource: ResourceWithId, place: SentencePlace, words: string) => ResourceWithId
}>

type Fields = Readonly<Record<string, unknown>>

const valueAt = (record: object, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], record)

function withValueAt(
  record: object,
  [key = '', ...rest]: readonly string[],
  value: string,
): object {
  const inner = (record as Fields)[key]
  const next = rest.length > 0 ? withValueAt((inner ?? {}) as object, rest, value) : value
  return { ...record, [key]: next }
}

function sentencesOf<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  room: HouseRoom,
  places: readonly SentencePlace[],
): Sentences {
  return {
    ...{ room, places },
    read: (resource, place) =>
      String(valueAt(kind.fromFhir(resource as R), place.split('.')) ?? ''),
    write: (resource, place, words) => {
      const record = kind.fromFhir(resource as Resource as R)
      const changed = withValueAt(record, place.split('.'), words) as T
      return kind.toFhir(changed, resource as Resource as R) as ResourceWithId
    },
  }
}

const byType: Readonly<Partial<Record<Resource['resourceType'], Sentences>>> = {
  Goal: sentencesOf(goalKind, 'conversation', ['words', 'why']),
  Observation: sentencesOf(aboutMeKind, 'me', ['words']),
  Condition: sentencesOf(needKind, 'conversation', ['words']),
  Task: sentencesOf(actionKind, 'conversation', ['what', 'note']),
  CarePlan: sentencesOf(
    whatIfKind,
    'roof',
    whatIfLevels.flatMap((level) => [`${level}.sign`, `${level}.doWhat`, `${level}.ring`]),
  ),
}

/** The sentences of a record of the plan; undefined for a record that has none which belong to somebody. */
function sentencesIn(resource: Resource): Sentences | undefined {
  if (!isPlanRecord(resource)) return undefined
  if (resource.resourceType === 'CarePlan' && !isWhatIf(resource)) return undefined
  return byType[resource.resourceType]
}

/** The words of one sentence, empty if nothing is said there yet; undefined if the record has no such sentence. */
export function sentenceIn(resource: Resource, place: SentencePlace): string | undefined {
  const sentences = sentencesIn(resource)
  return sentences?.places.includes(place) ? sentences.read(resource, place) : undefined
}

/** The part of the house in which a record’s sentences are. `record`: for example `Goal/1`. */
export const roomOfSentence = (record: string): HouseRoom =>
  byType[record.split('/')[0] as Resource['resourceType']]?.room ?? 'conversation'

function speakerIn(resource: Resource): Reference | undefined {
  switch (resource.resourceType) {
    case 'Goal':
      return resource.expressedBy
    case 'Observation':
      return resource.performer?.[0]
    case 'Condition':
      return resource.asserter
    // a promise belongs to the one who gave it
    case 'Task':
      return resource.owner
    default:
      return undefined
  }
}

function writerIn(resource: Resource): Reference | undefined {
  if (resource.resourceType === 'Condition') return resource.recorder
  if (resource.resourceType === 'Task') return resource.requester
  return resource.resourceType === 'CarePlan' ? resource.author : undefined
}

const levelOf = (place: SentencePlace) =>
  whatIfLevels.find((level) => place.startsWith(`${level}.`))

/** Each line of the plan for if things get worse names who said it. */
function speakerOfLine(resource: Resource, place: SentencePlace): Who | undefined {
  const level = levelOf(place)
  if (resource.resourceType !== 'CarePlan' || !level) return undefined
  return whatIfFromFhir(resource)[level].said?.by
}

/** Who wrote a sentence down for its speaker. */
export function helpersOf(resource: Resource, place: SentencePlace): readonly string[] {
  const level = levelOf(place)
  if (resource.resourceType !== 'CarePlan' || !level) return supportersOf(resource)
  const helper = whatIfFromFhir(resource)[level].said?.helper
  return helper ? [helper.reference] : []
}

/**
 * Whose words a sentence holds: the one who said it, promised it, or, where nobody is named, wrote it. Undefined if the
 * record names nobody.
 */
export function ownerOfWords(resource: Resource, place: SentencePlace): Who | undefined {
  const said = whoFrom(speakerIn(resource)) ?? speakerOfLine(resource, place)
  if (said?.reference) return said
  const writer = writtenFrom(resource, writerIn(resource))?.by
  return writer?.reference ? writer : undefined
}

/** Who took other words into a sentence, and for whom. */
export type Taking = Readonly<{
  /** whose words they are from now on; undefined if nobody is named */
  owner: Who | undefined
  /** who writes it down: the owner, a colleague, or the professional at the person’s side */
  by: Who
  at: string
  /** `YYYY-MM-DD` */
  day: string
}>

/** The record with other words in one sentence. They are the owner’s, and name the one who wrote them down for somebody. */
export function withSentence(
  resource: ResourceWithId,
  place: SentencePlace,
  words: string,
  taking: Taking,
): ResourceWithId {
  const sentences = sentencesIn(resource)
  if (!sentences?.places.includes(place)) return resource
  const { owner, by, at, day } = taking
  const changed = spoken(sentences.write(resource, place, words), taking)
  const isOthers = owner && owner.voice !== 'professional' && owner.reference !== by.reference
  if (changed.resourceType === 'CarePlan') return withLineSaid(changed, place, taking)
  const { extension: _before, ...rest } = changed as ResourceWithId & Extended
  return {
    ...rest,
    ...(changed.resourceType === 'Observation' ? { effectiveDateTime: day } : {}),
    ...withExtensions(changed as Extended, {
      'supported-by': helperExtension(isOthers ? by : undefined),
      written: writtenExtension({ by, at }),
    }),
  } as ResourceWithId
}

function withLineSaid(
  carePlan: CarePlan & { id: string },
  place: SentencePlace,
  { owner, by, at }: Taking,
): ResourceWithId {
  const whatIf = whatIfFromFhir(carePlan)
  const level = levelOf(place) ?? 'green'
  const isOthers = owner && owner.voice !== 'professional' && owner.reference !== by.reference
  const said = { ...(isOthers ? { by: owner, helper: by } : { by }), at }
  const changed = { ...whatIf, [level]: { ...whatIf[level], said }, written: { by, at } }
  return whatIfToFhir(changed, carePlan)
}

type Extended = Parameters<typeof withExtensions>[0] & object

/** A record that named nobody stays so, unless the words are those of a person or a carer. */
function spoken(resource: ResourceWithId, { owner }: Taking): ResourceWithId {
  if (!owner || owner.voice === 'professional') return resource
  const by = referenceTo(owner)
  if (resource.resourceType === 'Goal') return { ...resource, expressedBy: by }
  if (resource.resourceType === 'Condition') return { ...resource, asserter: by }
  if (resource.resourceType === 'Observation')
    return { ...(resource as Observation & { id: string }), performer: [by] }
  return resource
}
