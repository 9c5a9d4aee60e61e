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
  /** what stands already: its earlier version first, then what the person wrote ahead of it */
  standing: readonly QuestionnaireResponse[]
}>

/**
 * Each answer with who gave it and when. An answer that stands already keeps its mark; any other is the writer’s. A mark
 * that a client sends counts for nothing.
 */
export function withAnswerMarks<R extends QuestionnaireResponse>(response: R, writing: Writing): R {
  const { item } = response
  if (!item) return response
  return { ...response, item: item.map((each) => marked(each, writing)) }
}

function marked(
  item: QuestionnaireResponseItem,
  { by, at, standing }: Writing,
): QuestionnaireResponseItem {
  const found = standing.flatMap((response) => {
    const same = response.item?.find(
      (each) => each.linkId === item.linkId && hasSameContent(each.answer, item.answer),
    )
    return same ? [markOf(same, response)] : []
  })
  const mark = found[0] ?? { by, at }
  const { extension: _sent, ...rest } = item
  const others = { extension: item.extension ?? [] }
  return { ...rest, ...withExtensions(others, { written: writtenExtension(mark) }) }
}
