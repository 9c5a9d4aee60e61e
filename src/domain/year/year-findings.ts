import { addDays, daysBetween } from '#domain/calendar/days.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import { latestWorries, type WorryDifference, worryDifferences } from '#domain/worry/worry.ts'
import { daysBeforeStay, type StayDrawn, type YearPicture } from './year-picture.ts'

/** Readings that were outside the agreed limits in the weeks before a stay in hospital, and since when. */
export type SignBeforeStay = Readonly<{
  kind: ReadingKind
  since: string
  days: number
  stay: StayDrawn
}>

/** What the picture shows, to be said in sentences. It states no cause. */
export type YearFindings = Readonly<{
  /** stays in a bed that touch the span, also if they began before */
  stays: readonly StayDrawn[]
  /** nights of them within the span */
  nights: number
  /** visits to an emergency department: no stay, and not nothing */
  departments: number
  /** stays before which no contact is recorded for two weeks or more */
  afterGap: readonly StayDrawn[]
  contacts: number
  /** no contact is recorded at any time */
  neverReached: boolean
  missed: number
  signs: readonly SignBeforeStay[]
  silent: readonly Readonly<{ kind: ReadingKind; since: string }>[]
  worries: readonly WorryDifference[]
}>

/** Our own choice: how long before a stay a reading outside the limits is named beside it. */
const daysOfSigns = 30

export function yearFindings(picture: YearPicture): YearFindings {
  const { nights, neverReached, contacts, readings, worries } = picture
  const stays = picture.stays.filter(({ isDepartment }) => !isDepartment)
  const made = contacts.flatMap((row) => row.made)
  return {
    ...{ stays, nights, neverReached },
    departments: picture.stays.length - stays.length,
    afterGap: stays.filter(({ gap = 0, neverBefore }) => neverBefore || gap >= daysBeforeStay),
    contacts: made.filter(({ it }) => it.reached).length,
    missed: made.filter(({ it }) => !it.reached).length,
    signs: stays.flatMap((stay) => signsBefore(stay, picture)),
    silent: readings.flatMap(({ kind, silentSince }) =>
      silentSince ? [{ kind, since: silentSince }] : [],
    ),
    worries: worryDifferences(latestWorries(worries.map(({ it }) => it))),
  }
}

function signsBefore(stay: StayDrawn, { readings }: YearPicture): readonly SignBeforeStay[] {
  const earliest = addDays(stay.from, -daysOfSigns)
  return readings.flatMap(({ kind, points, outside }) => {
    const first = points.find(
      ({ day, it }) => outside.includes(it.id) && day >= earliest && day < stay.from,
    )
    return first ? [{ kind, since: first.day, days: daysBetween(first.day, stay.from), stay }] : []
  })
}
