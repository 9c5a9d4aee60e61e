import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  completeAssessment,
  keepDraft,
  type PersonAssessments,
  stopAssessment,
} from '#client/queries/care-plan/assessments.ts'
import { type AnswerProblem, answerProblemsIn } from '#domain/assessment/answer-problems.ts'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import type { FirstAnswers } from '#domain/assessment/expressions/first-answers.ts'
import { formWorker } from '#domain/assessment/expressions/work-out.ts'
import type { Answer, Form, FormAnswers } from '#domain/assessment/form.ts'
import { initialAnswers } from '#domain/assessment/response.ts'
import { safetyConcern } from '#domain/assessment/safety/safety.ts'
import { hasSittingEnded, notRecordedOf, type SittingAnswers } from '#domain/assessment/sitting.ts'

/** The draft on the record to continue: the newest of this questionnaire and version. */
export function draftOnRecord(record: PersonAssessments, form: Form) {
  return record.assessments.find(
    (each) => each.state === 'draft' && each.url === form.url && each.version === form.version,
  )
}

export type AssessmentFacts = Readonly<{
  form: Form
  person: string
  record: PersonAssessments
  /** answers that the record gives: they are not asked */
  known: FormAnswers
  /** answers that the record gives first: they can be corrected */
  first: FirstAnswers
  /** what expressions may know of the person */
  about: EvaluationFacts
}>

const answersOf = (first: FirstAnswers): FormAnswers =>
  Object.fromEntries([...first].map(([linkId, { answers }]) => [linkId, answers]))

/** One assessment: answers kept from the first key stroke, the actions that end it, and the safety concern in it. */
export function useAssessment({
  form: plain,
  person,
  record,
  known,
  first,
  about,
}: AssessmentFacts) {
  const [fresh] = useState(() => crypto.randomUUID())
  const [worker] = useState(() => formWorker(plain, about))
  const begun = draftOnRecord(record, plain)
  const initial: SittingAnswers = {
    id: begun?.id ?? fresh,
    answers: begun?.answers ?? { ...initialAnswers(plain), ...answersOf(first) },
  }
  const key = `assessment:${person}:${plain.id}`
  const [draft, setKept, clear, isKept, settle] = useDraft<SittingAnswers>(key, initial)
  const [left, setLeft, clearLeft, hasLeft] = useDraft<SittingAnswers>(`${key}:left`, initial)
  const isOverNow = hasSittingEnded(draft, record.assessments)
  // it was over before this page opened: its answers belong to it, and fill no other
  const [overAtFirst] = useState(isOverNow ? draft.id : undefined)
  const isAnothers = draft.id === overAtFirst
  const current = isAnothers ? initial : draft
  // an assessment that ended elsewhere while it was being asked continues as a new one, with what was typed
  const id = isOverNow && !isAnothers ? fresh : current.id
  const worked = worker.work({ ...current.answers, ...known })
  const { form, answers } = worked
  const sitting = { id, form, answers, person }
  const notRecorded = isAnothers
    ? notRecordedOf(draft, record.assessments)
    : hasLeft
      ? left
      : undefined
  const [problems, setProblems] = useState<readonly AnswerProblem[]>([])
  const [tries, setTries] = useState(0)
  const [isWarning, setWarning] = useState(false)

  // one after the other: each writes over what the one before it has saved
  const scope = { id: key }
  const keep = useMutation({ scope, mutationFn: keepDraft })
  const stop = useMutation({ scope, mutationFn: stopAssessment, onSuccess: clear })
  const complete = useMutation({
    scope,
    mutationFn: async () => {
      await completeAssessment(sitting)
      return current
    },
    onSuccess: (sent) => settle(sent),
  })

  const answer = (linkId: string, given: readonly Answer[]) =>
    answerAll({ ...answers, [linkId]: given })
  const answerAll = (next: FormAnswers) => {
    // finish exactly the answers that the user asked to finish
    if (complete.isPending) return
    if (notRecorded && isAnothers) setLeft(notRecorded)
    setKept({ id, answers: next })
    const isNew = safetyConcern(form, next) && !safetyConcern(form, answers)
    if (!isNew) return
    // the concern is saved at once: closing the tab must not lose it
    setWarning(true)
    keep.mutate({ ...sitting, ...worker.work(next) })
  }
  /** What prevents finishing, shown from now on; empty if nothing does. */
  const check = () => {
    const found = answerProblemsIn(form, answers)
    setProblems(found)
    setTries((before) => before + 1)
    return found
  }
  return {
    ...{ id, sitting, isKept, answer, answerAll, check, problems, tries, keep, stop, complete },
    worked,
    isOnRecord: begun?.id === id,
    concern: safetyConcern(form, answers),
    flag: record.safety.find((each) => each.response === id),
    /** answers of an earlier assessment that are not on the record: used or deleted only by choice */
    notRecorded,
    takeOver: () => {
      if (notRecorded) setKept({ id: fresh, answers: notRecorded.answers })
      clearLeft()
    },
    throwAway: () => {
      if (isAnothers) clear()
      clearLeft()
    },
    isWarning,
    heedWarning: () => setWarning(false),
  }
}

export type OpenAssessment = ReturnType<typeof useAssessment>
