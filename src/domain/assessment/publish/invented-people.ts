import type { Bundle, Observation } from '@medplum/fhirtypes'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import { recordQueries } from '#domain/assessment/expressions/first-answers.ts'
import type { Form } from '#domain/assessment/form.ts'
import { addDays } from '#domain/calendar/days.ts'
import { loincSystem } from '#domain/fhir/codes.ts'

/** Somebody to try a questionnaire on. Not on any record, and nothing about them is kept. */
export type InventedPerson = Readonly<{
  id: 'rosa' | 'ted'
  birthDate: string
  gender: 'female' | 'male'
  readings: readonly Readonly<{ code: string; value: number; unit: string; daysAgo: number }>[]
}>

export const inventedPeople: readonly InventedPerson[] = [
  {
    ...{ id: 'rosa', birthDate: '1938-02-11', gender: 'female' },
    readings: [
      { code: '29463-7', value: 52.4, unit: 'kg', daysAgo: 20 },
      { code: '8302-2', value: 158, unit: 'cm', daysAgo: 400 },
    ],
  },
  // nothing is on the record of the second one: what does the form do then?
  { ...{ id: 'ted', birthDate: '1961', gender: 'male' }, readings: [] },
]

/** What a form would know of an invented person. */
export function factsOfInvented(
  form: Form,
  { id, birthDate, gender, readings }: InventedPerson,
  day: string,
): EvaluationFacts {
  const found = [...recordQueries(form)].map(([name, query]) => {
    const code = query.get('code')?.split('|').at(-1)
    const entry = readings
      .filter((each) => each.code === code)
      .map(({ value, unit, daysAgo }) => {
        const resource: Observation = {
          ...{ resourceType: 'Observation', status: 'final' },
          code: { coding: [{ system: loincSystem, ...(code ? { code } : {}) }] },
          effectiveDateTime: addDays(day, -daysAgo),
          valueQuantity: { value, unit },
        }
        return { resource }
      })
    const bundle: Bundle = { resourceType: 'Bundle', type: 'searchset', entry }
    return [name, bundle] as const
  })
  return { day, patient: { id, birthDate, gender }, found: Object.fromEntries(found) }
}
