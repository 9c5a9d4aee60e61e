import {
  type Answer,
  type Condition,
  type Form,
  type FormAnswers,
  type FormQuestion,
  isGiven,
  isQuantity,
  sameAnswer,
} from './form.ts'

const nothing: ReadonlySet<string> = new Set()

/**
 * Link ids of the questions that are asked, given the answers so far. A question is asked if its parent is, and its
 * conditions hold (FHIR R4 `enableWhen` and `enableBehavior`). The answer of a question that is not asked counts as not
 * given. A question under a question waits for an answer to that one, as R4 keeps it inside the answer.
 */
export function enabledIds(form: Form, answers: FormAnswers): ReadonlySet<string> {
  const off = form.worked?.off ?? nothing
  const conditionsById = new Map<string, FormQuestion>()
  const parentById = new Map<string, FormQuestion>()
  const note = (items: readonly FormQuestion[], parent?: FormQuestion) => {
    for (const item of items) {
      conditionsById.set(item.linkId, item)
      if (parent) parentById.set(item.linkId, parent)
      note(item.items, item)
    }
  }
  note(form.items)

  const known = new Map<string, boolean>()
  const isEnabled = (linkId: string): boolean => {
    const before = known.get(linkId)
    if (before !== undefined) return before
    // circular conditions are a fault of the questionnaire: ask rather than hide
    known.set(linkId, true)
    const question = conditionsById.get(linkId)
    const enabled =
      question !== undefined && !off.has(linkId) && parentAllows(linkId) && conditionsHold(question)
    known.set(linkId, enabled)
    return enabled
  }
  const counted = (linkId: string): readonly Answer[] =>
    isEnabled(linkId) ? (answers[linkId] ?? []).filter(isGiven) : []
  const parentAllows = (linkId: string): boolean => {
    const parent = parentById.get(linkId)
    if (!parent) return true
    return (
      isEnabled(parent.linkId) && (parent.type === 'group' || counted(parent.linkId).length > 0)
    )
  }
  const conditionsHold = ({ enableWhen, enableBehavior }: FormQuestion): boolean => {
    if (enableWhen.length === 0) return true
    const holds = (condition: Condition) => conditionHolds(condition, counted(condition.question))
    return enableBehavior === 'any' ? enableWhen.some(holds) : enableWhen.every(holds)
  }
  return new Set([...conditionsById.keys()].filter(isEnabled))
}

/** One condition against the given answers. `!=` is true as long as no answer is equal, also if there is none (R4). */
function conditionHolds(condition: Condition, given: readonly Answer[]): boolean {
  const { operator, answer } = condition
  if (operator === 'exists') return given.length > 0 === (answer === true)
  if (operator === '=') return given.some((each) => sameAnswer(each, answer))
  if (operator === '!=') return !given.some((each) => sameAnswer(each, answer))
  return given.some((each) => compares(operator, each, answer))
}

function compares(operator: '>' | '<' | '>=' | '<=', given: Answer, limit: Answer): boolean {
  if (isQuantity(given) && isQuantity(limit))
    return given.unit === limit.unit && compares(operator, given.value, limit.value)
  const comparable =
    (typeof given === 'number' && typeof limit === 'number') ||
    (typeof given === 'string' && typeof limit === 'string')
  if (!comparable) return false
  if (operator === '>') return given > limit
  if (operator === '<') return given < limit
  return operator === '>=' ? given >= limit : given <= limit
}
