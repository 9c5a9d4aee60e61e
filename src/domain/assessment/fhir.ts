import type { Coding, Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import type {
  Answer,
  Condition,
  Form,
  FormCode,
  FormOption,
  FormQuestion,
  QuestionType,
} from './form.ts'

const ordinalUrl = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'
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
    items: (questionnaire.item ?? []).map(toQuestion),
  }
}

function toQuestion(item: QuestionnaireItem): FormQuestion {
  const children = item.item ?? []
  const help = children.find(isHelp)?.text
  return {
    linkId: item.linkId,
    type: typeOf(item),
    writtenType: item.type,
    text: item.text ?? '',
    ...(item.prefix ? { prefix: item.prefix } : {}),
    ...(help ? { help } : {}),
    required: item.required === true,
    repeats: item.repeats === true,
    readOnly: item.readOnly === true,
    ...(item.maxLength ? { maxLength: item.maxLength } : {}),
    ...limit('min', extension(item, minValueUrl)),
    ...limit('max', extension(item, maxValueUrl)),
    options: (item.answerOption ?? []).flatMap(toOption),
    initial: initialAnswers(item),
    enableWhen: (item.enableWhen ?? []).flatMap(toCondition),
    enableBehavior: item.enableBehavior === 'any' ? 'any' : 'all',
    items: children.filter((child) => !isHelp(child)).map(toQuestion),
  }
}

/** A choice with options in an external value set cannot be asked here; neither can a group that repeats. */
function typeOf(item: QuestionnaireItem): QuestionType {
  if (item.type === 'group' && item.repeats) return 'unsupported'
  if (item.type === 'choice' && !item.answerOption?.length) return 'unsupported'
  return known[item.type] ?? 'unsupported'
}

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
  const value = found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate
  return value === undefined ? {} : { [name]: value }
}

type Values = Readonly<{
  valueCoding?: Coding | undefined
  valueString?: string | undefined
  valueInteger?: number | undefined
  valueDate?: string | undefined
  valueDecimal?: number | undefined
  valueBoolean?: boolean | undefined
}>

/** The plain answer in a FHIR `value[x]`; undefined for the kinds that Gable does not ask. */
export function answerFromFhir(value: Values): Answer | undefined {
  if (value.valueCoding) return plainCoding(value.valueCoding)
  return (
    value.valueString ??
    value.valueInteger ??
    value.valueDecimal ??
    value.valueDate ??
    value.valueBoolean
  )
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
  const onCoding = option.valueCoding ? extension(option.valueCoding, ordinalUrl) : undefined
  const ordinal = (onCoding ?? extension(option, ordinalUrl))?.valueDecimal
  return [{ answer, ...(ordinal === undefined ? {} : { ordinal }) }]
}

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
  })
  if (answer === undefined) return []
  return [{ question: when.question, operator: when.operator, answer }]
}
