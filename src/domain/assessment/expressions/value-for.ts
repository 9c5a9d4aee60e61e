import { answerFromFhir } from '#domain/assessment/fhir.ts'
import { type Answer, type FormQuestion, sameAnswer } from '#domain/assessment/form.ts'
import { isMoment, timeWritten } from '#domain/assessment/shape/moments.ts'

/** What an expression gave, as an answer to a question; undefined if it does not fit the question. */
export function valueFor(question: FormQuestion, value: unknown): Answer | undefined {
  const kind = kinds[question.type]
  return kind ? kind(value, question) : undefined
}

type Kind = (value: unknown, question: FormQuestion) => Answer | undefined

const text: Kind = (value) =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined

const kinds: Readonly<Partial<Record<FormQuestion['type'], Kind>>> = {
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) => (Number.isInteger(value) ? (value as number) : undefined),
  decimal: (value) => rounded(value),
  string: text,
  text,
  url: text,
  date: (value) =>
    typeof value === 'string' && /^\d{4}(-\d{2}){0,2}$/.test(value) ? value : undefined,
  dateTime: (value) => (typeof value === 'string' && isMoment(value) ? value : undefined),
  time: (value) => (typeof value === 'string' ? timeWritten(value) : undefined),
  choice: (value, question) => chosen(value, question),
  'open-choice': (value, question) => chosen(value, question) ?? text(value, question),
  quantity: (value, question) => quantity(value, question),
}

/** 0.1 + 0.2 is 0.3: binary fractions differ only in the last of 15 digits. */
function rounded(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number(value.toPrecision(12))
}

function chosen(value: unknown, { options }: FormQuestion): Answer | undefined {
  const coded =
    typeof value === 'object' && value !== null ? answerFromFhir({ valueCoding: value }) : value
  return options.find(
    ({ answer }) =>
      answer === coded ||
      (typeof coded === 'object' && coded !== null && sameAnswer(answer, coded as Answer)) ||
      (typeof answer === 'object' && 'code' in answer && answer.code === coded),
  )?.answer
}

/** FHIRPath writes a quantity as `72.5 'kg'`. */
function quantity(value: unknown, { units = [] }: FormQuestion): Answer | undefined {
  const [only, ...more] = units
  const plain = rounded(value)
  if (plain !== undefined) return only && more.length === 0 ? { value: plain, ...only } : undefined
  if (typeof value === 'object' && value !== null) return answerFromFhir({ valueQuantity: value })
  const [, number, code] = /^(-?[\d.]+) '(.*)'$/.exec(String(value)) ?? []
  const found = rounded(Number(number))
  const unit = units.find((each) => each.code === code || each.unit === code)
  return found === undefined || !unit ? undefined : { value: found, ...unit }
}
