import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { firstDayOf } from '#domain/calendar/days.ts'
import { conditionFrom, findingOf } from '#domain/suggestion/answer-rule/answer-condition.ts'
import {
  type AnsweredForm,
  type CardRecord,
  monthsBack,
  recentResult,
  resultNames,
} from './card-record.ts'
import type { CardFact, CardNeed, CardReason, CardTest, CareCard, ShownCard } from './care-card.ts'
import { isConditionOf } from './condition-kinds.ts'
import { isMedicineOf } from './medicine-kinds.ts'

/** Which cards the record and the answers of a person point to, and why. */
export function shownCards(cards: readonly CareCard[], record: CardRecord): readonly ShownCard[] {
  return cards.flatMap((card) => {
    const why = reasonsFor(card, record)
    if (why.length === 0) return []
    const facts = card.needs.map((need) => factOf(need, record))
    return [{ card, why, facts, finding: findingIn(why) }]
  })
}

/** The records that it comes from: the same ones are the same finding. */
const findingIn = (why: readonly CardReason[]) =>
  [...new Set(why.map(({ record }) => record).filter(Boolean))].toSorted().join(';')

function reasonsFor({ shows }: CareCard, record: CardRecord): readonly CardReason[] {
  const found = new Map<string, CardReason>()
  for (const group of shows) {
    const reasons = group.map((test) => reasonsOf(test, record))
    if (reasons.some((each) => each === undefined)) continue
    for (const reason of reasons.flatMap((each) => each ?? []))
      found.set(`${reason.record} ${reason.words}`, reason)
  }
  return [...found.values()]
}

/** Undefined if the test does not hold. */
function reasonsOf(test: CardTest, record: CardRecord): readonly CardReason[] | undefined {
  switch (test.on) {
    case 'condition':
      return some(conditionsOf(test.among, record))
    case 'medicine': {
      const found = medicinesOf(test.among, record)
      return found.length >= (test.from ?? 1) ? found : undefined
    }
    case 'no-medicine':
      return medicinesOf(test.among, record).length === 0 ? [] : undefined
    case 'medicines':
      return record.evidence.medicines.length >= test.from ? allMedicines(record) : undefined
    case 'difficulties':
      return record.difficulties >= test.from ? difficultiesIn(record) : undefined
    case 'answers':
      return answersOf(test, record)
    default:
      return resultOf(test, record)
  }
}

const some = (found: readonly CardReason[]) => (found.length > 0 ? found : undefined)

type Of<K extends CardTest['on']> = Extract<CardTest, { on: K }>

const dated = (date: string | undefined) => (date ? { on: firstDayOf(date) } : {})

const conditionsOf = (among: Of<'condition'>['among'], { evidence }: CardRecord) =>
  evidence.conditions
    .filter((each) => among.some((kind) => isConditionOf(kind, each)))
    .map(({ record, display, date }) => ({ words: display, record, ...dated(date) }))

const medicinesOf = (among: Of<'medicine'>['among'], { evidence }: CardRecord) =>
  evidence.medicines
    .filter(({ name }) => among.some((kind) => isMedicineOf(kind, name)))
    .map(({ record, name, date }) => ({ words: name, record, ...dated(date) }))

const allMedicines = ({ evidence }: CardRecord) =>
  evidence.medicines.map(({ record, name, date }) => ({ words: name, record, ...dated(date) }))

/** The count changes with every code: it is one finding, not one for each record. */
const difficultiesIn = ({ difficulties, today }: CardRecord) => [
  { words: `${difficulties} of 36 difficulties of the frailty index`, record: 'score', on: today },
]

function answersOf(
  { form, when }: Of<'answers'>,
  record: CardRecord,
): readonly CardReason[] | undefined {
  const newest = newestOf(form, record)
  if (!newest || newest.at < monthsBack(record.today, 12)) return undefined
  const conditions = when.flatMap((line) => conditionFrom(line) ?? [])
  const holds = conditions.every((each) => findingOf(each, newest) !== undefined)
  if (!holds || conditions.length !== when.length) return undefined
  const words = `what was said in “${nameOf(form)}”`
  return [{ words, record: `QuestionnaireResponse/${newest.id}`, ...dated(newest.at) }]
}

const names: Readonly<Record<string, string>> = {
  'falls-checklist': 'Falls checklist',
  'prisma-7': 'PRISMA-7',
  'clinical-frailty-scale': 'Clinical Frailty Scale',
}
const nameOf = (form: string) => names[form] ?? form

const newestOf = (form: string, { answered }: CardRecord): AnsweredForm | undefined =>
  answered
    .filter(({ url }) => url === libraryUrl(form))
    .toSorted((one, other) => other.at.localeCompare(one.at))[0]

function resultOf(
  test: Of<'result-below' | 'no-result'>,
  record: CardRecord,
): readonly CardReason[] | undefined {
  const found = recentResult(record, test)
  const missing = { words: `${missingWords(test.result, test.months)}`, record: '' }
  if (!found) return [missing]
  if (test.on === 'no-result') return undefined
  const { words, on, record: from, value } = found
  // a result in another unit cannot be compared, and is no proof that all is well
  if (value === undefined)
    return [{ words: `${words}, in a unit that cannot be compared here`, record: from, on }]
  return value < test.below ? [{ words, record: from, on }] : undefined
}

const missingWords = (result: keyof typeof resultNames, months: number) =>
  `${resultNames[result]}: no result in the last ${timeWords(months)}`

const timeWords = (months: number) => (months === 1 ? 'month' : `${months} months`)

function factOf(need: CardNeed, record: CardRecord): CardFact {
  if (need.on === 'asked') {
    const newest = newestOf(need.form, record)
    return newest && newest.at >= monthsBack(record.today, need.months)
      ? { words: `Asked: ${need.name}`, ...dated(newest.at), isMissing: false }
      : { words: `${need.name}: not asked in the last ${timeWords(need.months)}`, isMissing: true }
  }
  const found = recentResult(record, need)
  return found
    ? { words: found.words, on: found.on, isMissing: false }
    : { words: missingWords(need.result, need.months), isMissing: true }
}
