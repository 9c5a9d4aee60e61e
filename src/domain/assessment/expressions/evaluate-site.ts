import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes'
import { answerFromFhir } from '#domain/assessment/fhir.ts'
import {
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  sameAnswer,
  writtenIdOf,
} from '#domain/assessment/form.ts'
import { responseItems } from '#domain/assessment/response.ts'
import { certainAge } from './certain-age.ts'
import type { ExpressionSite } from './expression-sites.ts'
import type { PathQuestion, WeightOf } from './fhir-path.ts'
import {
  type ExpressionFault,
  type FormExpression,
  fhirPathLanguage,
  fhirQueryLanguage,
} from './form-expressions.ts'
import { fhirPathNow } from './load-fhir-path.ts'
import { hasWeights } from './needed-by.ts'

/** What expressions may know besides the answers. */
export type EvaluationFacts = Readonly<{
  /** the day of the assessment, `YYYY-MM-DD` */
  day: string
  patient?: Readonly<{
    id: string
    birthDate?: string | undefined
    gender?: string | undefined
  }>
  /** what the record gave, by name of the variable: only for first answers */
  found?: Readonly<Record<string, unknown>>
}>

export type Outcome = Readonly<{ values?: readonly unknown[]; fault?: ExpressionFault }>

type Around = Readonly<{
  form: Form
  answers: FormAnswers
  enabled: ReadonlySet<string>
  facts: EvaluationFacts
}>

/** What an expression gives for these answers, or why it gives nothing. */
export function evaluateSite(site: ExpressionSite, around: Around): Outcome {
  const { response, placeFor } = responseFor(site, around)
  const { form, facts } = around
  const { patient, day } = facts
  const age = certainAge(patient?.birthDate, day)
  const weightOf = weightsOf(form)
  const known: Record<string, unknown> = {
    ...{ today: day, age: age === undefined ? [] : age },
    patient: patient ? { resourceType: 'Patient', ...patient } : [],
  }
  const askAt = (question: FormQuestion | undefined): Ask => {
    const place = question ? placeFor(question) : ''
    const isAbsent = question !== undefined && place === ''
    return { response, place, isAbsent, weightOf, variables: { ...known } }
  }
  for (const { variable, owner } of site.scope) {
    const { name } = variable
    if (!name || !site.uses.has(name)) continue
    const outcome = notTooLong(name, valueOfVariable(variable, { site, facts, ask: askAt(owner) }))
    if (outcome.fault) return outcome
    known[name] = outcome.values ?? []
  }
  return evaluated(site.expression, askAt(site.question))
}

type Ask = Omit<PathQuestion, 'text'>

const longestText = 20_000

/** Names that build on names can double at each. */
function notTooLong(name: string, outcome: Outcome): Outcome {
  const isLong = (each: unknown) => typeof each === 'string' && each.length > longestText
  if (!outcome.values?.some(isLong)) return outcome
  const detail = `%${name} is longer than ${longestText} characters`
  return { fault: { kind: 'failed', detail } }
}

function valueOfVariable(
  variable: FormExpression,
  { site, facts, ask }: Readonly<{ site: ExpressionSite; facts: EvaluationFacts; ask: Ask }>,
): Outcome {
  if (variable.language !== fhirQueryLanguage) return evaluated(variable, ask)
  if (site.kind !== 'initial') {
    const detail = `%${variable.name} asks the record: only an initialExpression may use it`
    return { fault: { kind: 'not-supported', detail } }
  }
  const found = facts.found?.[variable.name ?? '']
  return { values: found === undefined ? [] : [found] }
}

function evaluated({ language, text }: FormExpression, ask: Ask): Outcome {
  if (language !== fhirPathLanguage)
    return { fault: { kind: 'not-supported', detail: `The language ${language || '(none)'}` } }
  const engine = fhirPathNow()
  if (!engine) return { fault: { kind: 'not-loaded', detail: text } }
  try {
    return { values: engine.evaluateFhirPath({ text, ...ask }) }
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem)
    return { fault: { kind: 'failed', detail: detail.slice(0, 300) } }
  }
}

/** Only what the expression depends on: where nothing else is read, a long form costs no more than a short one. */
function responseFor(site: ExpressionSite, { form, answers, enabled, facts }: Around) {
  const own = site.question ? [site.question.linkId] : []
  const needed = new Set([...site.dependsOn, ...own])
  const isNeeded = (each: FormQuestion): boolean =>
    needed.has(each.linkId) || each.items.some(isNeeded)
  const shown = new Set(
    allQuestions(form.items)
      .filter((each) => enabled.has(each.linkId) && isNeeded(each))
      .map(({ linkId }) => linkId),
  )
  const made = new Map<string, QuestionnaireResponseItem>()
  const item = responseItems(form.items, answers, shown, (question, one) => {
    made.set(question.linkId, one)
  })
  const response: QuestionnaireResponse = {
    ...{ resourceType: 'QuestionnaireResponse', status: 'in-progress', authored: facts.day },
    ...(item.length > 0 ? { item } : {}),
  }
  const placeFor = ({ linkId }: FormQuestion) => {
    const one = made.get(linkId)
    return one ? placeOf(one, item) : ''
  }
  return { response, placeFor }
}

/** The way to an item, such as `item[1].item[0]`; under an answer, `item[1].answer[0].item[0]`. */
function placeOf(
  wanted: QuestionnaireResponseItem,
  items: readonly QuestionnaireResponseItem[],
): string {
  for (const [place, each] of items.entries()) {
    const here = `item[${place}]`
    if (each === wanted) return here
    const under = placeOf(wanted, each.item ?? []) || placeUnderAnswer(wanted, each.answer ?? [])
    if (under) return `${here}.${under}`
  }
  return ''
}

function placeUnderAnswer(
  wanted: QuestionnaireResponseItem,
  answers: readonly QuestionnaireResponseItemAnswer[],
): string {
  const places = answers.map(({ item = [] }) => placeOf(wanted, item))
  const at = places.findIndex((each) => each !== '')
  return at < 0 ? '' : `answer[${at}].${places[at]}`
}

/** The weight of an answer. One without a weight among options that have some would make a sum too low: it throws. */
function weightsOf(form: Form): WeightOf {
  const questions = new Map(allQuestions(form.items).map((each) => [writtenIdOf(each), each]))
  return (linkId, value) => {
    const question = questions.get(linkId)
    if (!question || !hasWeights(question)) return undefined
    const answer =
      typeof value === 'object' ? answerFromFhir({ valueCoding: value }) : (value as string)
    const ordinal = question.options.find(
      (option) => answer !== undefined && sameAnswer(option.answer, answer),
    )?.ordinal
    if (ordinal === undefined) throw new Error(`The answer to “${question.text}” has no weight`)
    return ordinal
  }
}
