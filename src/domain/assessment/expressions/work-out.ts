import { enabledIds } from '#domain/assessment/enabled.ts'
import {
  type Answer,
  allQuestions,
  type BrokenConstraint,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  type WorkedParts,
} from '#domain/assessment/form.ts'
import { withRounds } from '#domain/assessment/shape/rounds.ts'
import { type EvaluationFacts, evaluateSite, type Outcome } from './evaluate-site.ts'
import { type ExpressionSite, expressionSites } from './expression-sites.ts'
import type { ExpressionFault } from './form-expressions.ts'
import { neededBy } from './needed-by.ts'
import { valueFor } from './value-for.ts'

/** A form and answers as they are once its expressions are worked out. */
export type WorkedForm = Readonly<{ form: Form; answers: FormAnswers }>

export type FormWorker = Readonly<{
  work: (answers: FormAnswers) => WorkedForm
  /** how many expressions were evaluated so far */
  evaluations: () => number
}>

/** Works out a form for one set of answers. */
export const workOut = (form: Form, answers: FormAnswers, facts: EvaluationFacts): WorkedForm =>
  formWorker(form, facts).work(answers)

/** Whether anything is worked out while a form is answered. */
export const hasExpressions = (form: Form): boolean =>
  expressionSites(form).some(({ kind }) => kind !== 'initial')

/** The same, or before it is answered. */
export const usesExpressions = (form: Form): boolean => expressionSites(form).length > 0

/**
 * Works out a form again and again while it is being answered. An expression is evaluated again only if an answer that
 * it depends on has changed: so a key stroke costs what depends on it, not the whole form.
 */
export function formWorker(form: Form, facts: EvaluationFacts): FormWorker {
  if (!hasExpressions(form))
    return {
      work: (answers) => ({ form: withRounds(form, answers), answers }),
      evaluations: () => 0,
    }
  const memory: Memory = { outcomes: new Map(), values: new Map(), off: new Set(), count: 0 }
  let shape: Shape | undefined
  const work = (answers: FormAnswers): WorkedForm => {
    const next = withRounds(form, answers)
    const said = allQuestions(next.items)
      .map((each) => each.linkId)
      .join('\n')
    if (said !== shape?.said) {
      shape = shapeOf(said, next)
      memory.outcomes.clear()
    }
    return worked({ ...shape, facts, memory }, answers)
  }
  return { work, evaluations: () => memory.count }
}

type Shape = Readonly<{
  said: string
  form: Form
  sites: readonly ExpressionSite[]
  /** keys of the answers that a calculated number needs, by site */
  needs: ReadonlyMap<string, readonly string[]>
}>

function shapeOf(said: string, form: Form): Shape {
  const sites = expressionSites(form)
  return { said, form, sites, needs: new Map(sites.map((site) => [site.id, neededBy(form, site)])) }
}

type Memory = {
  readonly outcomes: Map<string, Readonly<{ seen: readonly unknown[]; outcome: Outcome }>>
  /** calculated answers, the same object as long as they are equal */
  readonly values: Map<string, readonly Answer[]>
  off: ReadonlySet<string>
  count: number
}

type Work = Shape & Readonly<{ facts: EvaluationFacts; memory: Memory }>

/** What is known between two passes. */
type State = Readonly<{
  answers: FormAnswers
  off: ReadonlySet<string>
  enabled: ReadonlySet<string>
}>

const nothing: readonly Answer[] = []

/** Expressions that depend on one another settle in a few passes; those that never do are circular. */
const mostPasses = 12

function worked(work: Work, answers: FormAnswers): WorkedForm {
  const calculated = work.sites.filter(({ kind }) => kind === 'calculated')
  // from what they were before: what does not change is not evaluated again
  const before = calculated.map((site) => {
    const key = keyOf(site)
    return [key, work.memory.values.get(key) ?? nothing] as const
  })
  let state = stateOf(work, { ...answers, ...Object.fromEntries(before) }, work.memory.off)
  let restless: readonly ExpressionSite[] = []
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const next = passOver(work, state)
    restless = changedSites(work, state, next)
    state = next
    if (restless.length === 0) break
  }
  work.memory.off = state.off
  return settled(work, state, restless)
}

const keyOf = ({ question }: ExpressionSite) => question?.linkId ?? ''

function stateOf({ form }: Work, answers: FormAnswers, off: ReadonlySet<string>): State {
  const worked = {
    off,
    faults: new Map(),
    missing: new Map(),
    bands: new Set<string>(),
    bandFaults: new Map(),
    broken: [],
  }
  return { answers, off, enabled: enabledIds({ ...form, worked }, answers) }
}

/** Evaluates what is asked and calculated, each with the newest of the others. */
function passOver(work: Work, before: State): State {
  return work.sites.reduce((state, site) => {
    if (site.kind === 'enable') return switched(work, site, state)
    return site.kind === 'calculated' ? calculatedNow(work, site, state) : state
  }, before)
}

function switched(work: Work, site: ExpressionSite, state: State): State {
  const isOff = !isTrue(outcomeOf(work, site, state))
  if (isOff === state.off.has(keyOf(site))) return state
  const off = new Set(state.off)
  if (isOff) off.add(keyOf(site))
  else off.delete(keyOf(site))
  return stateOf(work, state.answers, off)
}

function calculatedNow(work: Work, site: ExpressionSite, state: State): State {
  const value = calculatedValue(work, site, state)
  if (state.answers[keyOf(site)] === value) return state
  return stateOf(work, { ...state.answers, [keyOf(site)]: value }, state.off)
}

function changedSites({ sites }: Work, before: State, after: State) {
  return sites.filter((site) => {
    const key = keyOf(site)
    if (site.kind === 'enable') return before.off.has(key) !== after.off.has(key)
    return site.kind === 'calculated' && before.answers[key] !== after.answers[key]
  })
}

