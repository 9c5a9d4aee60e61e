import type { I18n } from '@lingui/core'
import { type Weekday, weekdays } from '#domain/contact/service-hours.ts'

/** 5 January 2026 was a Monday: the week from it names its days. */
const aMonday = Date.UTC(2026, 0, 5)
const msPerDay = 86_400_000

export const weekdayName = (i18n: I18n, day: Weekday): string =>
  i18n.date(new Date(aMonday + weekdays.indexOf(day) * msPerDay), {
    weekday: 'long',
    timeZone: 'UTC',
  })
