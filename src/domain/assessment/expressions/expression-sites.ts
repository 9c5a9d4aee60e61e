import { allQuestions, type Form, type FormQuestion, writtenIdOf } from '#domain/assessment/form.ts'
import type { CarriedScore } from './carried-score.ts'
import type { FormConstraint, FormExpression } from './form-expressions.ts'
import { type NamesIn, namesIn } from './names-in.ts'

/** A variable, and the question that it stands on: absent for one of the whole form. */
export type ScopedVariable = Readonly<{ variable: FormExpression; owner?: FormQuestion }>

/** A place in a form where an expression stands. */
export type ExpressionSite = Readonly<{
  id: string
  kind: 'calculated' | 'enable' | 'constraint' | 'band' | 'initial'
  expression: FormExpression
  /** absent for one of the whole form */
  question?: FormQuestion
  constraint?: FormConstraint
  /** variables that it can see, outermost first */
  scope: readonly ScopedVariable[]
  /** keys of the questions that it depends on, in reading order */
  dependsOn: readonly string[]
  /** names of the variables that it uses, directly or through others */
  uses: ReadonlySet<string>
}>

/** Every expression of a form, in reading order. */
export function expressionSites(form: Form): readonly ExpressionSite[] {
  const keys = keysByLinkId(form)
  const site = (at: Bare): ExpressionSite => {
    const { named, uses } = reachOf(at, keys)
    const own = at.kind === 'calculated' ? at.question?.linkId : undefined
    return { ...at, uses, dependsOn: [...named].filter((key) => key !== own) }
  }
  const scope = (form.variables ?? []).map((variable) => ({ variable }))
  return [
    ...form.items.flatMap((item) => sitesOf(item, scope).map(site)),
    ...constraintSites('', form.constraints ?? [], { scope }).map(site),
    ...bandSites(form.scores ?? [], scope).map(site),
  ]
}

type Bare = Omit<ExpressionSite, 'dependsOn' | 'uses'>

function sitesOf(question: FormQuestion, outer: readonly ScopedVariable[]): readonly Bare[] {
  const { linkId, expressions, items } = question
  const own = (expressions?.variables ?? []).map((variable) => ({ variable, owner: question }))
  const scope = [...outer, ...own]
  const kinds = [
    ['enable', expressions?.enableWhen],
    ['calculated', expressions?.calculated],
    ['initial', expressions?.initial],
  ] as const
  return [
    ...kinds.flatMap(([kind, expression]) =>
      expression ? [{ id: `${kind}:${linkId}`, kind, expression, question, scope }] : [],
    ),
    ...constraintSites(linkId, expressions?.constraints ?? [], { question, scope }),
    ...items.flatMap((item) => sitesOf(item, scope)),
  ]
}

const constraintSites = (
  linkId: string,
  constraints: readonly FormConstraint[],
  around: Pick<Bare, 'question' | 'scope'>,
): readonly Bare[] =>
  constraints.map((constraint, place) => ({
    ...{ id: `constraint:${linkId}:${place}`, kind: 'constraint', constraint },
    ...{ expression: constraint.expression, ...around },
  }))

const bandSites = (
  scores: readonly CarriedScore[],
  scope: readonly ScopedVariable[],
): readonly Bare[] =>
  scores.flatMap(({ bands }, place) =>
    bands.flatMap(({ code, when }) =>
      when ? [{ id: `${place}/${code}`, kind: 'band' as const, expression: when, scope }] : [],
    ),
  )

/** Keys of the questions that a link id in an expression means: in all rounds, and with what is under it. */
function keysByLinkId(form: Form): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const question of allQuestions(form.items)) {
    const linkId = writtenIdOf(question)
    const under = [question, ...allQuestions(question.items)].map((each) => each.linkId)
    found.set(linkId, [...(found.get(linkId) ?? []), ...under])
  }
  return found
}

type Keys = ReturnType<typeof keysByLinkId>

/** Keys of the questions that an expression names, and those that the variables name that it uses. */
function reachOf({ expression, question, scope }: Bare, keys: Keys) {
  const named = new Set<string>()
  const uses = new Set<string>()
  const add = ({ text }: FormExpression, owner: FormQuestion | undefined) => {
    const names = namesIn(text)
    for (const key of keysNamed(names, keys, localTo(text, owner))) named.add(key)
    for (const { variable, owner: its } of namedIn(scope, names.variables)) {
      if (uses.has(variable.name ?? '')) continue
      uses.add(variable.name ?? '')
      add(variable, its)
    }
  }
  add(expression, question)
  return { named, uses }
}

/** The innermost variable of each name. */
const namedIn = (scope: readonly ScopedVariable[], names: readonly string[]) =>
  names.flatMap((name) => scope.findLast(({ variable }) => variable.name === name) ?? [])

/** Without %resource it reads only what is under its own question: in a group that repeats, its own round. */
function localTo(text: string, owner: FormQuestion | undefined): ReadonlySet<string> | undefined {
  if (!owner || text.includes('%resource')) return undefined
  return new Set(allQuestions([owner]).map(({ linkId }) => linkId))
}

function keysNamed(
  { linkIds, everything }: NamesIn,
  keys: Keys,
  within: ReadonlySet<string> | undefined,
): readonly string[] {
  const all = everything ? [...keys.values()].flat() : linkIds.flatMap((id) => keys.get(id) ?? [])
  return within ? all.filter((key) => within.has(key)) : all
}
