import type { TodayItem, TodayKind } from './today.ts'

/** Nothing happens to anybody if these are read an hour later. */
const patient: readonly TodayKind[] = ['letter', 'suggestion', 'prepared', 'access', 'silent']
/** Asked for by a day: only what is late cannot wait. */
const byDay: readonly TodayKind[] = ['task', 'review', 'referral', 'medicine']

/** So many rows fit on a screen with everything open. */
const mostOpen = 8
/** … of what has a day still to come; the rest is one press away. */
const mostOfADay = 3

/** Whether a line of Today may be folded away. Never an alert, a concern, a promise that is overdue, or what is late. */
export function canWait({ kind, due }: Pick<TodayItem, 'kind' | 'due'>, today: string): boolean {
  return patient.includes(kind) || (byDay.includes(kind) && !(due !== '' && due < today))
}

/** Of one kind, in their order: which rows are shown, and which are one press away. `all`: so many rows has the whole page. */
export function foldedRows<T extends Pick<TodayItem, 'kind' | 'due'>>(
  rows: readonly (readonly [T, ...T[]])[],
  about: Readonly<{ today: string; all: number }>,
): Readonly<{ shown: typeof rows; folded: typeof rows }> {
  const kind = rows[0]?.[0].kind
  const most = kind && patient.includes(kind) && about.all > mostOpen ? 0 : mostOfADay
  const isShown = (row: (typeof rows)[number], place: number) =>
    place < most || !canWait(row[0], about.today)
  return {
    shown: rows.filter(isShown),
    folded: rows.filter((row, place) => !isShown(row, place)),
  }
}
