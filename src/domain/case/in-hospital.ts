import {
  as,
  day,
  group,
  type In,
  idOf,
  integer,
  list,
  oneOf,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'

/** Where somebody is: on a ward, in an emergency department, or home again. */
export type HospitalPlace = 'ward' | 'emergency-department' | 'home'

/** Somebody stays in view for so many days after going home: most calls after a stay are due within a week. */
export const daysAtHome = 7

export const coordinated = ['nobody', 'somebody', 'all'] as const

/** The input of `$in-hospital`: whether somebody coordinates the person’s care; those with nobody by default. */
export const inHospitalRequest = parameters({
  coordinated: oneOf(coordinated, 'nobody'),
  /** how many lines, 200 unless more are asked for */
  count: optional(integer),
})

/** The result of `$in-hospital`: a line for each person, those in hospital first. */
export const inHospital = parameters({
  /** how many there are in each list, whichever is asked for */
  nobody: integer,
  somebody: integer,
  people: as(
    'person',
    list(
      group({
        id: idOf('Patient'),
        ...{ family: text, given: text, birthDate: text },
        place: wordOf<HospitalPlace>(),
        /** `YYYY-MM-DD`, in the service’s zone */
        since: day,
        until: optional(day),
        /** the day on which somebody said that they are expected home */
        expected: optional(day),
        /** it began half a year ago or more, and nobody has said that it ended */
        mayHaveEnded: yes,
        ward: text,
        hospital: text,
        reason: text,
        /** the record says that it was not planned */
        emergency: yes,
        caseStatus: text,
        coordinator: text,
        notNow: text,
        /** said no to case management */
        noCase: yes,
        /** of 100 people like this one, how many had an emergency stay within a year */
        chance: optional(integer),
      }),
    ),
  ),
})

export type InHospital = In<typeof inHospital>
export type PersonInHospital = InHospital['people'][number]
