import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'

type Asking = Readonly<{
  person: string
  marks: AnswerMarks
  /** by link id: what stood when the form opened, and what stands in it now */
  first: Readonly<Record<string, unknown>>
  now: Readonly<Record<string, unknown>>
}>

type AnsweredAlready = Readonly<{
  takenOver: AnswerMarks
  already: (linkId: string) => WrittenBy | undefined
}>

/** Who else answered a question, as long as nobody changed it here. */
export function answeredAlready(asking: Asking): AnsweredAlready {
  const { person, marks, first, now } = asking
  const me = writtenNow(person).by.reference
  const takenOver = Object.fromEntries(
    Object.entries(marks).filter(
      ([linkId, { by }]) => by.reference !== me && hasSameContent(first[linkId], now[linkId]),
    ),
  )
  return { takenOver, already: (linkId) => takenOver[linkId] }
}
