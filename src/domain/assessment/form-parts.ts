import {
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  takesAnswer,
} from './form.ts'

/** A part of a form, for a screen that shows one at a time. */
export type FormPart = Readonly<{
  /** stays the same while answers change */
  id: string
  title?: string
  items: readonly FormQuestion[]
}>

/** Our own numbers: about one screen and a half of a phone. */
const mostInPart = 5
const fewestToPart = 8

/**
 * A form in parts: its groups, and what stands between them, none much longer than five questions. They are cut where the
 * form is written, so that no answer moves a question to another part. A short form is one part.
 */
export function partsOf({ items }: Pick<Form, 'items'>): readonly FormPart[] {
  const asked = allQuestions(items).filter(takesAnswer).length
  const parts = asked < fewestToPart ? [partFrom(items)] : cut(items)
  return parts.filter((part) => allQuestions(part.items).some(({ text, type }) => text || type))
}

const partFrom = (items: readonly FormQuestion[], title?: string): FormPart => ({
  ...{ id: items[0]?.linkId ?? 'empty', items },
  ...(title ? { title } : {}),
})

function cut(items: readonly FormQuestion[]): readonly FormPart[] {
  const parts: FormPart[] = []
  let loose: FormQuestion[] = []
  const close = () => {
    parts.push(...piecesOf(loose).map((piece) => partFrom(piece)))
    loose = []
  }
  for (const item of items)
    if (item.type === 'group') {
      close()
      parts.push(...partsOfGroup(item))
    } else loose.push(item)
  close()
  return parts
}

/** A group that repeats stays whole: its buttons belong to all of it. */
function partsOfGroup(group: FormQuestion): readonly FormPart[] {
  if (group.round || group.items.length <= mostInPart) return [partFrom([group], group.text)]
  return piecesOf(group.items).map((piece) => partFrom(piece, group.text))
}

/** Pieces of nearly the same length: not five and one. */
function piecesOf(items: readonly FormQuestion[]): readonly (readonly FormQuestion[])[] {
  const count = Math.ceil(items.length / mostInPart)
  const size = Math.ceil(items.length / Math.max(1, count))
  return Array.from({ length: count }, (_, place) => items.slice(place * size, (place + 1) * size))
}

/** Of the questions of a part that are asked now: how many there are, and which have no answer. */
export function leftInPart(
  { items }: FormPart,
  { enabled, answers }: Readonly<{ enabled: ReadonlySet<string>; answers: FormAnswers }>,
): Readonly<{ asked: number; left: readonly FormQuestion[] }> {
  const asked = allQuestions(items).filter(
    (question) =>
      takesAnswer(question) &&
      enabled.has(question.linkId) &&
      !question.readOnly &&
      !question.expressions?.calculated,
  )
  return { asked: asked.length, left: asked.filter(({ linkId }) => !hasAnswer(answers, linkId)) }
}
