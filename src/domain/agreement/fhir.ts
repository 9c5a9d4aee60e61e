import type { Provenance } from '@medplum/fhirtypes'
import {
  codes,
  extensionOf,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/plan/fhir-parts.ts'
import type { HouseRoom, PlanEvent } from '#domain/plan/plan.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import type { Agreement } from './agreement.ts'

const activityOf = (provenance: Provenance) =>
  provenance.activity?.coding?.find((each) => each.system === codes)?.code

const exactVersion = /^CarePlan\/([^/]+)\/_history\/([^/]+)$/

/** An answer to an exact version; undefined when the Provenance is something else, or names no version. */
export function agreementFromFhir(provenance: Provenance): Agreement | undefined {
  const activity = activityOf(provenance)
  if (activity !== 'agree' && activity !== 'disagree') return undefined
  const target = provenance.target
    .map((each) => exactVersion.exec(each.reference ?? ''))
    .find((match) => match !== null)
  const by = whoFrom(provenance.agent[0]?.who)
  if (!target?.[1] || !target[2] || !by) return undefined
  return {
    id: provenance.id ?? '',
    planId: target[1],
    version: target[2],
    yes: activity === 'agree',
    by,
    words: extensionOf(provenance, 'words')?.valueString ?? '',
    at: provenance.occurredDateTime ?? provenance.recorded,
  }
}

/** `person` is named as a target too, so that the answer is found among the person's records. */
export function agreementToFhir(agreement: Agreement, person: string): Provenance & { id: string } {
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

/** No words of the record stand in here: who may read them is asked where they are read. */
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
  const kind = activityOf(provenance)
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
  }
}
