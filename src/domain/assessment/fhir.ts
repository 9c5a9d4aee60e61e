import type {
  Coding,
  Extension,
  Quantity,
  Questionnaire,
  QuestionnaireItem,
  Reference,
} from '@medplum/fhirtypes'
import { addDigits, digitsAt } from '#domain/decimal/digits.ts'
import { gableUrl, hl7Extension } from '#domain/fhir/codes.ts'
import { carriedScores } from './expressions/carried-score.ts'
import { constraintsIn, questionExpressions, variablesIn } from './expressions/form-expressions.ts'
import type {
  Answer,
  Condition,
  Form,
  FormCode,
  FormOption,
  FormQuantity,
  FormQuestion,
  FormUnit,
  LicenceClass,
  QuestionType,
} from './form.ts'

const weightUrls: readonly string[] = [hl7Extension('ordinalValue'), hl7Extension('itemWeight')]
const minValueUrl = 'http://hl7.org/fhir/StructureDefinition/minValue'
const maxValueUrl = 'http://hl7.org/fhir/StructureDefinition/maxValue'
const itemControlUrl = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl'

const known: Readonly<Record<string, QuestionType>> = {
  group: 'group',
  display: 'display',
  boolean: 'boolean',
  choice: 'choice',
  'open-choice': 'open-choice',
  string: 'string',
  text: 'text',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  dateTime: 'dateTime',
  time: 'time',
  quantity: 'quantity',
  reference: 'reference',
  url: 'url',
}

/**
 * Reads a FHIR R4 Questionnaire. Item types that Gable cannot ask become `unsupported`: shown and reported, never
 * guessed.
 */
export function formFromFhir(questionnaire: Questionnaire): Form {
  return {
    id: questionnaire.id ?? '',
    url: questionnaire.url ?? `Questionnaire/${questionnaire.id}`,
    version: questionnaire.version ?? '',
    title: questionnaire.title ?? questionnaire.name ?? questionnaire.id ?? '',
    ...(questionnaire.description ? { description: questionnaire.description } : {}),
    ...(questionnaire.copyright ? { licence: questionnaire.copyright } : {}),
    pendingSignOff:
      extension(questionnaire, gableUrl('pending-clinical-sign-off'))?.valueBoolean ?? false,
    ...licenceClassOf(questionnaire),
    ...(questionnaire.status === 'retired' ? { retired: true } : {}),
    scores: carriedScores(questionnaire),
    variables: variablesIn(questionnaire),
    constraints: constraintsIn(questionnaire),
    items: (questionnaire.item ?? []).map(toQuestion),
  }
}

const licenceClasses: readonly LicenceClass[] = ['free', 'acknowledge', 'score-only']

function licenceClassOf(questionnaire: Questionnaire): { licenceClass?: LicenceClass } {
  const written = extension(questionnaire, gableUrl('licence-class'))?.valueCode
  const found = licenceClasses.find((each) => each === written)
  return found ? { licenceClass: found } : {}
}

function toQuestion(item: QuestionnaireItem): FormQuestion {
  const children = item.item ?? []
  const help = children.find(isHelp)?.text
  const expressions = questionExpressions(item)
  return {
    linkId: item.linkId,
    type: typeOf(item),
    writtenType: item.type,
    text: item.text ?? '',
    ...(item.prefix ? { prefix: item.prefix } : {}),
    ...(help ? { help } : {}),
    required: item.required === true,
    repeats: item.repeats === true,
    readOnly: item.readOnly === true || expressions?.calculated !== undefined,
    ...(item.maxLength ? { maxLength: item.maxLength } : {}),
    ...limit('min', extension(item, minValueUrl)),
    ...limit('max', extension(item, maxValueUrl)),
    options: (item.answerOption ?? []).flatMap(toOption),
    initial: initialAnswers(item),
    enableWhen: (item.enableWhen ?? []).flatMap(toCondition),
    enableBehavior: item.enableBehavior === 'any' ? 'any' : 'all',
    units: unitsOf(item),
    ...(expressions ? { expressions } : {}),
    items: children.filter((child) => !isHelp(child)).map(toQuestion),
  }
}

function unitsOf(item: QuestionnaireItem): readonly FormUnit[] {
  const urls = [hl7Extension('questionnaire-unit'), hl7Extension('questionnaire-unitOption')]
  return (item.extension ?? [])
    .filter(({ url }) => urls.includes(url))
    .flatMap(({ valueCoding }) => (valueCoding ? [unitOf(valueCoding)] : []))
}

