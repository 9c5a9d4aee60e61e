import type { Resource, Task } from '@medplum/fhirtypes'
import type { Visit } from '#api/rest/visit.ts'
import { ownCode } from '#domain/plan/fhir-parts.ts'
import { registeredWith } from './registered-with.ts'
import { placesOfHers } from './standing-of.ts'

const [handOverCoding] = ownCode('registration-handover').coding ?? []

/** A task by which a practice hands a person over to another: `requester` the one, `owner` the other. */
function isHandOver(resource: Resource | undefined): resource is Task {
  if (resource?.resourceType !== 'Task') return false
  return (
    resource.code?.coding?.some(
      ({ system, code }) => system === handOverCoding?.system && code === handOverCoding?.code,
    ) ?? false
  )
}

const partsOf = ({ requester, owner }: Task) => [requester?.reference, owner?.reference].join(' ')

const openStates = ['requested', 'received', 'accepted', 'ready', 'in-progress']
const isOpen = ({ status }: Task) => openStates.includes(status)

/** Between the same two, and not opened again: what a practice has withdrawn it alone takes up. */
function staysAsSaid(before: Task, after: Task): boolean {
  return partsOf(before) === partsOf(after) && (isOpen(before) || !isOpen(after))
}

/**
 * Why a hand-over may not be written so; undefined when nothing is against it. It is the word of the practice that the
 * person is registered with, so nobody else writes it.
 */
export async function handOverFault(
  visit: Visit,
  after: Resource,
  before: Resource | undefined,
): Promise<string | undefined> {
  if (!isHandOver(after)) return undefined
  if (isHandOver(before) && staysAsSaid(before, after)) return undefined
  const person = after.for?.reference?.split('/').at(-1) ?? ''
  const from = after.requester?.reference ?? ''
  const sides = await registeredWith(visit, person)
  const isTheirs = sides.includes(from) && (await placesOfHers(visit)).includes(from)
  return isTheirs
    ? undefined
    : 'A person is handed over by the practice she is registered with: name it as the requester, and write it there'
}

/** The practices that hand this person over to one of these, and wait for its yes. */
export async function handedOverTo(
  visit: Visit,
  person: string,
  mine: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await visit.service.sql.query<{ content: Task | string }>(
    `select content from resource where rt = 'Task' and person = $1 and content->>'status' = any($2::text[])`,
    [person, openStates],
  )
  return rows.flatMap(({ content }) => {
    const task = typeof content === 'string' ? (JSON.parse(content) as Task) : content
    const from = task.requester?.reference
    return from && isHandOver(task) && mine.includes(task.owner?.reference ?? '') ? [from] : []
  })
}
