import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  completeAssessment,
  keepDraft,
  type PersonAssessments,
  stopAssessment,
} from '#client/queries/care-plan/assessments.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { type AnswerProblem, answerProblemsIn } from '#domain/assessment/answer-problems.ts'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import type { FirstAnswers } from '#domain/assessment/expressions/first-answers.ts'
import { formWorker } from '#domain/assessment/expressions/work-out.ts'
import type { Answer, Form, FormAnswers } from '#domain/assessment/form.ts'
import { type AnsweredTwice, mergeAnswers } from '#domain/assessment/reassess/merge-answers.ts'
import type { Answerer } from '#domain/assessment/reassess/who-answered.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { initialAnswers, type WhoWasThere } from '#domain/assessment/response.ts'
import { safetyConcern } from '#domain/assessment/safety/safety.ts'
import { hasSittingEnded, notRecordedOf, type SittingAnswers } from '#domain/assessment/sitting.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'

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

const noAnswers: FormAnswers = {}
const startOf = (begun: Pick<SittingAnswers, 'answers'> | undefined) => begun?.answers ?? noAnswers

const thereIn = (current: SittingAnswers, begun: Pick<SittingAnswers, 'there'> | undefined) =>
  current.there ?? begun?.there ?? {}

/** What others answered in the same draft since is shown as it comes. */
const saidTogether = (
  mine: FormAnswers,
  base: FormAnswers,
  begun: Pick<SittingAnswers, 'answers'> | false | undefined,
) => (begun ? mergeAnswers({ base, mine, theirs: begun.answers }).answers : mine)

const answersOf = (first: FirstAnswers): FormAnswers =>
  Object.fromEntries([...first].map(([linkId, { answers }]) => [linkId, answers]))

/** Whose the answers of this draft are, where they are somebody else’s and stand as they were. */
function othersAnswers(
  begun: AssessmentRecord | undefined,
  answers: FormAnswers,
  person: string,
): ReadonlyMap<string, Answerer> | undefined {
  if (!begun) return undefined
  const me = whoAmI(person)
  const whole = begun.author && begun.author.reference !== me.reference ? begun.author : undefined
  const standing = Object.keys(begun.answers).filter((linkId) =>
    hasSameContent(begun.answers[linkId], answers[linkId]),
  )
  return new Map(
    standing.flatMap((linkId) => {
      const by = begun.answeredBy?.get(linkId) ?? whole
      return by && by.reference !== me.reference ? [[linkId, by] as const] : []
    }),
  )
}

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
  const [base, setBase, clearBase, hasBase] = useDraft<FormAnswers>(`${key}:base`, startOf(begun))
  const isOverNow = hasSittingEnded(draft, record.assessments)
  // it was over before this page opened: its answers belong to it, and fill no other
  const [overAtFirst] = useState(isOverNow ? draft.id : undefined)
  const isAnothers = draft.id === overAtFirst
  const current = isAnothers ? initial : draft
  // an assessment that ended elsewhere while it was being asked continues as a new one, with what was typed
  const id = isOverNow && !isAnothers ? fresh : current.id
  const same = isKept && begun?.id === id && begun
  const said = saidTogether(current.answers, base, same)
  const worked = worker.work({ ...said, ...known })
  const { form, answers } = worked
  const there = thereIn(current, begun)
  const sitting = { id, form, answers, person, base, there }
  const waiting = hasLeft ? left : undefined
  const notRecorded = isAnothers ? notRecordedOf(draft, record.assessments) : waiting
  const [problems, setProblems] = useState<readonly AnswerProblem[]>([])
  const [tries, setTries] = useState(0)
  const [isWarning, setWarning] = useState(false)

  // one after the other: each writes over what the one before it has saved
  const scope = { id: key }
  const forget = () => {
    clear()
    clearBase()
  }
  const keep = useMutation({
    scope,
    mutationFn: keepDraft,
    // as they stood when the save began, without what others had said
    onMutate: () => current.answers,
    onSuccess: (_done, sent, mine) => {
      // what was saved of others is mine too from here on: else it would look as if I had removed it
      const sides = { base: mine, mine: draft.answers, theirs: sent.answers }
      if (isKept) setKept({ ...draft, answers: mergeAnswers(sides).answers })
      setBase(sent.answers)
    },
  })
  const stop = useMutation({ scope, mutationFn: stopAssessment, onSuccess: forget })
  const complete = useMutation({
    scope,
    mutationFn: async () => {
      await completeAssessment(sitting)
      return current
    },
    onSuccess: (sent) => {
      settle(sent)
      clearBase()
    },
  })

  const answer = (linkId: string, given: readonly Answer[]) =>
    answerAll({ ...answers, [linkId]: given })
  const answerAll = (next: FormAnswers) => {
    // finish exactly the answers that the user asked to finish
    if (complete.isPending) return
    if (notRecorded && isAnothers) setLeft(notRecorded)
    if (!hasBase) setBase(startOf(begun))
    setKept({ id, answers: next, there })
    const isNew = safetyConcern(form, next) && !safetyConcern(form, answers)
    if (!isNew) return
    // the concern is saved at once: closing the tab must not lose it
    setWarning(true)
    keep.mutate({ ...sitting, ...worker.work(next) })
  }
  /** Of a question that two people answered differently: whose answer counts. */
  const settleTwice = ({ linkId, theirs }: AnsweredTwice, isTheirs: boolean) => {
    setBase({ ...base, [linkId]: theirs })
    setKept({ id, there, answers: isTheirs ? { ...answers, [linkId]: theirs } : answers })
    keep.reset()
    complete.reset()
  }
  const sayThere = (next: WhoWasThere) => {
    if (!hasBase) setBase(startOf(begun))
    setKept({ id, answers, there: next })
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
    ...{ worked, there, sayThere, settleTwice },
    answeredBy: othersAnswers(begun, answers, person),
    begunBy:
      begun?.author?.reference === whoAmI(person).reference ? undefined : begun?.author?.name,
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
