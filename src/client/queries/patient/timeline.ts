import { queryOptions } from '@tanstack/react-query'
import { serviceZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { storyOf, storyTypes } from '#domain/timeline/timeline.ts'

export const storyQueries = {
  /** Everything that the record tells about one person's life, newest first. */
  ofPerson: (person: string) =>
    queryOptions({
      queryKey: ['story', person],
      queryFn: ({ signal }) => findStory(person, signal),
      meta: { kinds: ['Patient', 'Questionnaire', ...storyTypes] },
    }),
}

async function findStory(person: string, signal: AbortSignal) {
  const patient = `Patient/${person}`
  const [self, forms, ...found] = await Promise.all([
    fhir.read('Patient', person),
    allRecords('Questionnaire', {}, signal),
    ...storyTypes.map((type) => allRecords(type, { patient }, signal)),
  ])
  const titles = forms.map((form) => [form.url ?? '', form.title ?? form.name ?? ''] as const)
  return storyOf([self, ...found.flat()], Object.fromEntries(titles), serviceZone())
}
