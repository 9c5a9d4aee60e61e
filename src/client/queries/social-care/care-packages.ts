import { queryOptions } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  agreedOn,
  type CarePackage,
  type CarePackageToKeep,
  carePackageFromFhir,
  keepCarePackageRequest,
  type MissedVisit,
  missedVisitRequest,
} from '#domain/social-care/care-package.ts'

/** Who provides care to a person, the latest start first. */
export const carePackagesQuery = (person: string) =>
  queryOptions({
    queryKey: ['care-packages', person],
    meta: { kinds: ['Basic'] },
    queryFn: async ({ signal }): Promise<readonly CarePackage[]> => {
      const code = `${gableCodeSystem}|care-package`
      const found = await allRecords('Basic', { patient: `Patient/${person}`, code }, signal)
      return found
        .flatMap((each) => carePackageFromFhir(each) ?? [])
        .toSorted((one, other) => other.startsOn.localeCompare(one.startsOn))
    },
  })

/**
 * The versions of a package that were agreed on a day: today’s alone, unless it was changed on that day or since. Those that
 * are not there any more, or cannot be read, are left out.
 */
export const packageOnDayQuery = (one: CarePackage, on: string) =>
  queryOptions({
    queryKey: ['care-package-on', one.person, one.id, one.version, on],
    queryFn: async (): Promise<readonly CarePackage[]> => {
      if (one.changes.every(({ at }) => dayHere(at) < on)) return [one]
      const numbers = Array.from({ length: one.version - 1 }, (_, place) => one.version - 1 - place)
      const earlier = await Promise.allSettled(
        numbers.map(async (each) => await fhir.readVersion('Basic', one.id, String(each))),
      )
      const found = earlier.flatMap((each) =>
        each.status === 'fulfilled' ? (carePackageFromFhir(each.value) ?? []) : [],
      )
      return agreedOn([one, ...found], on, dayHere)
    },
  })

/** Whatever came of it, what others wrote meanwhile is read. */
async function sent(person: string, name: string, body: Parameters<typeof fhir.operation>[1]) {
  try {
    await fhir.operation(`Patient/${person}/$${name}`, body)
  } finally {
    await noteChangeEvent(['Basic'])
  }
}

export const keepCarePackage = (person: string, asked: CarePackageToKeep) =>
  sent(person, 'keep-care-package', keepCarePackageRequest.write(asked))

export const tellMissedVisit = (person: string, asked: MissedVisit) =>
  sent(person, 'missed-visit', missedVisitRequest.write(asked))
