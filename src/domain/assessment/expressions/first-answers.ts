import type { Bundle, Observation } from '@medplum/fhirtypes'
import type { Answer, Form, FormAnswers, FormQuestion } from '#domain/assessment/form.ts'
import { type EvaluationFacts, evaluateSite } from './evaluate-site.ts'
import { type ExpressionSite, expressionSites } from './expression-sites.ts'
import { type FormExpression, fhirQueryLanguage } from './form-expressions.ts'
import { valueFor } from './value-for.ts'

/** An answer that the record gives first; it can be corrected. */
export type FirstAnswer = Readonly<{
  answers: readonly Answer[]
  /** FHIR date or instant of what was found; absent for what has no day, such as the sex */
  at?: string
}>

export type FirstAnswers = ReadonlyMap<string, FirstAnswer>

/** The first answers that the record gives, by link id. What it does not give is asked as usual. */
export function firstAnswers(form: Form, facts: EvaluationFacts): FirstAnswers {
  const sites = expressionSites(form).filter(({ kind }) => kind === 'initial')
  return new Map(
    sites.flatMap((site) => {
      const first = site.question && firstAt(form, { ...site, question: site.question }, facts)
      return first ? [[site.question.linkId, first] as const] : []
    }),
  )
}

type InitialSite = ExpressionSite & Readonly<{ question: FormQuestion }>

function firstAt(form: Form, site: InitialSite, facts: EvaluationFacts): FirstAnswer | undefined {
  const empty: FormAnswers = {}
  const { values = [] } = evaluateSite(site, { form, answers: empty, enabled: new Set(), facts })
  const answers = values.map((each) => valueFor(site.question, each))
  if (answers.length === 0 || answers.some((each) => each === undefined)) return undefined
  // which of several is meant is not known: it is asked as usual
  if (answers.length > 1 && !site.question.repeats) return undefined
  const at = dayIn(site, facts)
  return { answers: answers as readonly Answer[], ...(at ? { at } : {}) }
}

/** The day of the newest record among those that the expression asked for. */
function dayIn({ scope, uses }: ExpressionSite, { found = {} }: EvaluationFacts) {
  return scope
    .flatMap(({ variable: { name = '', language } }) =>
      uses.has(name) && language === fhirQueryLanguage ? [found[name]] : [],
    )
    .flatMap((each) => (each as Bundle<Observation> | undefined)?.entry ?? [])
    .flatMap(
      ({ resource }) => resource?.effectiveDateTime ?? resource?.effectivePeriod?.start ?? [],
    )
    .toSorted()
    .at(-1)
}

/** What a form asks the record for, by name of the variable. Only one form of question is understood. */
export function recordQueries(form: Form): ReadonlyMap<string, URLSearchParams> {
  const scopes = expressionSites(form).flatMap(({ scope }) => scope.map(({ variable }) => variable))
  return new Map(
    scopes.flatMap((variable) => {
      const query = variable.name ? observationQuery(variable) : undefined
      return query && variable.name ? [[variable.name, query] as const] : []
    }),
  )
}

const understood: readonly string[] = ['patient', 'code', 'category', '_sort', '_count']

/** The search parameters of an `application/x-fhir-query`; undefined if it is not understood. */
function observationQuery({ language, text }: FormExpression): URLSearchParams | undefined {
  const [type, written] = text.split('?')
  if (language !== fhirQueryLanguage || type !== 'Observation' || !written) return undefined
  const query = new URLSearchParams(written)
  const isUnderstood = [...query.keys()].every((each) => understood.includes(each))
  const isOfPerson = /^(Patient\/)?\{\{\s*%patient\.id\s*\}\}$/.test(query.get('patient') ?? '')
  if (!isUnderstood || !isOfPerson || !query.has('code')) return undefined
  query.delete('patient')
  return query
}
