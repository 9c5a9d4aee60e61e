import type { Parameters } from '@medplum/fhirtypes'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'

export const comingPatient = (id: string) => ({
  ...{ resourceType: 'Patient', id, name: [{ family: 'Come' }] },
})

export const coughOf = (id: string, person: string) => ({
  ...{ resourceType: 'Condition', id, subject: { reference: person }, code: { text: 'Cough' } },
})

export const bundleOf = (type: string, resources: readonly object[]) =>
  JSON.stringify({
    ...{ resourceType: 'Bundle', type, entry: resources.map((resource) => ({ resource })) },
  })

/** A service into which Amina may import records. */
export async function openForImport(open: () => Promise<{ sql: Sql }>) {
  const { sql } = await open()
  const server = await openHandler({ sql })
  return { ...server, amina: await server.as('amina') }
}

/** Sends records to `$import`. */
export async function bringIn(call: Caller, body: string, kind = 'application/fhir+json') {
  const headers = { 'Content-Type': kind }
  const response = await call('/fhir/$import', { method: 'POST', body, headers })
  return { status: response.status, answer: (await response.json()) as Parameters }
}

type Counts = Record<string, number>

/** How many records had which result, over all types. */
export function countsOf(answer: Parameters): Counts {
  const parts = (answer.parameter ?? [])
    .filter((each) => each.name === 'counted')
    .flatMap((each) => each.part ?? [])
    .filter((part) => part.valueInteger !== undefined)
  const counts: Counts = {}
  for (const { name, valueInteger = 0 } of parts) counts[name] = (counts[name] ?? 0) + valueInteger
  return counts
}

/** Why records were refused, in order. */
export function reasonsOf(answer: Parameters): readonly (string | undefined)[] {
  return (answer.parameter ?? [])
    .filter((each) => each.name === 'refused')
    .map((each) => each.part?.find((part) => part.name === 'reason')?.valueString)
}
