import type { QuestionnaireItem } from '@medplum/fhirtypes'
import {
  type ExpressionSite,
  expressionSites,
  type ScopedVariable,
} from '#domain/assessment/expressions/expression-sites.ts'
import { recordQueries } from '#domain/assessment/expressions/first-answers.ts'
import {
  type FormExpression,
  fhirPathLanguage,
  fhirQueryLanguage,
} from '#domain/assessment/expressions/form-expressions.ts'
import { namesIn, withoutTexts } from '#domain/assessment/expressions/names-in.ts'
import type { Form } from '#domain/assessment/form.ts'
import { type FaultInPath, type PublishProblem, publishError } from './publish-problem.ts'

/** What is wrong with the expressions of a form, each said at its question. */
export function expressionProblems(
  form: Form,
  items: readonly QuestionnaireItem[],
  faultInPath: FaultInPath,
): readonly PublishProblem[] {
  const linkIds = new Set(items.map(({ linkId }) => linkId))
  const queries = new Set(recordQueries(form).keys())
  const checks = { linkIds, queries, faultInPath }
  const sites = expressionSites(form)
  const said = [
    ...sites.flatMap((site) => siteProblems(site, checks)),
    ...sites.flatMap((site) => site.scope.flatMap((each) => variableProblems(each, site, checks))),
  ]
  // a variable is seen from every question below it
  return [...new Map(said.map((each) => [`${each.linkId}:${each.words}`, each])).values()]
}

type Checks = Readonly<{
  linkIds: ReadonlySet<string>
  /** names of variables that ask the record in a way that is understood */
  queries: ReadonlySet<string>
  faultInPath: FaultInPath
}>

const kinds: Readonly<Record<ExpressionSite['kind'], string>> = {
  calculated: 'The calculated value',
  enable: 'The condition for asking',
  constraint: 'The rule',
  band: 'The condition of a band',
  initial: 'The first answer',
}

function siteProblems(site: ExpressionSite, checks: Checks): readonly PublishProblem[] {
  const { kind, expression, question, scope, constraint } = site
  const linkId = question?.linkId
  const names = scope.flatMap(({ variable }) => variable.name ?? [])
  const said = faultsIn(expression, names, checks).map((fault) =>
    publishError(`${kinds[kind]}: ${fault}`, linkId),
  )
  if (constraint && !constraint.human)
    said.push(publishError('A rule has no words (human) to show when it is broken.', linkId))
  const asksRecord = scope.some(
    ({ variable: { name = '', language } }) =>
      site.uses.has(name) && language === fhirQueryLanguage,
  )
  if (asksRecord && kind !== 'initial')
    said.push(
      publishError(`${kinds[kind]} asks the record. Only a first answer may do that.`, linkId),
    )
  return said
}

function variableProblems(
  { variable, owner }: ScopedVariable,
  { scope }: ExpressionSite,
  checks: Checks,
): readonly PublishProblem[] {
  const name = variable.name ?? ''
  if (!name) return [publishError('A variable has no name.', owner?.linkId)]
  if (variable.language === fhirQueryLanguage)
    return checks.queries.has(name)
      ? []
      : [
          publishError(
            `The variable %${name} asks the record in a way that is not understood. Use Observation?patient={{%patient.id}}&code=… with _sort and _count.`,
            owner?.linkId,
          ),
        ]
  const names = scope.flatMap((each) => each.variable.name ?? [])
  return faultsIn(variable, names, checks).map((fault) =>
    publishError(`The variable %${name}: ${fault}`, owner?.linkId),
  )
}

const builtIn: readonly string[] = [
  ...['resource', 'context', 'patient', 'today', 'age', 'ucum', 'sct', 'loinc'],
]

function faultsIn(
  { language, text }: FormExpression,
  names: readonly string[],
  { linkIds, faultInPath }: Checks,
): readonly string[] {
  if (language !== fhirPathLanguage)
    return [`it is written in ${language || 'no language'}, not in FHIRPath.`]
  const fault = faultInPath(text)
  if (fault) return [`it cannot be read (${fault}).`]
  const used = namesIn(text)
  const clock = /\b(today|now|timeOfDay)\s*\(/.exec(withoutTexts(text))?.[1]
  return [
    ...used.linkIds
      .filter((each) => !linkIds.has(each))
      .map((each) => `it names the question “${each}”, which is not here.`),
    ...used.variables
      .filter((each) => ![...builtIn, ...names].includes(each))
      .map((each) => `it names %${each}, which is not known here.`),
    ...(clock ? [`${clock}() gives another result every day. Use %today.`] : []),
  ]
}
