import type { Provenance } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { HouseRoom, PlanEvent, Who } from '#domain/plan/plan.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import type { Agreement, NotAgreed } from './agreement.ts'
import {
  agentsOf,
  type GivenHow,
  givenHowFrom,
  howExtension,
  isCarried,
  ownSignIn,
} from './given-how.ts'

const activityOf = (provenance: Provenance) =>
  provenance.activity?.coding?.find((each) => each.system === gableCodeSystem)?.code

export type AnswerCode = 'agree' | 'agree-in-part' | 'disagree'
export const answerCodes: readonly AnswerCode[] = ['agree', 'agree-in-part', 'disagree']

/** The agreement or refusal in a Provenance; undefined if it is something else. */
export function answerIn(provenance: Provenance): AnswerCode | undefined {
  const said = (provenance.activity?.coding ?? [])
    .filter((each) => each.system === gableCodeSystem)
    .map((each) => each.code)
  return answerCodes.find((each) => said.includes(each))
}

/** The place that the server gave it among the answers to the plan; 0 for one from before answers were numbered. */
export const answerNumberOf = (provenance: Provenance): number =>
  extensionOf(provenance, 'answer-number')?.valueInteger ?? 0

const exactVersion = /^CarePlan\/([^/]+)\/_history\/([^/]+)$/

/** The parts that a yes in part leaves out. */
export function notAgreedIn(provenance: Provenance): readonly NotAgreed[] {
  return extensionsOf(provenance, 'not-agreed').flatMap(({ extension = [] }) => {
    const part = (url: string) => extension.find((each) => each.url === url)
    const reference = part('record')?.valueReference?.reference ?? ''
    const [type, id] = reference.split('/')
    const words = part('words')?.valueString ?? ''
    const mark = given('mark', part('mark')?.valueString)
    return type && id ? [{ record: `${type}/${id}`, words, ...mark }] : []
  })
}

const leftOut = (said: AnswerCode, provenance: Provenance) =>
  said === 'agree-in-part' ? { notAgreed: notAgreedIn(provenance) } : {}

const notAgreedExtension = (parts: readonly NotAgreed[]) =>
  parts.map(({ record, words, mark }) => ({
    extension: [
      { url: 'record', valueReference: { reference: record } },
      { url: 'words', valueString: words },
      ...(mark ? [{ url: 'mark', valueString: mark }] : []),
    ],
  }))

/** A person agrees only for themselves: about another’s plan they speak as a carer, and so does who decides for another. */
function asCarerIfOfAnother({ target }: Provenance, by: Who, { way }: GivenHow): Who {
  if (way === 'authority') return { ...by, voice: 'carer' }
  const people = target.flatMap(({ reference = '' }) =>
    /^Patient\//.test(reference) ? reference : [],
  )
  const isOwn = by.voice !== 'person' || people.length === 0 || people.includes(by.reference)
  return isOwn ? by : { ...by, voice: 'carer' }
}

/** An answer to an exact version; undefined if the Provenance is something else, or names no version. */
export function agreementFromFhir(provenance: Provenance): Agreement | undefined {
  const said = answerIn(provenance)
  if (!said) return undefined
  const target = provenance.target
    .map((each) => exactVersion.exec(each.reference ?? ''))
    .find((match) => match !== null)
  const by = whoFrom(provenance.agent[0]?.who)
  if (!target?.[1] || !target[2] || !by) return undefined
  const how = givenHowFrom(provenance)
  return {
    id: provenance.id ?? '',
    planId: target[1],
    version: target[2],
    yes: said === 'agree',
    ...leftOut(said, provenance),
    by: asCarerIfOfAnother(provenance, by, how),
    ...(how.way === 'own-sign-in' && how.helpers.length === 0 ? {} : { how }),
    words: extensionOf(provenance, 'words')?.valueString ?? '',
    at: provenance.occurredDateTime ?? provenance.recorded,
    order: [answerNumberOf(provenance), Date.parse(provenance.meta?.lastUpdated ?? '') || 0],
  }
}

type Taken = Readonly<{
  said: AnswerCode
  planId: string
  version: string
  person: string
  /** the versions of everything in the plan */
  covered: readonly string[]
  number: number
  /** when it was recorded */
  at: string
  /** the day it was signed; absent: it was given when it was recorded */
  signedOn?: string | undefined
  by: Who
  how: GivenHow
  notAgreed: readonly NotAgreed[]
}>

