import type { Encounter } from '@medplum/fhirtypes'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'

/** One stay in hospital, as the record has it. Moments are instants, or days where the record says no more. */
export type WardStay = Readonly<{
  id: string
  person: string
  from: string
  /** left hospital; absent: still there */
  until?: string
  /** an emergency department, no ward */
  isDepartment: boolean
  ward: string
  hospital: string
  reason: string
}>

/** v3-ActCode classes that mean a bed or an emergency department. */
export const hospitalClasses = ['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS', 'EMER']
const notHeld = ['cancelled', 'entered-in-error', 'planned']

/** Undefined for a visit of another kind, and for a stay that did not happen. */
export function wardStayFromFhir(encounter: Encounter): WardStay | undefined {
  const { period: { start, end } = {}, location = [], reasonCode: [reason] = [] } = encounter
  const kind = encounter.class?.code ?? ''
  if (!hospitalClasses.includes(kind) || notHeld.includes(encounter.status) || !start)
    return undefined
  return {
    id: encounter.id ?? '',
    person: idIn(encounter.subject?.reference),
    from: start,
    ...given('until', end),
    isDepartment: kind === 'EMER',
    ward: location.at(-1)?.location?.display ?? '',
    hospital: encounter.serviceProvider?.display ?? '',
    reason: reason?.text ?? reason?.coding?.[0]?.display ?? '',
  }
}

/** The stay to look at first: the one going on, otherwise the last that ended. */
export const latestStay = (stays: readonly WardStay[]): WardStay | undefined =>
  stays.toSorted(
    (one, other) =>
      Number(one.until !== undefined) - Number(other.until !== undefined) ||
      (other.until ?? other.from).localeCompare(one.until ?? one.from),
  )[0]
