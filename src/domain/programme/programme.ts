import type { Who } from '#domain/plan/plan.ts'
import { type Criterion, isUnsaidCheck } from './criteria.ts'

/** Why somebody’s time in a programme pauses. */
export const pauseReasons = ['in-hospital', 'asked-break', 'away', 'other'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** Why it ends. */
export const endReasons = [
  ...(['goal-reached', 'moved', 'died', 'asked-to-stop', 'no-contact', 'other'] as const),
] as const
export type EndReason = (typeof endReasons)[number]

export const plannedKinds = ['contact', 'assessment', 'plan-agreed'] as const
export type PlannedKind = (typeof plannedKinds)[number]

/** One thing that the programme plans for everybody in it. */
export type PlannedContent = Readonly<{
  kind: PlannedKind
  /** of contacts: one in so many weeks; of the others: by the end of this week */
  weeks: number
  /** of an assessment: the address of its form */
  form?: string
}>

/** What tells one planned thing from another. */
export const contentKey = ({ kind, weeks, form = '' }: PlannedContent): string =>
  `${kind}|${weeks}|${form}`

export type Programme = Readonly<{
  id: string
  /** counts up with every change, from 1 */
  version: number
  title: string
  purpose: string
  /** may change it, as an administrator may */
  owner?: Pick<Who, 'reference' | 'name'>
  retired: boolean
  criteria: readonly Criterion[]
  pauses: readonly PauseReason[]
  ends: readonly EndReason[]
  /** after so many months without contact somebody asks whether it ends; 0: never */
  monthsWithoutContact: number
  /** ids of programmes that nobody is in at the same time */
  notWith: readonly string[]
  contents: readonly PlannedContent[]
}>

/** Our own figure: after so many attempts that reached nobody the list says “never reached”. */
export const attemptsUntilNeverReached = 3

const mostOf = {
  criteria: 12,
  contents: 12,
  weeks: 104,
  months: 24,
  title: 100,
  words: 1_000,
}

/** The part of a definition that something is wrong with. */
export type ProgrammeField = 'title' | 'purpose' | 'criteria' | 'contents' | 'months' | 'notWith'

type Rule = readonly [
  field: ProgrammeField,
  isBroken: (programme: Programme) => boolean,
  words: string,
]

const rules: readonly Rule[] = [
  [
    'title',
    ({ title }) => !isShort(title, mostOf.title),
    'Give the programme a name of up to 100 characters',
  ],
  [
    'purpose',
    ({ purpose }) => !isShort(purpose, mostOf.words),
    'Say what it is for, in up to 1,000 characters',
  ],
  [
    'criteria',
    ({ criteria }) => criteria.length === 0 || criteria.length > mostOf.criteria,
    'Say who may enter: one sentence or more, 12 at most',
  ],
  [
    'criteria',
    ({ criteria }) => criteria.some(({ words }) => !isShort(words, mostOf.words)),
    'Each reason to enter is a sentence of up to 1,000 characters',
  ],
  [
    'criteria',
    ({ criteria }) => new Set(criteria.map(({ words }) => words.trim())).size < criteria.length,
    'The same sentence is there twice. Remove one of the two',
  ],
  [
    'criteria',
    ({ criteria }) => criteria.some(({ check }) => check && isUnsaidCheck(check)),
    'Say what each check looks for: the name of a condition, or from which number on (age 1 to 120, difficulties 1 to 36, stays and medicines 1 to 99)',
  ],
  [
    'contents',
    ({ contents }) => contents.length > mostOf.contents,
    'A programme plans 12 things at most',
  ],
  [
    'contents',
    ({ contents }) => contents.some(({ weeks }) => !isPlannableWeek(weeks)),
    'Weeks are a whole number from 1 to 104',
  ],
  [
    'contents',
    ({ contents }) => contents.some(({ kind, form }) => kind === 'assessment' && !form),
    'Say which assessment it is',
  ],
  [
    'contents',
    ({ contents }) => new Set(contents.map(contentKey)).size < contents.length,
    'The same thing is planned twice. Remove one of the two',
  ],
  [
    'months',
    ({ monthsWithoutContact }) => !isWhole(monthsWithoutContact, 0, mostOf.months),
    'Months without contact are a whole number from 0 to 24',
  ],
  ['notWith', ({ id, notWith }) => notWith.includes(id), 'A programme cannot exclude itself'],
]

/** What is wrong with a definition, and where; undefined: nothing. */
export function programmeFault(
  programme: Programme,
): Readonly<{ field: ProgrammeField; words: string }> | undefined {
  const broken = rules.find(([, isBroken]) => isBroken(programme))
  return broken && { field: broken[0], words: broken[2] }
}

/** Whether a number of weeks can be planned. */
export const isPlannableWeek = (weeks: number): boolean => isWhole(weeks, 1, mostOf.weeks)

const isShort = (text: string, longest: number) => text.trim() !== '' && text.length <= longest
const isWhole = (value: number, lowest: number, highest: number) =>
  Number.isInteger(value) && value >= lowest && value <= highest
