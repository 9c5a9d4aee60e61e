import type { Organization } from '@medplum/fhirtypes'
import { type HolidayCalendar, holidayCalendars } from '#domain/calendar/holiday-calendars.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'

/** Whose bank holidays an organisation keeps: an administrator chooses them with the rule for calls after a discharge. */
export function holidayCalendarOf(organisation: Organization): HolidayCalendar | undefined {
  const said = extensionOf(organisation, 'follow-up-rule')?.extension ?? []
  const code = said.find(({ url }) => url === 'calendar')?.valueCode
  return holidayCalendars.find((each) => each === code)
}
