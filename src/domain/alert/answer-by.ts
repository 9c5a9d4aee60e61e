import type { HolidayCalendar } from '#domain/calendar/holiday-calendars.ts'
import { type WorkingHours, workingTimeAfter } from '#domain/calendar/working-time.ts'

/** How long the owner of an alert has to say what was done, in working time: our own choice, no published rule. */
const minutesToAnswer = 240

/** Where an organisation has not said when it works. Our own choice. */
const usualWorkingHours = { from: '09:00', until: '17:00' } as const

/**
 * By when the owner of an alert answers: four working hours, by the holidays of their part of the country.
 * @unverified alert-answer-time
 */
export const answerBy = (
  raised: Date,
  facts: Readonly<{
    calendar: HolidayCalendar
    zone: string
    hours?: Pick<WorkingHours, 'from' | 'until'>
  }>,
): Date =>
  workingTimeAfter(raised, minutesToAnswer, {
    hours: { calendar: facts.calendar, ...(facts.hours ?? usualWorkingHours) },
    zone: facts.zone,
  })
