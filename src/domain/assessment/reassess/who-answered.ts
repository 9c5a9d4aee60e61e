import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Reference,
} from '@medplum/fhirtypes'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'

/** The extension of FHIR for whoever is responsible for the answer to one question. */
const answeredBy = 'http://hl7.org/fhir/StructureDefinition/questionnaireresponse-author'

type Item = QuestionnaireResponseItem
type Items = readonly Item[]
export type Answerer = Readonly<{ reference: string; name: string }>

/**
 * Answers with who answered each question, where more than one did: what stands as before is of whoever said it, the rest
 * is the writer’s. What a client says about it is not taken.
 */
export function withWhoAnswered(
  after: QuestionnaireResponse,
  before: QuestionnaireResponse | undefined,
  writer: Answerer | undefined,
): QuestionnaireResponse {
  if (!after.item) return after
  const was = new Map<string, Item>()
  eachItem(before?.item ?? [], '', (key, item) => was.set(key, item))
  const isAlone =
    !before ||
    ([...was.values()].every((item) => markOf(item) === undefined) &&
      before.author?.reference === writer?.reference)
  const marked = (item: Item, key: string): Item => {
    const { extension = [], ...rest } = item
    const others = extension.filter(({ url }) => url !== answeredBy)
    const by = isAlone || !item.answer ? undefined : answererOf(item, was.get(key))
    const all = by ? [...others, { url: answeredBy, valueReference: by }] : others
    return { ...rest, ...(all.length > 0 ? { extension: all } : {}) }
  }
  const answererOf = (item: Item, earlier: Item | undefined): Reference | undefined =>
    earlier && saysTheSame(item, earlier)
      ? (markOf(earlier) ?? before?.author)
      : writer && { reference: writer.reference, display: writer.name }
  return { ...after, item: mapItems(after.item, '', marked) }
}

const markOf = ({ extension = [] }: Item): Reference | undefined =>
  extension.find(({ url }) => url === answeredBy)?.valueReference

const saysTheSame = (one: Item, other: Item) =>
  hasSameContent(plainAnswers(one), plainAnswers(other))
const plainAnswers = ({ answer = [] }: Item) => answer.map(({ item: _, ...value }) => value)

/** A question in a further round of a group has the place of the round in its key. */
const keysOf = (items: Items, within: string): readonly string[] => {
  const seen = new Map<string, number>()
  return items.map(({ linkId }) => {
    const place = seen.get(linkId) ?? 0
    seen.set(linkId, place + 1)
    return `${within}/${linkId}.${place}`
  })
}

function eachItem(items: Items, within: string, told: (key: string, item: Item) => void): void {
  const keys = keysOf(items, within)
  for (const [place, item] of items.entries()) {
    const key = keys[place] ?? ''
    told(key, item)
    eachItem(item.item ?? [], key, told)
    for (const answer of item.answer ?? []) eachItem(answer.item ?? [], key, told)
  }
}

function mapItems(items: Items, within: string, change: (item: Item, key: string) => Item): Item[] {
  const keys = keysOf(items, within)
  return items.map((item, place) => {
    const key = keys[place] ?? ''
    const { item: inside, answer, ...rest } = item
    return change(
      {
        ...rest,
        ...(answer ? { answer: answer.map((each) => withInside(each, key, change)) } : {}),
        ...(inside ? { item: mapItems(inside, key, change) } : {}),
      },
      key,
    )
  })
}

type AnswerOf = NonNullable<Item['answer']>[number]

const withInside = (
  answer: AnswerOf,
  key: string,
  change: (item: Item, key: string) => Item,
): AnswerOf => (answer.item ? { ...answer, item: mapItems(answer.item, key, change) } : answer)

/** By link id, whose answer it is; empty where one person answered all. Of rounds the first counts. */
export function whoAnswered({ item = [] }: QuestionnaireResponse): ReadonlyMap<string, Answerer> {
  const found = new Map<string, Answerer>()
  eachItem(item, '', (_key, each) => {
    const { reference = '', display: name = '' } = markOf(each) ?? {}
    if (name && !found.has(each.linkId)) found.set(each.linkId, { reference, name })
  })
  return found
}
