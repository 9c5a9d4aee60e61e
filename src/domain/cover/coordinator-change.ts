import type { Basic, Resource } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** Somebody else coordinates the care of one person from now on, and why; the person can read it. */
export type CoordinatorChange = Readonly<{
  id: string
  /** of the people who were handed over together */
  batch: string
  person: string
  from: Who
  to: Who
  /** the one before was in the team, and has left it */
  leftTeam: boolean
  reason: string
  by: Who
  at: string
  /** instant at which it was taken back */
  undone?: string
}>

const code = 'coordinator-change'

export const isCoordinatorChange = (resource: Resource): resource is Basic =>
  resource.resourceType === 'Basic' &&
  (resource.code?.coding?.some((each) => each.code === code) ?? false)

export function coordinatorChangeToFhir(change: CoordinatorChange): Basic & { id: string } {
  return {
    ...{ resourceType: 'Basic', id: change.id, code: ownCode(code) },
    subject: { reference: `Patient/${change.person}` },
    author: referenceTo(change.by),
    ...withExtensions(undefined, {
      [code]: [
        {
          extension: [
            { url: 'batch', valueId: change.batch },
            { url: 'from', valueReference: referenceTo(change.from) },
            { url: 'to', valueReference: referenceTo(change.to) },
            { url: 'left-team', valueBoolean: change.leftTeam },
            { url: 'reason', valueString: change.reason },
            { url: 'at', valueDateTime: change.at },
            ...(change.undone ? [{ url: 'undone', valueDateTime: change.undone }] : []),
          ],
        },
      ],
    }),
  }
}

export function coordinatorChangeFromFhir(record: Resource): CoordinatorChange | undefined {
  if (!isCoordinatorChange(record)) return undefined
  const part = (url: string) =>
    extensionOf(record, code)?.extension?.find((each) => each.url === url)
  const [from, to] = [whoFrom(part('from')?.valueReference), whoFrom(part('to')?.valueReference)]
  const by = whoFrom(record.author)
  if (!from || !to || !by) return undefined
  return {
    ...{ id: record.id ?? '', batch: part('batch')?.valueId ?? '', from, to, by },
    ...{ person: idIn(record.subject?.reference), reason: part('reason')?.valueString ?? '' },
    ...{ leftTeam: part('left-team')?.valueBoolean ?? false, at: part('at')?.valueDateTime ?? '' },
    ...given('undone', part('undone')?.valueDateTime),
  }
}
