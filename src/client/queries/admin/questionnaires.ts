import type { Questionnaire } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir, updateEntry } from '#client/fhir/fhir-client.ts'
import { isConversationForm } from '#domain/preparation/prompts.ts'

export type StoredQuestionnaire = Questionnaire & Readonly<{ id: string }>

/** All versions of all questionnaires, by title; the newest version first. */
export const questionnairesQuery = () =>
  queryOptions({
    queryKey: ['questionnaires'],
    queryFn: async ({ signal }) =>
      (await allRecords('Questionnaire', {}, signal))
        .filter(({ url }) => !isConversationForm(url))
        .map((each) => each as StoredQuestionnaire)
        .toSorted(
          (one, other) =>
            (one.title ?? '').localeCompare(other.title ?? '') ||
            (other.meta?.lastUpdated ?? '').localeCompare(one.meta?.lastUpdated ?? ''),
        ),
    meta: { kinds: ['Questionnaire'] },
  })

/** Publishes a version; the one that is asked now is retired with it, in one transaction. */
export async function publishQuestionnaire(
  questionnaire: Questionnaire,
  now: StoredQuestionnaire | undefined,
): Promise<void> {
  const { meta: _, ...content } = questionnaire
  const fresh = { ...content, id: crypto.randomUUID(), status: 'active' as const }
  const retired = now ? [updateEntry({ ...now, status: 'retired' })] : []
  await fhir.transaction([...retired, createEntry(fresh)])
  await noteChangeEvent(['Questionnaire'])
}

/** Not asked any more; answers stay readable. */
export async function retireQuestionnaire(questionnaire: StoredQuestionnaire): Promise<void> {
  await fhir.update({ ...questionnaire, status: 'retired' })
  await noteChangeEvent(['Questionnaire'])
}

/** A draft that nobody will publish. Nobody has answered it. */
export async function deleteDraft(questionnaire: StoredQuestionnaire): Promise<void> {
  await fhir.remove(questionnaire)
  await noteChangeEvent(['Questionnaire'])
}
