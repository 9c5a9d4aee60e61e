import type { Expression, Extension } from '@medplum/fhirtypes'
import { gableUrl, hl7Extension } from '#domain/fhir/codes.ts'

/** An expression as the questionnaire has it. */
export type FormExpression = Readonly<{
  language: string
  text: string
  /** of a variable */
  name?: string
}>

export type FormConstraint = Readonly<{
  key: string
  severity: 'error' | 'warning'
  /** the message, in the words of the questionnaire */
  human: string
  expression: FormExpression
}>

export type QuestionExpressions = Readonly<{
  calculated?: FormExpression
  initial?: FormExpression
  enableWhen?: FormExpression
  variables: readonly FormExpression[]
  constraints: readonly FormConstraint[]
}>

/** Why an expression gave nothing: it is never replaced by a number. */
export type ExpressionFault = Readonly<{
  kind: 'not-supported' | 'failed' | 'wrong-kind' | 'circular' | 'not-loaded'
  /** what exactly, for whoever wrote the questionnaire */
  detail: string
}>

export const fhirPathLanguage = 'text/fhirpath'
export const fhirQueryLanguage = 'application/x-fhir-query'

const sdc = (name: string) =>
  `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${name}`

export const expressionUrls = {
  calculated: sdc('calculatedExpression'),
  initial: sdc('initialExpression'),
  enableWhen: sdc('enableWhenExpression'),
  variable: hl7Extension('variable'),
  constraint: hl7Extension('questionnaire-constraint'),
  targetConstraint: hl7Extension('targetConstraint'),
  score: gableUrl('assessment-score'),
} as const

type Extended = Readonly<{ extension?: readonly Extension[] | undefined }>

const allAt = ({ extension = [] }: Extended, url: string) =>
  extension.filter((each) => each.url === url)

/** The expressions of a question; undefined if it has none. */
export function questionExpressions(item: Extended): QuestionExpressions | undefined {
  const one = (url: string) => toExpression(allAt(item, url)[0]?.valueExpression)
  const calculated = one(expressionUrls.calculated)
  const initial = one(expressionUrls.initial)
  const enableWhen = one(expressionUrls.enableWhen)
  const variables = variablesIn(item)
  const constraints = constraintsIn(item)
  const hasAny = calculated || initial || enableWhen || variables.length + constraints.length > 0
  if (!hasAny) return undefined
  return {
    ...(calculated ? { calculated } : {}),
    ...(initial ? { initial } : {}),
    ...(enableWhen ? { enableWhen } : {}),
    ...{ variables, constraints },
  }
}

export function variablesIn(holder: Extended): readonly FormExpression[] {
  return allAt(holder, expressionUrls.variable).flatMap(
    (each) => toExpression(each.valueExpression) ?? [],
  )
}

export function constraintsIn(holder: Extended): readonly FormConstraint[] {
  const { constraint, targetConstraint } = expressionUrls
  return [...allAt(holder, constraint), ...allAt(holder, targetConstraint)].flatMap(toConstraint)
}

function toConstraint({ extension = [] }: Extension): readonly FormConstraint[] {
  const part = (url: string) => extension.find((each) => each.url === url)
  const written = part('expression')
  const expression = written?.valueString
    ? { language: fhirPathLanguage, text: written.valueString }
    : toExpression(written?.valueExpression)
  const human = part('human')?.valueString ?? part('human')?.valueMarkdown ?? ''
  const key = part('key')?.valueId ?? part('key')?.valueString ?? ''
  const severity = part('severity')?.valueCode === 'warning' ? 'warning' : 'error'
  return expression ? [{ key, severity, human, expression }] : []
}

export function toExpression(written: Expression | undefined): FormExpression | undefined {
  if (!written) return undefined
  const { language = '', expression = '', name } = written
  return { language, text: expression, ...(name ? { name } : {}) }
}
