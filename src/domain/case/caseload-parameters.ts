import {
  as,
  boolean,
  code,
  group,
  type In,
  idOf,
  integer,
  list,
  oneOf,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import { priorityBands } from '#domain/today/today.ts'
import { todayItemField } from '#domain/today/today-parameters.ts'
import { caseloadFilters, caseloadSorts, caseloadWhose } from './caseload-list.ts'

/** What is asked of `$caseload`; the words are sent in the body, and stand in no address. */
export const caseloadRequest = parameters({
  text,
  whose: oneOf(caseloadWhose, 'all'),
  show: oneOf(caseloadFilters, 'all'),
  segment: text,
  programme: text,
  sort: oneOf(caseloadSorts, 'need'),
  count: optional(integer),
  offset: optional(integer),
})

/** The result of `$caseload`: a line for each person, and the counts beside the filters. */
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
        ...{ since: text, pausedWhy: text, planOn: text, segment: text },
        whose: oneOf(['mine', 'team', 'nobody'], 'team'),
        isInHospital: as('inHospital', boolean),
        chance: optional(integer),
        programmes: as('programme', list(text)),
        band: optional(oneOf(priorityBands, 'steady')),
        need: optional(todayItemField),
        /** somebody else’s person, whom the reader looks after until that day */
        ...{ coverFor: optional(text), coverUntil: optional(text) },
      }),
    ),
  ),
  /** so many match all filters; so many stand on the list without any */
  ...{ total: integer, of: integer },
  counts: as('count', list(group({ facet: code, value: text, count: integer }))),
})

export type CaseloadLine = In<typeof caseloadParameters>['people'][number]
