import type { Observation, Patient } from '@medplum/fhirtypes'
import { clockZone, nowHere } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { findObservations } from '#client/queries/monitoring/observations.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { deviceCsv } from '#domain/reading/device-csv.ts'
import {
  deviceFhir,
  deviceReadingToFhir,
  resourcesIn,
  type WhoseFile,
} from '#domain/reading/device-fhir.ts'
import { type DeviceLine, type DeviceRow, deviceRows } from '#domain/reading/device-rows.ts'

type Asked = Readonly<{ person: string; text: string; device: string }>

/** What would be kept of a file; undefined if it is neither of FHIR nor a table with a day and readings. */
export async function previewDevice({
  person,
  text,
  device,
}: Asked): Promise<readonly DeviceRow[] | undefined> {
  const { signal } = new AbortController()
  const [{ readings }, patient] = await Promise.all([
    findObservations(person, signal),
    fhir.read('Patient', person),
  ])
  const lines = linesIn(text, person, whose(patient as Patient))
  const facts = { person, device, readings, zone: clockZone(), now: nowHere() }
  return lines && deviceRows(lines, facts)
}

function linesIn(text: string, person: string, who: WhoseFile): readonly DeviceLine[] | undefined {
  if (!/^\s*[[{]/.test(text)) return deviceCsv(text, clockZone())
  try {
    return deviceFhir(resourcesIn(text), person, who)
  } catch {
    return undefined
  }
}

function whose({ identifier = [], birthDate }: Patient): WhoseFile {
  const number = identifier.find(({ system }) => system === 'https://fhir.nhs.uk/Id/nhs-number')
  return {
    ...(number?.value && { nhsNumber: number.value }),
    ...(birthDate && { birthDate }),
  }
}

type Kept = Exclude<DeviceRow, { is: 'refused' }>

/** Keeps the new ones, all or none. What the record has under the same id stays; what was taken back is kept again. Safe to repeat. */
export async function keepDeviceReadings(rows: readonly Kept[]): Promise<void> {
  await saveTogether({
    edits: rows.map((row) => {
      const { reading } = row
      const by = whoAmI(reading.person)
      return {
        ...{ type: 'Observation' as const, id: reading.id, isNew: true },
        onto: (current) =>
          current === undefined || (current as Observation).status === 'entered-in-error'
            ? deviceReadingToFhir({ ...reading, by }, row)
            : undefined,
      }
    }),
  })
}

/** They were read in by mistake: they stay in the record, marked as errors. */
export async function takeBackReadings(ids: readonly string[]): Promise<void> {
  await saveTogether({
    edits: ids.map((id) => ({
      ...{ type: 'Observation' as const, id },
      onto: (current) =>
        current?.resourceType === 'Observation' && current.status !== 'entered-in-error'
          ? { ...current, id, status: 'entered-in-error' as const }
          : undefined,
    })),
  })
}
