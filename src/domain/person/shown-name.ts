import type { HumanName } from '@medplum/fhirtypes'
import { dayWritten, firstDayOf, reckonedDay } from '#domain/calendar/days.ts'

/** The parts of a name as they are shown. */
export type ShownName = Readonly<{
  family: string | undefined
  given: string | undefined
  title: string | undefined
}>

/** The priority of names; one with an unlisted use comes last. */
const order: readonly (HumanName['use'] | undefined)[] = ['usual', 'official', undefined]
const formerUses: readonly (HumanName['use'] | undefined)[] = ['old', 'maiden']

/**
 * The one rule for the name that is shown, on every screen and in every answer: the usual name, otherwise the official
 * one, on that day (`YYYY-MM-DD`). A former name is shown only if there is no other.
 */
export function nameOn(
  names: readonly HumanName[] | undefined,
  today: string,
): HumanName | undefined {
  const [first, ...others] = (names ?? []).filter(saysSomething).toSorted(byRank(today))
  if (!first || first.family || first.text) return first
  // a usual name is often a first name alone
  const family = others.find((each) => each.family && !isFormer(each, today))?.family
  return family ? { ...first, family } : first
}

export function shownName(names: readonly HumanName[] | undefined, today: string): ShownName {
  const name = nameOn(names, today)
  const given = name?.given?.join(' ')
  return {
    family: name?.family ?? name?.text,
    given: name?.family || !name?.text ? given : undefined,
    title: name?.prefix?.[0]?.replace(/\.$/, ''),
  }
}

/** The whole name, as a person is called; empty if there is none. */
export function nameInWords(names: readonly HumanName[] | undefined, today: string): string {
  const name = nameOn(names, today)
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ')
}

/** The days after `today` on which another name may have to be shown. */
export function nameChanges(names: readonly HumanName[] | undefined): readonly string[] {
  return (names ?? []).flatMap(({ period }) => [
    ...(period?.start ? [firstDayOf(period.start)] : []),
    ...(period?.end ? [dayAfter(period.end)] : []),
  ])
}

const saysSomething = ({ family, given, text }: HumanName) =>
  Boolean(family || text || given?.some(Boolean))

function byRank(today: string) {
  const rank = (name: HumanName): number => {
    const place = order.indexOf(name.use)
    return (isFormer(name, today) ? 100 : 0) + (place < 0 ? order.length : place)
  }
  const since = (name: HumanName) => name.period?.start ?? ''
  return (one: HumanName, other: HumanName) =>
    rank(one) - rank(other) || since(other).localeCompare(since(one))
}

/** No longer used, not used yet, or marked as old. */
function isFormer({ use, period }: HumanName, today: string): boolean {
  if (formerUses.includes(use)) return true
  const isToCome = period?.start !== undefined && today < firstDayOf(period.start)
  return isToCome || (period?.end !== undefined && today >= dayAfter(period.end))
}

/** The day on which a period that ends on this date, or in this month or year, is over. */
function dayAfter(date: string): string {
  const [year = 0, month, day] = dayWritten(date).split('-').map(Number)
  const over =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year, month - 1, day + 1)
  return Number.isNaN(over) ? '9999-12-31' : reckonedDay(over)
}
