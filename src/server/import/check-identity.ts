import type { Patient, Resource } from '@medplum/fhirtypes'
import { peoplePointedAt } from '#domain/access/record-owner.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { isSomeoneElse } from '#domain/person/someone-else.ts'
import { guardDeath } from '#server/death/guard-death.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { guardIdentity } from '#server/integrity/guard-identity.ts'
import {
  changesRecordStatus,
  onlyByAdministrator,
  tellsOfRecordStatus,
} from '#server/integrity/record-status.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Fine } from './items.ts'
import { nameOf, standingRecords } from './standing-records.ts'

/** The current records, by `Type/id`. */
type Standing = ReadonlyMap<string, Resource>

/**
 * Two people under one id are never merged: somebody who is another person here, or appears as two people in this file,
 * is refused together with everything about that id, because nobody can tell whose it is.
 */
export async function checkIdentity(
  context: RequestContext,
  items: readonly Fine[],
): Promise<void> {
  const somebody = items.filter((item) => isPatient(item) || isRelative(item))
  const standing = await standingRecords(
    context.service.sql,
    somebody.map(({ resource }) => resource),
  )
  checkStandingOfPeople(context, items.filter(isPatient), standing)
  await checkDeaths(context, items.filter(isPatient), standing)
  for (const item of items.filter(isRelative))
    item.reason = await faultIn(context, [item], standing)
  const others = await othersIn(context, items.filter(isPatient), standing)
  if (others.size === 0) return
  for (const item of items) {
    const person = await personOf(context, item.resource)
    const about = [person ?? '', ...peoplePointedAt(item.resource)]
    const id = about.find((each) => others.has(each))
    if (id === undefined) continue
    item.reason = isPatient(item) ? others.get(id) : `It is about Patient/${id}, which was refused`
    item.someoneElse = id
  }
}

/** Refuses by name a death that cannot be, or that the importer may not record. */
async function checkDeaths(context: RequestContext, people: readonly Fine[], standing: Standing) {
  for (const item of people.filter(({ stays, reason }) => !stays && !reason)) {
    try {
      await guardDeath(context, standing.get(nameOf(item.resource)), item.resource)
    } catch (problem) {
      if (!(problem instanceof FhirProblem)) throw problem
      item.reason = problem.message
    }
  }
}

/**
 * Links between duplicate records are changed only by an administrator's file: one that contradicts them is refused,
 * and if it says nothing about them the record stays as it is here.
 */
function checkStandingOfPeople(
  { actor }: RequestContext,
  people: readonly Fine[],
  standing: Standing,
) {
  if (actor.role === 'admin') return
  for (const item of people) {
    if (!changesRecordStatus(standing.get(nameOf(item.resource)), item.resource)) continue
    if (tellsOfRecordStatus(item.resource)) item.reason = onlyByAdministrator
    else item.stays = true
  }
}

/** Why these records, all with one id, cannot be stored under it: the current record is somebody else's. */
async function faultIn(
  context: RequestContext,
  items: readonly Fine[],
  standing: Standing,
): Promise<string | undefined> {
  try {
    for (const { resource } of items)
      await guardIdentity(context, standing.get(nameOf(resource)), resource)
    return undefined
  } catch (problem) {
    if (problem instanceof FhirProblem) return problem.message
    throw problem
  }
}

/** Why each id is refused. */
async function othersIn(
  context: RequestContext,
  people: readonly Fine[],
  standing: Standing,
): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>()
  const today = dayIn(context.zone, context.now)
  for (const [id, items] of Map.groupBy(people, ({ resource }) => resource.id)) {
    const all = items.map(({ resource }) => resource as Patient)
    const fault = await faultIn(context, items, standing)
    if (fault) others.set(id, fault)
    else if (all.some((each) => all[0] && isSomeoneElse(all[0], each, today)))
      others.set(id, `Two people in this file have the id ${id}`)
  }
  return others
}

const isRelative = ({ resource }: Fine) => resource.resourceType === 'RelatedPerson'
const isPatient = ({ resource }: Fine) => resource.resourceType === 'Patient'
