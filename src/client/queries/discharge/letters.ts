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

/**
 * Puts a letter on the record. The same file for the same stay is the same letter, also if it is chosen again after an answer
 * was lost: its id comes from what is in it. One that was taken away as a mistake can be put there once more.
 */
export async function saveLetter(letter: Omit<DischargeLetter, 'by' | 'at' | 'id'>): Promise<void> {
  const digest = await sha256Hex(`${letter.stay} ${letter.data ?? ''}`)
  for (let copy = 1; copy <= mostCopies; copy += 1) {
    const id = `letter-of-stay-${digest.slice(0, 40)}${copy === 1 ? '' : `-${copy}`}`
    const standing = await fhir.find('DocumentReference', id)
    if (isDischargeLetter(standing) && standing.status !== 'current') continue
    if (isDischargeLetter(standing)) return
    const record = letterToFhir({ ...letter, ...writtenNow(letter.person), id })
    return await createOnce(record, { dated: ['date'] })
  }
}

const mostCopies = 9

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
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
