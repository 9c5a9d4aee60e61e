import type { Task } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { workingDayAfter } from '#domain/calendar/holiday-calendars.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'

/** In so many weeks a task comes again once it is done. */
export const repeatWeeks = [1, 2, 4, 13] as const
export type RepeatWeeks = (typeof repeatWeeks)[number]

/** By when: so many working days after it is asked for, or so many days before the next review of the plan. */
export type DueRule = Readonly<{ kind: 'working-days' | 'before-review'; days: number }>
const dueKinds: readonly DueRule['kind'][] = ['working-days', 'before-review']

/** Longer than this nobody plans ahead by a rule: a day is set instead. */
export const longestDueRule = 90

export function repeatOf(task: Task): RepeatWeeks | undefined {
  const { period } = extensionOf(task, 'task-repeat')?.valueTiming?.repeat ?? {}
  return repeatWeeks.find((each) => each === period)
}

export const repeatTo = (weeks: RepeatWeeks | undefined) =>
  weeks
    ? [{ valueTiming: { repeat: { frequency: 1, period: weeks, periodUnit: 'wk' as const } } }]
    : []

export function dueRuleOf(task: Task): DueRule | undefined {
  const parts = extensionOf(task, 'task-due-rule')?.extension ?? []
  const kind = dueKinds.find((each) => parts.some(({ valueCode }) => valueCode === each))
  const days = parts.find(({ url }) => url === 'days')?.valueInteger
  return kind && days !== undefined ? { kind, days } : undefined
}

export const dueRuleTo = (rule: DueRule | undefined) =>
  rule
    ? [
        {
          extension: [
            { url: 'kind', valueCode: rule.kind },
            { url: 'days', valueInteger: rule.days },
          ],
        },
      ]
    : []

/** The day on which a task is due by its rule; undefined as long as no review is planned. Never in the past. */
export function dueByRule(
  { kind, days }: DueRule,
  { today, reviewOn }: Readonly<{ today: string; reviewOn?: string | undefined }>,
): string | undefined {
  if (kind === 'working-days') return workingDayAfter('england-and-wales', today, days)
  if (!reviewOn) return undefined
  const day = addDays(reviewOn, -days)
  return day < today ? today : day
}

/** When it comes again: on its own weekday, after today. Weeks that were missed do not pile up. */
export function nextDue(due: string | undefined, weeks: RepeatWeeks, today: string): string {
  let next = addDays(due ?? today, weeks * 7)
  while (next <= today) next = addDays(next, weeks * 7)
  return next
}
