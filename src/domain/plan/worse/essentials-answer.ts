import type { HolidayCalendar } from '#domain/calendar/holiday-calendars.ts'
import type { Weekday } from '#domain/contact/service-hours.ts'
import {
  as,
  boolean,
  group,
  list,
  mapped,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { CrisisPart } from '#domain/plan/crisis/crisis-plan.ts'
import type { WhatIfLevel } from '#domain/plan/plan.ts'
import type { Essentials } from './essentials.ts'
import type { WishPart } from './wish-codes.ts'
import type { WishDocumentSort } from './wishes.ts'

const step = group({ sign: text, doWhat: text, ring: text, ringAtNight: optional(text) })

export const essentialsShape = {
  name: text,
  birthDate: text,
  allergies: mapped(group({ known: boolean, list: as('allergy', list(text)) }), {
    write: (all: Essentials['allergies']) => all,
    read: (all): Essentials['allergies'] => all,
  }),
  medicines: as('medicine', list(text)),
  illnesses: as('illness', list(text)),
  circumstances: as('circumstance', list(text)),
  amber: optional(step),
  red: optional(step),
  situations: as('situation', list(group({ level: wordOf<WhatIfLevel>(), words: text }))),
  crisis: as('crisis', list(group({ part: wordOf<CrisisPart>(), words: text }))),
  carersIll: as('carer-ill', list(group({ name: text, stepIn: as('step-in', list(text)) }))),
  nextOfKin: as(
    'next-of-kin',
    list(
      group({ name: text, relation: text, phone: text, isHomeAtNight: as('home-at-night', yes) }),
    ),
  ),
  livesAt: as('lives-at', optional(text)),
  communication: text,
  matters: text,
  wholePlan: as(
    'whole-plan',
    mapped(group({ coordinator: text, organisation: text, phone: text }), {
      write: (held: Essentials['wholePlan']) => held,
      read: (held): Essentials['wholePlan'] => held,
    }),
  ),
  hours: optional(
    group({
      times: as(
        'open',
        list(
          group({
            ...{ days: as('day', list(wordOf<Weekday>())), from: text, until: text },
            allDay: as('all-day', boolean),
            onHolidays: as('on-holidays', yes),
            closed: list(group({ from: text, until: text })),
          }),
        ),
      ),
      calendar: optional(wordOf<HolidayCalendar>()),
    }),
  ),
  wishes: as('wish', list(group({ part: wordOf<WishPart>(), words: text }))),
  documents: as(
    'document',
    list(group({ sort: wordOf<WishDocumentSort>(), signedOn: text, keptAt: text, decider: text })),
  ),
}

/** The result of `$essentials`. */
export const essentialsAnswer = parameters(essentialsShape)