/** An answer as the server stores it: the server sets what it covers, its time, its number and who gave it. */
export function numberedAnswer(
  provenance: Provenance & { id: string },
  taken: Taken,
): Provenance & { id: string } {
  const { occurredPeriod: _period, entity: _entity, ...rest } = provenance
  const { planId, version, person, covered, at, by, how, notAgreed } = taken
  return {
    ...rest,
    target: [
      { reference: `CarePlan/${planId}/_history/${version}` },
      { reference: `Patient/${person}` },
    ],
    activity: ownCode(taken.said),
    agent: agentsOf(by, how, person),
    occurredDateTime: taken.signedOn ?? at,
    recorded: at,
    ...(covered.length > 0
      ? { entity: covered.map((reference) => ({ role: 'source' as const, what: { reference } })) }
      : {}),
    ...withExtensions(provenance, {
      'answer-number': [{ valueInteger: taken.number }],
      'agreed-how': howExtension(how),
      'not-agreed': notAgreedExtension(notAgreed),
    }),
  }
}

function codeOf({ yes, notAgreed = [] }: Pick<Agreement, 'yes' | 'notAgreed'>): AnswerCode {
  if (yes) return 'agree'
  return notAgreed.length > 0 ? 'agree-in-part' : 'disagree'
}

/** `person` is named as a target too, so that the answer is found among the person's records. */
export function agreementToFhir(
  agreement: Omit<Agreement, 'order'>,
  person: string,
  recordedAt: string = agreement.at,
): Provenance & { id: string } {
  return {
    resourceType: 'Provenance',
    id: agreement.id,
    target: [
      { reference: `CarePlan/${agreement.planId}/_history/${agreement.version}` },
      { reference: `Patient/${person}` },
    ],
    activity: ownCode(codeOf(agreement)),
    agent: agentsOf(agreement.by, agreement.how ?? ownSignIn, person),
    occurredDateTime: agreement.at,
    recorded: recordedAt,
    ...withExtensions(undefined, {
      'agreed-how': howExtension(agreement.how ?? ownSignIn),
      'not-agreed': notAgreedExtension(agreement.notAgreed ?? []),
      words: agreement.words ? [{ valueString: agreement.words }] : [],
    }),
  }
}

/** The text of records is not copied in: access to it is checked when it is read. */
export function eventToFhir(event: PlanEvent, person: string): Provenance & { id: string } {
  return {
    resourceType: 'Provenance',
    id: event.id,
    target: [...event.targets, `Patient/${person}`].map((reference) => ({ reference })),
    activity: ownCode(event.kind),
    agent: [{ who: referenceTo(event.by) }],
    occurredDateTime: event.at,
    recorded: event.at,
    ...withExtensions(undefined, { room: [{ valueCode: event.room }] }),
  }
}

const roomByType: Readonly<Record<string, HouseRoom>> = {
  Observation: 'me',
  Goal: 'conversation',
  Task: 'conversation',
  Condition: 'conversation',
  CareTeam: 'team',
  ServiceRequest: 'support',
}

function roomIn(provenance: Provenance, targets: readonly string[]): HouseRoom {
  const named = extensionOf(provenance, 'room')?.valueCode
  const known = houseRooms.find((room) => room === named)
  const guessed = targets.map((each) => roomByType[each.split('/')[0] ?? '']).find((room) => room)
  return known ?? guessed ?? 'roof'
}

/** What the service says in words of its own. */
const saidByService: readonly string[] = ['change-access', 'change-home']

/** A change of the plan, or what somebody said about it. That an answer was carried on is neither. */
export function eventFromFhir(provenance: Provenance): PlanEvent | undefined {
  if (isCarried(provenance)) return undefined
  const kind = answerIn(provenance) ?? activityOf(provenance)
  const by = whoFrom(provenance.agent[0]?.who)
  if (!kind || !by) return undefined
  const targets = provenance.target.map((each) => each.reference ?? '')
  const records = targets.filter((each) => !each.startsWith('Patient/'))
  return {
    id: provenance.id ?? '',
    kind: kind as PlanEvent['kind'],
    room: roomIn(provenance, records),
    by,
    // a paper that was signed last week is new on the day it is recorded
    at: answerIn(provenance)
      ? provenance.recorded
      : (provenance.occurredDateTime ?? provenance.recorded),
    targets: records,
    ...given('words', saidByService.includes(kind) ? provenance.reason?.[0]?.text : undefined),
  }
}
