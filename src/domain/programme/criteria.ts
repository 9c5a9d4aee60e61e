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
  /** emergency stays of the last twelve months */
  stays: number
  medicines: number
  conditions: readonly string[]
  isCoded: boolean
  isJustHome: boolean
  hasCoordinator: boolean
}>

/** `ask`: only a person can say; `unknown`: the record lacks what it needs. */
export type CriterionAnswer = 'met' | 'not-met' | 'unknown' | 'ask'

const from = (value: number | undefined, least = 0): CriterionAnswer =>
  value === undefined ? 'unknown' : value >= least ? 'met' : 'not-met'
const isSo = (is: boolean): CriterionAnswer => (is ? 'met' : 'not-met')

const rules: Readonly<
  Record<CheckKind, (check: CriterionCheck, facts: CheckFacts) => CriterionAnswer>
> = {
  'age-from': ({ value }, { age }) => from(age, value),
  'difficulties-from': ({ value }, { difficulties }) => from(difficulties, value),
  'stays-from': ({ value }, { stays }) => from(stays, value),
  'medicines-from': ({ value }, { medicines }) => from(medicines, value),
  condition: ({ words = '' }, { conditions, isCoded }) =>
    isCoded || conditions.length > 0
      ? isSo(conditions.some((each) => each.toLowerCase().includes(words.trim().toLowerCase())))
      : 'unknown',
  'just-home': (_check, { isJustHome }) => isSo(isJustHome),
  'no-coordinator': (_check, { hasCoordinator }) => isSo(!hasCoordinator),
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
