import type { DocumentReference } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { arrangedIn } from '#domain/discharge/arranged-task.ts'
import {
  type DischargeLetter,
  isDischargeLetter,
  letterFromFhir,
  letterToFhir,
} from '#domain/discharge/discharge-letter.ts'
import { taskFromFhir } from '#domain/task/fhir.ts'

/** The letters of a person’s stays, the newest first, without what is in them. */
export const lettersQuery = (person: string) =>
  queryOptions({
    queryKey: ['discharge-letters', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('DocumentReference', { patient: `Patient/${person}` }, signal)
      return found
        .flatMap((each) => letterFromFhir(each) ?? [])
        .map(({ data: _whole, ...letter }) => letter)
        .toSorted((one, other) => other.at.localeCompare(one.at))
    },
    meta: { kinds: ['DocumentReference'] },
  })

/** Puts a letter on the record. The caller keeps `id` over retries. */
export async function saveLetter(letter: Omit<DischargeLetter, 'by' | 'at'>): Promise<void> {
  await createOnce(letterToFhir({ ...letter, ...writtenNow(letter.person) }), { dated: ['date'] })
}

/** What is in a letter, for a file on this device. */
export async function letterFile(id: string): Promise<Blob | undefined> {
  const letter = letterFromFhir(await fhir.read('DocumentReference', id))
  if (!letter?.data) return undefined
  const bytes = Uint8Array.from(atob(letter.data), (each) => each.charCodeAt(0))
  return new Blob([bytes], { type: letter.contentType })
}

/** Marks a letter as put on the wrong record, or twice. Nobody sees it any more; it stays in the history. */
export async function withdrawLetter(id: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'DocumentReference', id },
        onto: (current) =>
          isDischargeLetter(current) && current.status === 'current'
            ? { ...(current as DocumentReference & { id: string }), id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}

/** What has to be in place after a stay: tasks that come from it. */
export const arrangedQuery = (person: string) =>
  queryOptions({
    queryKey: ['arranged', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords(
        'Task',
        { patient: `Patient/${person}`, intent: 'order' },
        signal,
      )
      return found.flatMap((each) => {
        const from = arrangedIn(each)
        return from ? [{ ...from, task: taskFromFhir(each, clockZone()) }] : []
      })
    },
    meta: { kinds: ['Task'] },
  })