/** A question whose condition cannot be worked out is asked: one too many is better than one missed. */
const isTrue = (outcome: Outcome) => outcome.fault !== undefined || outcome.values?.[0] === true

function calculatedValue(work: Work, site: ExpressionSite, state: State): readonly Answer[] {
  const { question } = site
  if (!question || missingFor(work, site, state).length > 0) return nothing
  const { memory } = work
  const found = answersIn(question, outcomeOf(work, site, state))
  const before = memory.values.get(question.linkId)
  if (before && JSON.stringify(before) === JSON.stringify(found)) return before
  memory.values.set(question.linkId, found)
  return found.length === 0 ? nothing : found
}

function answersIn(question: FormQuestion, outcome: Outcome): readonly Answer[] {
  const values = outcome.values ?? []
  const found = values.map((each) => valueFor(question, each))
  const fits = found.every((each) => each !== undefined)
  return fits && (question.repeats || found.length <= 1) ? (found as readonly Answer[]) : nothing
}

/** Answers without which a number would be too low. */
function missingFor({ needs }: Work, site: ExpressionSite, { answers, enabled }: State) {
  const needed = needs.get(site.id) ?? []
  return needed.filter((key) => enabled.has(key) && !hasAnswer(answers, key))
}

/** From memory, if nothing that it depends on has changed. */
function outcomeOf(work: Work, site: ExpressionSite, state: State): Outcome {
  const { memory, form, facts } = work
  const { answers, enabled } = state
  const seen = site.dependsOn.map((key) => (enabled.has(key) ? (answers[key] ?? asked) : undefined))
  const known = memory.outcomes.get(site.id)
  if (known && isSameList(known.seen, seen)) return known.outcome
  memory.count += 1
  const outcome = evaluateSite(site, { form, answers, enabled, facts })
  memory.outcomes.set(site.id, { seen, outcome })
  return outcome
}

/** Asked, and not answered. */
const asked: readonly Answer[] = []

const isSameList = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((each, place) => each === other[place])

function settled(work: Work, state: State, restless: readonly ExpressionSite[]): WorkedForm {
  const { form, sites } = work
  const off = new Set(state.off)
  // in doubt a question is asked, and nothing is worked out
  for (const site of restless) if (site.kind === 'enable') off.delete(keyOf(site))
  const emptied = restless
    .filter(({ kind }) => kind === 'calculated')
    .map((site) => [keyOf(site), nothing] as const)
  const circular = restless.map((site) => {
    const fault: ExpressionFault = { kind: 'circular', detail: site.expression.text }
    return [keyOf(site), fault] as const
  })
  const parts: WorkedParts = {
    off,
    faults: new Map([...sites.flatMap((site) => faultsAt(work, site, state)), ...circular]),
    missing: new Map(sites.flatMap((site) => missingAt(work, site, state))),
    bands: new Set(sites.flatMap((site) => bandAt(work, site, state))),
    bandFaults: new Map(sites.flatMap((site) => bandFaultAt(work, site, state))),
    broken: sites.flatMap((site) => brokenAt(work, site, state)),
  }
  const answers = { ...state.answers, ...Object.fromEntries(emptied) }
  return { form: { ...form, worked: parts }, answers }
}

function faultsAt(work: Work, site: ExpressionSite, state: State) {
  if (site.kind !== 'calculated' && site.kind !== 'enable') return []
  const fault = faultOf(work, site, state)
  return fault ? [[keyOf(site), fault] as const] : []
}

function missingAt(work: Work, site: ExpressionSite, state: State) {
  const needed = site.kind === 'calculated' ? missingFor(work, site, state) : []
  return needed.length > 0 ? [[keyOf(site), needed] as const] : []
}

const bandAt = (work: Work, site: ExpressionSite, state: State) =>
  site.kind === 'band' && outcomeOf(work, site, state).values?.[0] === true ? [site.id] : []

/** A condition is true, false or nothing: anything else says nothing about the band. */
function bandFaultAt(work: Work, site: ExpressionSite, state: State) {
  if (site.kind !== 'band') return []
  const { values = [], fault } = outcomeOf(work, site, state)
  if (fault) return [[site.id, fault] as const]
  const isCondition = values.length === 0 || (values.length === 1 && typeof values[0] === 'boolean')
  const wrong: ExpressionFault = { kind: 'wrong-kind', detail: JSON.stringify(values) }
  return isCondition ? [] : [[site.id, wrong] as const]
}

function faultOf(work: Work, site: ExpressionSite, state: State): Outcome['fault'] {
  if (!site.question || !state.enabled.has(keyOf(site))) return undefined
  if (site.kind === 'calculated' && missingFor(work, site, state).length > 0) return undefined
  const outcome = outcomeOf(work, site, state)
  if (outcome.fault || site.kind !== 'calculated') return outcome.fault
  const given = outcome.values ?? []
  if (given.length === 0 || answersIn(site.question, outcome).length > 0) return undefined
  return { kind: 'wrong-kind', detail: JSON.stringify(given) }
}

/** One that gives nothing has nothing to check yet. */
function brokenAt(work: Work, site: ExpressionSite, state: State): readonly BrokenConstraint[] {
  const { kind, constraint, question } = site
  if (kind !== 'constraint' || !constraint) return []
  if (question && !state.enabled.has(question.linkId)) return []
  const { values = [], fault } = outcomeOf(work, site, state)
  if (!fault && values[0] !== false) return []
  const at = question ? { linkId: question.linkId } : {}
  return [{ constraint, ...at, ...(fault ? { fault } : {}) }]
}
