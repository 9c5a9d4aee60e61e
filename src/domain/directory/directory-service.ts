import type { Role } from '#domain/access/actor.ts'
import { addDays, isWholeDay } from '#domain/calendar/days.ts'

/** A service that people can be referred to, or go to themselves. */
export type DirectoryService = Readonly<{
  id: string
  name: string
  /** who runs it */
  provider: string
  /** its Organization, if it works with Gable: it reads and answers referrals itself */
  organisation?: string
  what: string
  /** where it helps, in words that people use */
  areas: readonly string[]
  /** weeks until somebody is seen; absent: nobody knows */
  waitingWeeks?: number
  /** whom it helps */
  eligibility: string
  howToRefer: string
  phone: string
  /** groups, walks, company, advice: what is not a health service */
  isSocial: boolean
  /** `YYYY-MM-DD` on which somebody checked all this */
  checkedOn?: string
  /** it does not exist any more */
  isEnded: boolean
}>

/**
 * So many days after somebody checked a service, its entry is marked as old: our own choice.
 * @unverified referral-days
 */
const daysUntilOld = 180

export const isOldEntry = ({ checkedOn }: DirectoryService, today: string): boolean =>
  checkedOn === undefined || checkedOn < addDays(today, -daysUntilOld)

const maintainers: readonly Role[] = ['admin', 'manager', 'nurse-case-manager', 'social-worker']

/** Who keeps the directory: they know the services, and answer for what it says. */
export const keepsDirectory = (role: Role | undefined): boolean =>
  role !== undefined && maintainers.includes(role)

const longest = 2000
const longestName = 200
const mostWeeks = 260

/** What is wrong with an entry, in one sentence; undefined if nothing is. */
export function serviceFault(service: DirectoryService, today: string): string | undefined {
  const { name, howToRefer, phone, waitingWeeks } = service
  if (name.trim() === '') return 'The name is missing'
  if (howToRefer.trim() === '' && phone.trim() === '')
    return 'Say how to refer, or give a telephone number'
  if (waitingWeeks !== undefined && !isWeeks(waitingWeeks))
    return `The waiting time is a number of weeks from 0 to ${mostWeeks}`
  return tooLong(service) ?? notADay(service, today)
}

function tooLong(service: DirectoryService): string | undefined {
  const { name, provider, phone, what, eligibility, howToRefer, areas } = service
  if ([name, provider, phone, ...areas].some((each) => each.length > longestName))
    return `Use at most ${longestName} characters for the name, who runs it, each area and the telephone`
  if ([what, eligibility, howToRefer].some((each) => each.length > longest))
    return `Use at most ${longest} characters`
  return undefined
}

const notADay = ({ checkedOn }: DirectoryService, today: string): string | undefined =>
  checkedOn !== undefined && (!isWholeDay(checkedOn) || checkedOn > today)
    ? 'The day on which it was checked is not a day until today (YYYY-MM-DD)'
    : undefined

const isWeeks = (weeks: number) => Number.isInteger(weeks) && weeks >= 0 && weeks <= mostWeeks

export type ServiceFilter = Readonly<{
  words: string
  area: string
  /** only those with at most so many weeks to wait */
  weeks?: number | undefined
  social: boolean
  /** only those that somebody has checked lately */
  checked: boolean
}>

const plain = (text: string) => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')

/** Those that fit, the shortest waiting time first; nobody knows stands last. */
export function servicesFor<S extends DirectoryService>(
  services: readonly S[],
  { words, area, weeks, social, checked }: ServiceFilter,
  today: string,
): readonly S[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return services
    .filter((each) => {
      const text = plain(
        [each.name, each.provider, each.what, each.eligibility, ...each.areas].join(' '),
      )
      return wanted.every((word) => text.includes(word))
    })
    .filter((each) => area === '' || each.areas.includes(area))
    .filter(
      (each) => weeks === undefined || (each.waitingWeeks ?? Number.POSITIVE_INFINITY) <= weeks,
    )
    .filter((each) => !social || each.isSocial)
    .filter((each) => !checked || !isOldEntry(each, today))
    .toSorted(
      (one, other) =>
        (one.waitingWeeks ?? mostWeeks + 1) - (other.waitingWeeks ?? mostWeeks + 1) ||
        one.name.localeCompare(other.name),
    )
}
