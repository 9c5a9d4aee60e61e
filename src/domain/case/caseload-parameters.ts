import {
  as,
  boolean,
  code,
  group,
  type In,
  idOf,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The result of `$caseload`: a line for each person. */
export const caseloadParameters = parameters({
  people: as(
    'person',
    list(
      group({
        person: idOf('Patient'),
        case: idOf('EpisodeOfCare'),
        status: code,
        family: text,
        given: text,
        birthDate: text,
        nhsNumber: text,
        coordinator: text,
        planVersion: text,
        reviewOn: text,
        lastContact: text,
        died: text,
        planEmpty: boolean,
        /** the person’s last answer was an agreement, and to this version */
        agreed: boolean,
        /** somebody else’s person, whom the reader looks after until that day */
        ...{ coverFor: optional(text), coverUntil: optional(text) },
      }),
    ),
  ),
})

export type CaseloadLine = In<typeof caseloadParameters>['people'][number]
