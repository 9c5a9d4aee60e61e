import { as, group, idOf, list, mapped, parameters, text } from '#domain/fhir/parameters.ts'

/** The input of `Patient/$residents`: a care home (`Organization/1`), or the name of one that has no record. */
export const residentsRequest = parameters({
  home: mapped(text, {
    write: (words: string): string => words,
    read: (said) => said.trim().slice(0, 500),
  }),
})

/** Its result: who lives there, as far as the caller may see them. */
export const residentsAnswer = parameters({
  residents: as('resident', list(group({ id: idOf('Patient'), name: text, birthDate: text }))),
})
