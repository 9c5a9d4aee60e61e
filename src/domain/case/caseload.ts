import type { PriorityBand, TodayItem } from '#domain/today/today.ts'
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
  /** since when the case is open; empty: not known */
  since: string
  /** the reader coordinates; a colleague does, and the reader is in the team; or nobody does */
  whose: 'mine' | 'team' | 'nobody'
  /** why the case is paused, in the words of whoever decided */
  pausedWhy: string
  isInHospital: boolean
  /** when somebody last wrote in the plan or its goals */
  planOn: string
  /** of 100 people like this one, so many had an emergency stay within a year */
  chance?: number
  /** stage of life; empty: not worked out */
  segment: string
  /** names of the programmes they are in */
  programmes: readonly string[]
  /** where the person is on the street of the Today page; absent while that is not known */
  band?: PriorityBand
  /** the most pressing line of Today, the reader’s first; absent: nothing is to be done */
  need?: TodayItem
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
