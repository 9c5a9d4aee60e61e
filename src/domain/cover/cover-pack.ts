import {
  as,
  dateTime,
  decimal,
  evenEmpty,
  group,
  type In,
  id,
  integer,
  list,
  namedReference,
  oneOf,
  optional,
  type ParameterField,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import { priorityBands, type TodayItem } from '#domain/today/today.ts'
import { todayItemField } from '#domain/today/today-parameters.ts'
import type { TrendRuleCode } from '#domain/trend/trend-rules.ts'
import { absenceField } from './absences-answer.ts'

/** The input of `$while-away`: the absence. */
export const whileAwayRequest = parameters({ id })

/**
 * The input of `$cover-pack`: an absence; or `batch`, people who were handed over for good; or, before that, whose people
 * (`from`) and who of them.
 */
export const coverPackRequest = parameters({
  ...{ id: optional(id), batch: optional(id), from: optional(id) },
  people: as('person', list(id)),
})

const note = group({ words: text, by: text, at: dateTime, version: integer })

const person = group({
  ...{ id, family: text, given: text, birthDate: text, nhsNumber: text },
  band: as('stretch', oneOf(priorityBands, 'steady')),
  /** who looks after this person meanwhile */
  cover: namedReference,
  note: optional(note),
  /** what needs somebody now, by the rules of Today */
  needs: as('need', list(todayItemField as ParameterField<TodayItem>)),
  limits: as(
    'limit',
    list(
      group({
        kind: wordOf<ReadingKind>(),
        ...{ low: optional(decimal), high: optional(decimal), riseOver: optional(decimal) },
      }),
    ),
  ),
  trends: as('trend', list(group({ code: wordOf<TrendRuleCode>(), version: text }))),
  promises: as('promise', list(group({ what: text, owner: text, due: text }))),
  risks: as('risk', list(text)),
  /** false: nothing is recorded about allergies, not even that there are none */
  allergiesKnown: yes,
  allergies: as('allergy', list(text)),
  /** what to do in one situation, and what is agreed for a crisis in mental health */
  crisis: list(text),
  ...{ matters: text, communication: text, red: text, amber: text },
  call: as('call', list(group({ name: text, relation: text, phone: text }))),
  ...{ lastContact: text, reviewOn: text, inHospitalSince: text },
})

/** The result of `$cover-pack`: what whoever covers has to know, person by person, those first who need somebody now. */
export const coverPackAnswer = parameters({
  absence: optional(absenceField),
  /** people who were handed over for good */
  handed: optional(
    group({ batch: id, from: namedReference, by: text, at: dateTime, reason: text }),
  ),
  people: as('person', list(person)),
})
export type CoverPack = In<typeof coverPackAnswer>
export type PackPerson = CoverPack['people'][number]

/** The input of `$keep-cover-note`; `cover` empty: whoever covers for the others. */
export const keepCoverNoteRequest = parameters({
  absence: id,
  cover: evenEmpty(text),
  words: evenEmpty(text),
  version: integer,
})
export type KeepCoverNote = In<typeof keepCoverNoteRequest>
