import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { nameInWords } from '#domain/person/shown-name.ts'

/** When a carer began or ended to care for somebody, as far as the record says. */
export const carerChanges = (person: string) =>
  queryOptions({
    queryKey: ['carer-changes', person],
    queryFn: async ({ signal }) =>
      (await allRecords('RelatedPerson', { patient: `Patient/${person}` }, signal)).flatMap(
        ({ name, period }) =>
          [period?.start, period?.end].flatMap((on) =>
            on ? [{ name: nameInWords(name, clockToday()) ?? '', on }] : [],
          ),
      ),
    meta: { kinds: ['RelatedPerson'] },
  })
