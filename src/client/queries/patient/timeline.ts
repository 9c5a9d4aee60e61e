import type { Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { lastChangesOf } from '#client/queries/care-plan/last-changes.ts'
import { timelineOf, timelineTypes } from '#domain/timeline/timeline.ts'

export const timelineQueries = {
  /** Everything the record says about one person's life, newest first. */
  ofPerson: (person: string) =>
    queryOptions({
      queryKey: ['story', person],
      queryFn: ({ signal }) => findStory(person, signal),
      meta: { kinds: ['Patient', 'Questionnaire', ...timelineTypes] },
    }),
}

async function findStory(person: string, signal: AbortSignal) {
  return storyIn(await findStoryRecords(person, signal))
}

/** The records that make up the story of a person, and the titles of the questionnaires by address. */
type StoryRecords = Readonly<{
  records: readonly Resource[]
  titles: Readonly<Record<string, string>>
}>

export const storyIn = ({ records, titles }: StoryRecords) =>
  timelineOf(records, titles, clockZone())

export async function findStoryRecords(person: string, signal: AbortSignal): Promise<StoryRecords> {
  const patient = `Patient/${person}`
  const [self, forms, answers, ...found] = await Promise.all([
    fhir.read('Patient', person),
    allRecords('Questionnaire', {}, signal),
    lastChangesOf(person, signal),
    ...timelineTypes
      .filter((type) => type !== 'Provenance')
      .map((type) => allRecords(type, { patient }, signal)),
  ])
  const titles = forms.map((form) => [form.url ?? '', form.title ?? form.name ?? ''] as const)
  return { records: [self, ...answers, ...found.flat()], titles: Object.fromEntries(titles) }
}
