import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { Who } from '#domain/plan/plan.ts'
import {
  type AdultFindings,
  type CareAssessment,
  nothingAsked,
} from '#domain/social-care/care-assessment.ts'

type Written = Readonly<{ id: string; by?: Who; at: string; isDone: boolean }>

type Findings = Readonly<{ outcomes: Readonly<Partial<Record<string, unknown>>> }>
type Answered<F> = Readonly<{ at: string; marks: AnswerMarks }> & F

type Beginning<A, F> = Readonly<{
  own: A | undefined
  open: A | undefined
  start: Readonly<{ id: string; findings: F; marks: AnswerMarks }> | undefined
}>

/** Where a professional goes on with an adult’s needs. */
export const whereToBegin = (
  assessments: readonly CareAssessment[],
): Beginning<CareAssessment, AdultFindings> => beginWith(assessments, findingsOf, nothingAsked)

/**
 * Where a professional goes on: with the assessment that is open, or with what the person wrote at home since the last
 * one was finished. Taken over is what was answered at home since anybody last wrote or finished it: what a professional
 * cleared stays cleared.
 */
export function beginWith<A extends Written & Answered<F>, F extends Findings>(
  newestFirst: readonly A[],
  findingsOfAny: (written: A) => F,
  nothing: F,
): Beginning<A, F> {
  const { own, open, last } = writtenSoFar(newestFirst)
  if (!own && !open) return { own, open, start: undefined }
  const since = (open ?? last)?.at ?? ''
  const marks = Object.fromEntries(
    Object.entries(own?.marks ?? {}).filter(([, { at }]) => at > since),
  )
  const asked = open ? findingsOfAny(open) : nothing
  const findings = own ? withAhead(asked, findingsOfAny(own), marks) : asked
  return { own, open, start: { id: open?.id ?? '', findings, marks: { ...marks, ...open?.marks } } }
}

/** Fields whose question has another name on the record. */
const linkIds: Readonly<Partial<Record<string, string>>> = { goesOn: 'goes-on' }

function withAhead<F extends Findings>(asked: F, ahead: F, marks: AnswerMarks): F {
  const isAsked = new Map<string, unknown>(Object.entries(asked))
  const fresh = Object.entries(ahead).filter(
    ([field, value]) => value && !isAsked.get(field) && marks[linkIds[field] ?? field],
  )
  const outcomes = Object.entries(ahead.outcomes).filter(([outcome]) => marks[outcome])
  return {
    ...{ ...asked, ...Object.fromEntries(fresh) },
    outcomes: { ...Object.fromEntries(outcomes), ...asked.outcomes },
  }
}

const findingsOf = ({ days, helps, wants, cause, outcomes, wellbeing }: CareAssessment) => ({
  ...{ days, helps, wants, outcomes },
  ...asked('cause', cause),
  ...asked('wellbeing', wellbeing),
})

const asked = <K extends string>(field: K, value: 'yes' | 'no' | undefined) =>
  value ? ({ [field]: value } as Record<K, 'yes' | 'no'>) : {}

/** Since the last one was finished: the newest open one of the professionals, and what the person wrote. */
export function writtenSoFar<A extends Written>(
  newestFirst: readonly A[],
): Readonly<{ own: A | undefined; open: A | undefined; last: A | undefined }> {
  const last = newestFirst.find(({ isDone }) => isDone)
  const since = newestFirst.filter(({ at }) => !last || at > last.at)
  const open = since.find(({ by, isDone }) => by?.voice === 'professional' && !isDone)
  const own = since.find(({ by }) => by?.voice === 'person')
  return { own, open, last }
}
