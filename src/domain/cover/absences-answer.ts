import {
  as,
  dateTime,
  day,
  group,
  type In,
  id,
  integer,
  list,
  namedReference,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { AbsenceState } from './absence.ts'

/** The input of `$keep-absence`. */
export const keepAbsenceRequest = parameters({
  id,
  who: optional(id),
  cover: id,
  from: day,
  until: day,
})
export type KeepAbsence = In<typeof keepAbsenceRequest>

/** The input of `$end-absence`; `read`: what happened has been read. */
export const endAbsenceRequest = parameters({ id, read: yes })

export const absenceField = group({
  ...{ id, who: namedReference, cover: namedReference, from: day, until: day },
  ...{ planned: optional(day), by: text, at: dateTime, read: optional(dateTime) },
  state: wordOf<AbsenceState>(),
  /** whose cover differs from the others, among those the caller may see */
  others: as('other', list(group({ person: id, cover: namedReference }))),
})

/** The result of `$absences`. */
export const absencesAnswer = parameters({
  absences: as('absence', list(absenceField)),
  /** who can cover, or whose absence the caller may write down */
  colleagues: as('colleague', list(group({ who: namedReference, role: text }))),
  /** handed over for good in the last weeks by the caller, from them or to them */
  handed: as(
    'handed',
    list(group({ batch: id, people: integer, from: text, to: text, at: dateTime })),
  ),
})
export type Absences = In<typeof absencesAnswer>
export type AbsenceLine = Absences['absences'][number]
