import type { Encounter, EncounterLocation, Period } from '@medplum/fhirtypes'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import type { Adt } from './adt.ts'
import type { HospitalStay, StayPlace } from './stay.ts'

const classNames: Readonly<Record<string, string>> = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  IMP: 'inpatient encounter',
  PRENC: 'pre-admission',
}

type StayReport = Readonly<{
  id: string
  person: string
  visit: Adt['visit']
  facility: string
  stay: HospitalStay
}>

/** The stay on the person's record. What others wrote on the same record (a note, a diagnosis) stays with it. */
export function stayToFhir(
  report: StayReport,
  current: Encounter | undefined,
): Encounter & { id: string } {
  const { stay } = report
  const { period: _period, location: _location, reasonCode, ...kept } = current ?? {}
  const period = periodOf(stay.start, stay.end)
  return {
    ...kept,
    resourceType: 'Encounter',
    id: report.id,
    identifier: [{ system: systemOf(report.visit.authority), value: report.visit.number }],
    status: stay.status,
    class: {
      system: hl7CodeSystem('v3-ActCode'),
      code: stay.class,
      display: classNames[stay.class] ?? stay.class,
    },
    subject: { reference: `Patient/${report.person}` },
    ...(period ? { period } : {}),
    ...(stay.reason ? { reasonCode: [{ text: stay.reason }] } : {}),
    ...(stay.reason === '' && reasonCode ? { reasonCode } : {}),
    ...(stay.places.length > 0 ? { location: stay.places.map(locationOf) } : {}),
    ...(report.facility ? { serviceProvider: { display: report.facility } } : {}),
  }
}

/** The stay in a record, as far as messages can describe it. */
export function stayOnRecord({ status, period, ...record }: Encounter): HospitalStay {
  return {
    status: status === 'finished' || status === 'cancelled' ? status : 'in-progress',
    class: record.class?.code ?? '',
    ...(period?.start ? { start: period.start } : {}),
    ...(period?.end ? { end: period.end } : {}),
    reason: record.reasonCode?.[0]?.text ?? '',
    places: (record.location ?? []).map(placeOf),
  }
}

function placeOf({ location, period }: EncounterLocation): StayPlace {
  return {
    name: location.display ?? '',
    ...(period?.start ? { from: period.start } : {}),
    ...(period?.end ? { until: period.end } : {}),
  }
}

/** An object identifier as such; any other name within a namespace of our own. */
function systemOf(authority: string): string {
  if (/^[0-2](\.\d+)+$/.test(authority)) return `urn:oid:${authority}`
  return `https://gable.example/hl7/visit/${encodeURIComponent(authority)}`
}

function periodOf(start: string | undefined, end: string | undefined): Period | undefined {
  if (!start && !end) return undefined
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) }
}

function locationOf({ name, from, until }: StayPlace): EncounterLocation {
  const period = periodOf(from, until)
  return {
    location: { display: name },
    status: until ? 'completed' : 'active',
    ...(period ? { period } : {}),
  }
}