const unitOf = ({ system, code, display }: Coding): FormUnit => ({
  ...(system ? { system } : {}),
  ...(code ? { code } : {}),
  unit: display ?? code ?? '',
})

/** A choice with options in an external value set cannot be asked here. */
function typeOf(item: QuestionnaireItem): QuestionType {
  if (item.type === 'choice' && !item.answerOption?.length && !isCalculated(item))
    return 'unsupported'
  return known[item.type] ?? 'unsupported'
}

const isCalculated = (item: QuestionnaireItem) =>
  questionExpressions(item)?.calculated !== undefined

function isHelp(item: QuestionnaireItem): boolean {
  const control = extension(item, itemControlUrl)?.valueCodeableConcept
  return item.type === 'display' && control?.coding?.some((each) => each.code === 'help') === true
}

function extension(
  holder: { extension?: Extension[] | undefined },
  url: string,
): Extension | undefined {
  return holder.extension?.find((each) => each.url === url)
}

function limit(name: 'min' | 'max', found: Extension | undefined) {
  const value =
    found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate ?? found?.valueDateTime
  return value === undefined ? {} : { [name]: value }
}

type Values = Readonly<{
  valueCoding?: Coding | undefined
  valueString?: string | undefined
  valueInteger?: number | undefined
  valueDate?: string | undefined
  valueDecimal?: number | undefined
  valueBoolean?: boolean | undefined
  valueDateTime?: string | undefined
  valueTime?: string | undefined
  valueUri?: string | undefined
  valueQuantity?: Quantity | undefined
  valueReference?: Reference | undefined
}>

/** The plain answer in a FHIR `value[x]`; undefined for the kinds that Gable does not ask. */
export function answerFromFhir(value: Values): Answer | undefined {
  if (value.valueCoding) return plainCoding(value.valueCoding)
  if (value.valueQuantity) return plainQuantity(value.valueQuantity)
  return plainValue(value) ?? value.valueReference?.display ?? value.valueReference?.reference
}

const plainKeys = [
  ...(['valueString', 'valueInteger', 'valueDecimal', 'valueDate', 'valueBoolean'] as const),
  ...(['valueDateTime', 'valueTime', 'valueUri'] as const),
]

function plainValue(value: Values): boolean | number | string | undefined {
  const key = plainKeys.find((each) => value[each] !== undefined)
  return key && value[key]
}

function plainQuantity(quantity: Quantity): FormQuantity | undefined {
  const { value, unit, code, system } = quantity
  if (value === undefined) return undefined
  const plain = {
    ...{ value, unit: unit ?? code ?? '' },
    ...(system ? { system } : {}),
    ...(code ? { code } : {}),
  }
  const said = digitsAt(quantity, 'value')
  if (said !== undefined) addDigits(plain, { value: said })
  return plain
}

function plainCoding(coding: Coding): FormCode {
  return {
    ...(coding.system ? { system: coding.system } : {}),
    ...(coding.code ? { code: coding.code } : {}),
    display: coding.display ?? coding.code ?? '',
  }
}

function toOption(option: NonNullable<QuestionnaireItem['answerOption']>[number]): FormOption[] {
  const answer = answerFromFhir(option)
  if (answer === undefined) return []
  const ordinal = weightOn(option.valueCoding) ?? weightOn(option)
  return [{ answer, ...(ordinal === undefined ? {} : { ordinal }) }]
}

const weightOn = (holder: { extension?: Extension[] | undefined } | undefined) =>
  holder?.extension?.find(({ url }) => weightUrls.includes(url))?.valueDecimal

function initialAnswers(item: QuestionnaireItem): readonly Answer[] {
  const written = (item.initial ?? []).flatMap((each) => answerFromFhir(each) ?? [])
  if (written.length > 0) return written
  return (item.answerOption ?? [])
    .filter((option) => option.initialSelected)
    .flatMap((option) => answerFromFhir(option) ?? [])
}

function toCondition(when: NonNullable<QuestionnaireItem['enableWhen']>[number]): Condition[] {
  const answer = answerFromFhir({
    valueCoding: when.answerCoding,
    valueString: when.answerString,
    valueInteger: when.answerInteger,
    valueDate: when.answerDate,
    valueDecimal: when.answerDecimal,
    valueBoolean: when.answerBoolean,
    valueDateTime: when.answerDateTime,
    valueTime: when.answerTime,
    valueQuantity: when.answerQuantity,
    valueReference: when.answerReference,
  })
  if (answer === undefined) return []
  return [{ question: when.question, operator: when.operator, answer }]
}
