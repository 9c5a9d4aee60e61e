import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { callerHeaders } from '#data/session/session.ts'
import { FhirError, noAnswer, outcomeText } from '#data/wire/fhir-error.ts'

/** Saves a file that the service makes under the name given; waits as long as it takes. Rejects with `FhirError`. */
async function save(path: string, name: string): Promise<void> {
  const response = await answered(path, { headers: { Accept: '*/*', ...callerHeaders() } })
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  Object.assign(link, { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/fhir/${path}`, { ...init, cache: 'no-store' }).catch(noAnswer)
  if (response.ok) return response
  const outcome = (await response.json()) as OperationOutcome
  throw new FhirError({ status: response.status, text: outcomeText(outcome), outcome })
}

const day = () => new Date().toISOString().slice(0, 10)

/** The person's own copy of her record: what she may see, as a page and as files. */
export const saveRecordCopy = (person: string) =>
  save(`Patient/${person}/$export-record`, `my-record-${day()}.tar`)

/** Everything that is kept here. */
export const saveBackup = () => save('$backup', `gable-${day()}.tar`)

export type BroughtBack = Readonly<{ records: number; kept: number }>

/** Adds to what is here what a backup holds and is not here. Rejects with `FhirError`, whose text names the file. */
export async function bringBackupBack(file: File): Promise<BroughtBack> {
  const response = await answered('$restore?merge=true', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar', ...callerHeaders() },
    body: file,
  })
  const answer = (await response.json()) as Parameters
  const count = (name: string) =>
    answer.parameter?.find((each) => each.name === name)?.valueInteger ?? 0
  return { records: count('records'), kept: count('kept') }
}

export type TrailCheck = Readonly<{
  whole: boolean
  entries: number
  /** instant; empty when nothing is closed yet */
  upTo: string
  head: string
  block: number | undefined
  entry: number | undefined
}>

/** Has the whole trail walked; waits as long as it takes, and asks once. Rejects with `FhirError`. */
export async function checkTrail(): Promise<TrailCheck> {
  const response = await answered('$verify-trail', {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json', ...callerHeaders() },
    body: JSON.stringify({ resourceType: 'Parameters' } satisfies Parameters),
  })
  const { parameter = [] } = (await response.json()) as Parameters
  const named = (name: string) => parameter.find((each) => each.name === name)
  const part = (name: string) => named('fault')?.part?.find((each) => each.name === name)
  return {
    whole: named('whole')?.valueBoolean ?? false,
    entries: named('entries')?.valueInteger ?? 0,
    upTo: named('upTo')?.valueInstant ?? '',
    head: named('head')?.valueString ?? '',
    block: part('block')?.valueInteger,
    entry: part('entry')?.valueInteger,
  }
}
