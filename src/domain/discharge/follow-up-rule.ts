import type { HolidayCalendar } from '#domain/calendar/holiday-calendars.ts'

/**
 * When somebody who is home from hospital has to be contacted, as data: an administrator chooses one for each organisation.
 */
export type FollowUpRule = Readonly<{
  code: FollowUpRuleCode
  /** by when a call or visit has reached the person: hours by the clock, or working days after the day of discharge */
  contact: Readonly<{ hours: number } | { workingDays: number }>
  /** hours after which such a contact is best made, if the source says so */
  from?: number
  /** a visit face to face, in calendar days after the day of discharge */
  visitDays?: number
  /** so many separate tries in time count as well, if they are written down; the calls go on all the same */
  tries?: number
  /** whose days off count where nobody has chosen */
  calendar: HolidayCalendar
  source: string
}>

export const followUpRuleCodes = ['NHS-48h', 'NHS-72h', 'TCM-7', 'TCM-14'] as const
export type FollowUpRuleCode = (typeof followUpRuleCodes)[number]

/** CMS, Transitional Care Management Services (MLN908628); CPT 99495 and 99496; 42 CFR 414.511. */
const tcm = {
  contact: { workingDays: 2 },
  tries: 2,
  calendar: 'us-federal',
} as const

export const followUpRules: Readonly<Record<FollowUpRuleCode, FollowUpRule>> = {
  'NHS-48h': {
    code: 'NHS-48h',
    contact: { hours: 48 },
    calendar: 'england-and-wales',
    source: 'A nurse’s call within 48 hours: evaluation in Solihull, PMC6616175',
  },
  'NHS-72h': {
    code: 'NHS-72h',
    contact: { hours: 72 },
    from: 24,
    calendar: 'england-and-wales',
    source: 'NICE NG27: a call or visit by the practice or community nurse after 24 to 72 hours',
  },
  'TCM-7': {
    ...{ code: 'TCM-7', ...tcm, visitDays: 7 },
    source: 'CMS Transitional Care Management, CPT 99496: 2 business days, visit within 7 days',
  },
  'TCM-14': {
    ...{ code: 'TCM-14', ...tcm, visitDays: 14 },
    source: 'CMS Transitional Care Management, CPT 99495: 2 business days, visit within 14 days',
  },
}

/** Which rule an organisation follows, and whose days off it keeps. */
export type FollowUpChoice = Readonly<{ rule: FollowUpRuleCode; calendar: HolidayCalendar }>

/** Where no administrator has chosen. */
export const usualFollowUp: FollowUpChoice = { rule: 'NHS-48h', calendar: 'england-and-wales' }
