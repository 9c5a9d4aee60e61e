import {
  as,
  group,
  type In,
  list,
  optional,
  parameters,
  text,
  yes,
} from '#domain/fhir/parameters.ts'

/** The input of `$search-people`: a name, a number or a date of birth; nothing asks for who was opened last. */
export const peopleSearchRequest = parameters({ text: optional(text) })

/** The result of `$search-people`. */
export const peopleSearchAnswer = parameters({
  people: as(
    'person',
    list(
      group({
        id: text,
        family: optional(text),
        given: optional(text),
        title: optional(text),
        birthDate: optional(text),
        nhsNumber: optional(text),
        /** who leads their case, if there is one */
        coordinator: optional(text),
        died: optional(yes),
        /** the record is no longer in use */
        setAside: optional(yes),
        /** the day on which they left, or will leave, the last list of a practice that they were on */
        leftOn: optional(text),
      }),
    ),
  ),
  /** there are more than are shown */
  more: optional(yes),
})

export type SearchedPerson = In<typeof peopleSearchAnswer>['people'][number]
