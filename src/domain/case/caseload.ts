import type { PriorityBand } from '#domain/today/today.ts'
import type { CaseState } from './case.ts'

/** One person on a caseload, with the facts to find and recognise them. Days are `YYYY-MM-DD`. */
export type CaseloadRow = Readonly<{
  person: string
  caseId: string
  family: string
  given: string
  birthDate: string
  nhsNumber: string
  state: CaseState
  coordinator: string
  /** empty: no plan was started */
  planVersion: string
  planEmpty: boolean
  /** the person’s last answer was an agreement, and to this version */
  agreed: boolean
  reviewOn: string
  lastContact: string
  /** day or instant of death, `true` if it is not known; empty: living */
  died: string
  /** where the person is on the street of the Today page; absent while that is not known */
  band?: PriorityBand
  /** somebody else’s person, whom the reader looks after until that day */
  coverFor?: string
  coverUntil?: string
}>

export type CaseloadHouse = 'died' | 'none' | 'writing' | 'waiting' | 'agreed' | 'review-due'

/** The state of the house in the row: the same five as `planStatus`, or that the person has died. */
export function houseOfRow(row: CaseloadRow, today: string): CaseloadHouse {
  if (row.died !== '') return 'died'
  if (row.planVersion === '') return 'none'
  if (row.planEmpty) return 'writing'
  if (!row.agreed) return 'waiting'
  return isCaseOverdue(row, today) ? 'review-due' : 'agreed'
}

export function isCaseOverdue(row: CaseloadRow, today: string): boolean {
  return row.died === '' && row.reviewOn !== '' && row.reviewOn < today
}

export const caseloadFilters = [
  ...(['all', 'today', 'week', 'steady', 'in-hospital'] as const),
  ...(['review', 'waiting', 'no-plan', 'paused'] as const),
] as const
export type CaseloadFilter = (typeof caseloadFilters)[number]

const filters: Readonly<Record<CaseloadFilter, (row: CaseloadRow, today: string) => boolean>> = {
  all: () => true,
  today: (row) => row.band === 'today',
  week: (row) => row.band === 'week',
  steady: (row) => row.band === 'steady',
  'in-hospital': (row) => row.band === 'in-hospital',
  review: isCaseOverdue,
  waiting: (row, today) => houseOfRow(row, today) === 'waiting',
  'no-plan': (row) => row.died === '' && (row.planVersion === '' || row.planEmpty),
  paused: (row) => row.state === 'paused',
}

/** The rows of one filter, the earliest review first, those without a date last. */
export function chosenRows(
  rows: readonly CaseloadRow[],
  filter: CaseloadFilter,
  today: string,
): readonly CaseloadRow[] {
  const key = (row: CaseloadRow) => `${row.reviewOn || '9999'} ${row.family} ${row.given}`
  return rows
    .filter((row) => filters[filter](row, today))
    .toSorted((one, other) => key(one).localeCompare(key(other)))
}
