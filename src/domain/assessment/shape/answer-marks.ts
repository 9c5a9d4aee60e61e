import type { QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes'
import {
  extensionOf,
  hasSameContent,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who, WrittenBy } from '#domain/plan/plan.ts'

/** By link id: who gave the answer, and when. */
export type AnswerMarks = Readonly<Record<string, WrittenBy>>

/** Who gave an answer: as the service kept it, otherwise whoever wrote the whole form. */
function markOf(
  item: QuestionnaireResponseItem,
  { author, authored, meta }: QuestionnaireResponse,
): WrittenBy | undefined {
  const parts = extensionOf(item, 'written')?.extension
  const by = whoFrom(parts?.find(({ url }) => url === 'by')?.valueReference ?? author)
  const at = parts?.find(({ url }) => url === 'at')?.valueDateTime ?? authored ?? meta?.lastUpdated
  return by && at ? { by, at } : undefined
}

export function answerMarksIn(response: QuestionnaireResponse): AnswerMarks {
  return Object.fromEntries(
    (response.item ?? []).flatMap((item) => {
      const mark = item.linkId ? markOf(item, response) : undefined
      return mark ? [[item.linkId, mark]] : []
    }),
  )
}

type Writing = Readonly<{
  by: Who
  at: string
  /** its earlier version */
  before?: QuestionnaireResponse | undefined
  /** what the person wrote ahead of it */
  ahead: readonly QuestionnaireResponse[]
  /** only what was answered after this instant is taken over */
  since: string
}>

/** Says of an answer that was taken over whose it is and when it was given, as it was shown. */
export const withTakenOver = (
  items: readonly QuestionnaireResponseItem[],
  marks: AnswerMarks = {},
): QuestionnaireResponseItem[] =>
  items.map((item) => ({
    ...item,
    ...withExtensions(item, { written: writtenExtension(marks[item.linkId]) }),
  }))

/**
 * Each answer with who gave it and when. An answer that stands in the earlier version keeps its mark. One of another is
 * theirs only if the writer names the mark as it stands and the answer is the same; any other is the writer’s.
 */
export function withAnswerMarks<R extends QuestionnaireResponse>(response: R, writing: Writing): R {
  const { item } = response
  if (!item) return response
  return { ...response, item: item.map((each) => marked(each, writing)) }
}

function marked(item: QuestionnaireResponseItem, writing: Writing): QuestionnaireResponseItem {
  const { by, at, before } = writing
  const kept = before ? markOfSame(item, before) : undefined
  const mark = kept ?? takenOver(item, writing) ?? { by, at }
  const { extension: _sent, ...rest } = item
  const others = { extension: item.extension ?? [] }
  return { ...rest, ...withExtensions(others, { written: writtenExtension(mark) }) }
}

/** The mark of the same answer to the same question there. */
function markOfSame(
  item: QuestionnaireResponseItem,
  there: QuestionnaireResponse,
): WrittenBy | undefined {
  const same = there.item?.find(
    (each) => each.linkId === item.linkId && hasSameContent(each.answer, item.answer),
  )
  return same ? markOf(same, there) : undefined
}

function takenOver(
  item: QuestionnaireResponseItem,
  { ahead, since }: Writing,
): WrittenBy | undefined {
  const named = markOf(item, { resourceType: 'QuestionnaireResponse', status: 'in-progress' })
  if (!named) return undefined
  return ahead
    .flatMap((response) => markOfSame(item, response) ?? [])
    .find((mark) => mark.at > since && isSameMark(mark, named))
}

const isSameMark = (one: WrittenBy, other: WrittenBy) =>
  one.by.reference === other.by.reference && one.at === other.at
