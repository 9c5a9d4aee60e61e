import type { Parameters } from '@medplum/fhirtypes'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { type CareHome, movedInto, movedOut } from '#domain/home/care-home.ts'
import { residentsAnswer, residentsRequest } from '#domain/home/residents-request.ts'

/** Writes in which home the person lives; undefined: in none any more. Safe to repeat. */
export async function saveCareHome(person: string, home: CareHome | undefined): Promise<void> {
  await saveTogether({
    edits: [
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
