import type { Provenance } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { HouseRoom, PlanEvent, Who } from '#domain/plan/plan.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import type { Agreement } from './agreement.ts'

const activityOf = (provenance: Provenance) =>
  provenance.activity?.coding?.find((each) => each.system === gableCodeSystem)?.code

type AnswerCode = 'agree' | 'disagree'

/** The agreement or refusal in a Provenance; undefined if it is something else. */
export function answerIn(provenance: Provenance): AnswerCode | undefined {
  const said = (provenance.activity?.coding ?? [])
    .filter((each) => each.system === gableCodeSystem)
    .map((each) => each.code)
  return (['agree', 'disagree'] as const).find((each) => said.includes(each))
}

/** The place that the server gave it among the answers to the plan; 0 for one from before answers were numbered. */
export const answerNumberOf = (provenance: Provenance): number =>
  extensionOf(provenance, 'answer-number')?.valueInteger ?? 0

const exactVersion = /^CarePlan\/([^/]+)\/_history\/([^/]+)$/

/** A person agrees only for themselves: about another’s plan they speak as a carer. */
function asCarerIfOfAnother({ target }: Provenance, by: Who): Who {
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
  return {
    id: provenance.id ?? '',
    planId: target[1],
    version: target[2],
    yes: said === 'agree',
    by: asCarerIfOfAnother(provenance, by),
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
  at: string
  by: Provenance['agent'][number]['who']
}>

/** An answer as the server stores it: the server sets what it covers, its time, its number and who gave it. */
export function numberedAnswer(
  provenance: Provenance & { id: string },
  taken: Taken,
): Provenance & { id: string } {
  const { occurredPeriod: _period, entity: _entity, ...rest } = provenance
  const { planId, version, person, covered, at, by } = taken
  return {
    ...rest,
    target: [
      { reference: `CarePlan/${planId}/_history/${version}` },
      { reference: `Patient/${person}` },
    ],
    activity: ownCode(taken.said),
    agent: [{ who: by }],
    occurredDateTime: at,
    recorded: at,
    ...(covered.length > 0
      ? { entity: covered.map((reference) => ({ role: 'source' as const, what: { reference } })) }
      : {}),
    ...withExtensions(provenance, { 'answer-number': [{ valueInteger: taken.number }] }),
  }
}

/** `person` is named as a target too, so that the answer is found among the person's records. */
export function agreementToFhir(
  agreement: Omit<Agreement, 'order'>,
  person: string,
): Provenance & { id: string } {
  return {
    resourceType: 'Provenance',
    id: agreement.id,
    target: [
      { reference: `CarePlan/${agreement.planId}/_history/${agreement.version}` },
      { reference: `Patient/${person}` },
    ],
    activity: ownCode(agreement.yes ? 'agree' : 'disagree'),
    agent: [{ who: referenceTo(agreement.by) }],
    occurredDateTime: agreement.at,
    recorded: agreement.at,
    ...withExtensions(undefined, {
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

export function eventFromFhir(provenance: Provenance): PlanEvent | undefined {
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
    at: provenance.occurredDateTime ?? provenance.recorded,
    targets: records,
    ...given('words', kind === 'change-access' ? provenance.reason?.[0]?.text : undefined),
  }
}
