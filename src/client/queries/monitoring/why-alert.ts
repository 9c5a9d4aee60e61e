import type { CarePlan, Observation } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockZone } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { findOrUndefined } from '#client/fhir/find-or-undefined.ts'
import type { AlertFound } from '#domain/alert/alert-duty.ts'
import type { RaisedAlert } from '#domain/alert/raised-alert.ts'
import { type WorkedOutAgain, workOutAgain } from '#domain/alert/work-out-again.ts'
import { limitsFrom, readingFromFhir } from '#domain/reading/fhir.ts'
import type { Reading } from '#domain/reading/reading.ts'

export type WhyAlert = Readonly<{
  found: AlertFound
  /** the readings as they were when the alert was raised, oldest first */
  readings: readonly Reading[]
  again: WorkedOutAgain
}>

/** Why an alert came: each thing that was found, with its readings of then, and what the same rule gives today. */
export const whyAlertQuery = ({ flag, duty }: RaisedAlert) =>
  queryOptions({
    queryKey: ['why-alert', flag, duty.found.length],
    queryFn: () => Promise.all(duty.found.map((found) => whyOf(found, duty.kind))),
    meta: { kinds: ['Flag', 'Observation'] },
  })

async function whyOf(found: AlertFound, kind: Reading['kind']): Promise<WhyAlert> {
  const versions = await Promise.all(found.basis.map((each) => versionOf<Observation>(each)))
  const readings = versions.flatMap((each) => (each && readingFromFhir(each)) ?? [])
  const plan = found.rule === 'limit' ? await versionOf<CarePlan>(found.version) : undefined
  const limit = plan && limitsFrom(plan).find((each) => each.kind === kind)
  const again = workOutAgain(found, { readings, zone: clockZone(), ...(limit ? { limit } : {}) })
  return { found, readings, again }
}

/** `Observation/1/_history/2`; undefined if it is not there, or not for this reader. */
async function versionOf<T extends Observation | CarePlan>(reference: string) {
  const [type, id = '', , version = ''] = reference.split('/')
  if (type !== 'Observation' && type !== 'CarePlan') return undefined
  return (await findOrUndefined(fhir.readVersion(type, id, version))) as T | undefined
}
