import type { Bundle } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import { recordQueries } from '#domain/assessment/expressions/first-answers.ts'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import type { Form } from '#domain/assessment/form.ts'

/** What a form needs before it can be asked: the engine of its expressions, and what it asks the record for. */
export const formEngine = {
  /** False if it could not be loaded: the form then says so where it needs it. */
  loaded: (isNeeded: boolean) =>
    queryOptions({
      queryKey: ['form-engine', isNeeded],
      queryFn: async () => {
        if (!isNeeded) return true
        return await loadFhirPath().then(
          () => true,
          () => false,
        )
      },
      staleTime: ({ state }) => (state.data === false ? 0 : Number.POSITIVE_INFINITY),
    }),
  /** What the record gives for first answers, by name of the variable. */
  found: (person: string, form: Form) =>
    queryOptions({
      queryKey: ['form-engine', 'found', person, form.url, form.version],
      queryFn: async ({ signal }) => {
        const queries = [...recordQueries(form)]
        const found = queries.map(async ([name, query]) => {
          const params = { ...Object.fromEntries(query), patient: `Patient/${person}` }
          const { entries } = await fhir.search('Observation', params, signal)
          const bundle: Bundle = {
            ...{ resourceType: 'Bundle', type: 'searchset' },
            entry: entries.map((resource) => ({ resource })),
          }
          return [name, bundle] as const
        })
        return Object.fromEntries(await Promise.all(found)) as NonNullable<EvaluationFacts['found']>
      },
      meta: { kinds: ['Observation'] },
    }),
}

type Someone = Readonly<{ id: string; birthDate?: string | undefined; gender?: string | undefined }>

/** What expressions may know of a person today, or on the day of the answers. */
export const factsAbout = (
  { id, birthDate, gender }: Someone,
  day = clockToday(),
): EvaluationFacts => ({
  ...{ day, patient: { id, birthDate, gender } },
})
