import type { Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { type CareHome, movedInto, movedOut } from '#domain/home/care-home.ts'
import { type HomePlace, homePlaceFrom, homePlaceToOrganisation } from '#domain/home/home-place.ts'
import { careHomeCode, isCareHome } from '#domain/home/is-care-home.ts'
import { residentsAnswer, residentsRequest } from '#domain/home/residents-request.ts'
import { canonical } from '#domain/merge/merge-json.ts'

/** Every care home that is known here. */
export const homesQuery = () =>
  queryOptions({
    queryKey: ['care-homes'],
    meta: { kinds: ['Organization'] },
    queryFn: async ({ signal }) => {
      const found = await allRecords('Organization', { type: careHomeCode }, signal)
      return found
        .filter((each) => isCareHome(each) && each.active !== false)
        .map((each) => homePlaceFrom(each, clockToday()))
        .toSorted((one, other) => one.name.localeCompare(other.name))
    },
  })

/** The record of the home as its residents share it; nothing is written if it says the same. */
function placeEdit(place: HomePlace): Edit {
  return {
    ...{ type: 'Organization', id: place.id },
    onto: (current) => {
      const standing = current?.resourceType === 'Organization' ? current : undefined
      const before = standing && homePlaceFrom({ ...standing, id: place.id })
      const isSame = before && canonical(before) === canonical({ ...place, ods: before.ods })
      return isSame ? undefined : homePlaceToOrganisation(place, standing)
    },
  }
}

/**
 * Writes in which home the person lives, and what all who live there share; undefined: in none any more. Safe to
 * repeat.
 */
export async function saveCareHome(
  person: string,
  home: CareHome | undefined,
  place?: HomePlace,
): Promise<void> {
  await saveTogether({
    edits: [
      ...(place ? [placeEdit(place)] : []),
      {
        ...{ type: 'Patient', id: person },
        onto: (current) => {
          if (current?.resourceType !== 'Patient') return undefined
          const patient = { ...current, id: person }
          return home ? movedInto(patient, home, clockToday()) : movedOut(patient, clockToday())
        },
      },
    ],
  })
}

export const residentsQuery = (home: string) => ({
  queryKey: ['residents', home],
  meta: { kinds: ['Patient'] },
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const asked = residentsRequest.write({ home })
    const answer = await fhir.operation<Parameters>('Patient/$residents', asked, signal)
    return residentsAnswer.read(answer).residents
  },
})
