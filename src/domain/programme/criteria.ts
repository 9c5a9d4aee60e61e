/** What the service can look up for a person; everything else a person judges. */
export const checkKinds = [
  ...(['age-from', 'difficulties-from', 'stays-from', 'medicines-from'] as const),
  ...(['condition', 'just-home', 'no-coordinator'] as const),
] as const
export type CheckKind = (typeof checkKinds)[number]

/** `value`: from this number on; `words`: a condition by a part of its name. */
export type CriterionCheck = Readonly<{ kind: CheckKind; value?: number; words?: string }>

/** Who may enter, in a sentence; with `check` the service says what the record shows. */
export type Criterion = Readonly<{ words: string; check?: CriterionCheck }>

/** What the lists know about a person; undefined: not recorded. */
export type CheckFacts = Readonly<{
  age: number | undefined
  /** the 36-deficit count; undefined: no condition is recorded */
  difficulties: number | undefined
  /** emergency stays of the last twelve months; undefined: no contact at all is recorded */
  stays: number | undefined
  /** current medicines; undefined: neither a medicine nor a condition is recorded */
  medicines: number | undefined
  conditions: readonly string[]
  isCoded: boolean
  /** undefined: no contact at all is recorded */
  isJustHome: boolean | undefined
  hasCoordinator: boolean
}>

/** `ask`: only a person can say; `unknown`: the record lacks what it needs. */
export type CriterionAnswer = 'met' | 'not-met' | 'unknown' | 'ask'

/** A number from which on nobody said is met by nobody: no number at all, and none above zero, says nothing. */
const from = (value: number | undefined, least = 0): CriterionAnswer =>
  value === undefined || least < 1 ? 'unknown' : value >= least ? 'met' : 'not-met'
const isSo = (is: boolean): CriterionAnswer => (is ? 'met' : 'not-met')

const rules: Readonly<
  Record<CheckKind, (check: CriterionCheck, facts: CheckFacts) => CriterionAnswer>
> = {
  'age-from': ({ value }, { age }) => from(age, value),
  'difficulties-from': ({ value }, { difficulties }) => from(difficulties, value),
  'stays-from': ({ value }, { stays }) => from(stays, value),
  'medicines-from': ({ value }, { medicines }) => from(medicines, value),
  condition: ({ words = '' }, { conditions, isCoded }) =>
    words.trim() !== '' && (isCoded || conditions.length > 0)
      ? isSo(conditions.some((each) => each.toLowerCase().includes(words.trim().toLowerCase())))
      : 'unknown',
  'just-home': (_check, { isJustHome }) =>
    isJustHome === undefined ? 'unknown' : isSo(isJustHome),
  'no-coordinator': (_check, { hasCoordinator }) => isSo(!hasCoordinator),
}

/** The highest number that each check can ask for: beyond it nobody is met. Age is in years, difficulties are 36. */
export const mostOfCheck: Readonly<Partial<Record<CheckKind, number>>> = {
  ...{ 'age-from': 120, 'difficulties-from': 36, 'stays-from': 99, 'medicines-from': 99 },
}

/** Whether a check lacks what it compares with, so that it would say nothing about anybody. */
export function isUnsaidCheck({ kind, value = 0, words = '' }: CriterionCheck): boolean {
  if (kind === 'condition') return words.trim() === ''
  const most = mostOfCheck[kind]
  return most !== undefined && !(Number.isInteger(value) && value >= 1 && value <= most)
}

/** What the record shows of each criterion. It shuts nobody out: a person enters somebody, with a reason. */
export const checkedCriteria = (
  criteria: readonly Criterion[],
  facts: CheckFacts,
): readonly (Criterion & Readonly<{ answer: CriterionAnswer }>)[] =>
  criteria.map((criterion) => ({
    ...criterion,
    answer: criterion.check ? rules[criterion.check.kind](criterion.check, facts) : 'ask',
  }))

/** Whoever enters somebody says why if the record shows another thing, or too little. */
export const needsReason = (answers: readonly CriterionAnswer[]): boolean =>
  answers.some((answer) => answer === 'not-met' || answer === 'unknown')
