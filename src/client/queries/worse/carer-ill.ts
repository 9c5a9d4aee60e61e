import type { Flag, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { openAgain, withClosing } from '#domain/alert/closing.ts'
import type { Who } from '#domain/plan/plan.ts'
import { betterWithoutWords, carerIllFlag } from '#domain/plan/worse/carer-ill.ts'
import { carerIllAnswer, carerIllRequest } from '#domain/plan/worse/carer-ill-request.ts'

const isFlag = (record: Resource | undefined): record is Flag => record?.resourceType === 'Flag'

/** Exactly what would be set off if this carer is ill today. Nothing is written. */
export const carerIllPreviewQuery = (person: string, carer: string) =>
  queryOptions({
    queryKey: ['carer-ill-preview', person, carer],
    queryFn: async ({ signal }) => {
      const asked = carerIllRequest.write({ carer, preview: true, better: false, words: '' })
      const path = `Patient/${person}/$carer-ill`
      const { setOff, nobody } = carerIllAnswer.read(await fhir.operation(path, asked, signal))
      return { setOff, nobody }
    },
    // without a network the list of the plan is shown at once
    retry: false,
    meta: { kinds: ['CarePlan', 'CareTeam', 'EpisodeOfCare', 'Flag'] },
  })

/** Says that a carer is ill today. The service sets off the rest; without a network it waits on the device. */
export async function sayCarerIsIll(person: string, carer: Who): Promise<void> {
  const flag = carerIllFlag(person, carer, clockToday())
  await saveTogether({
    edits: [
      {
        ...{ type: 'Flag', id: flag.id, isNew: true },
        onto: (current) => {
          if (!isFlag(current)) return flag
          return current.status === 'active' ? undefined : openAgain(current)
        },
      },
    ],
  })
}

/** Says that the carer is better, with what was done meanwhile; nobody has to explain. */
export async function sayCarerIsBetter(person: string, id: string, words: string): Promise<void> {
  const closing = { ...writtenNow(person), words: words.trim() || betterWithoutWords }
  await saveTogether({
    edits: [
      {
        ...{ type: 'Flag', id },
        onto: (current) =>
          isFlag(current) && current.status === 'active'
            ? withClosing(current, closing)
            : undefined,
      },
    ],
  })
}
