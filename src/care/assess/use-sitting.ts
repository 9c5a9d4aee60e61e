import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  completeAssessment,
  keepDraft,
  type PersonAssessments,
  stopAssessment,
} from '#data/assessments.ts'
import { useDraft } from '#data/writing/drafts.ts'
import { type Problem, problemsIn } from '#domain/assessment/check.ts'
import type { Answer, Answers, Form } from '#domain/assessment/form.ts'
import { initialAnswers } from '#domain/assessment/response.ts'
import { safetyConcern } from '#domain/assessment/safety.ts'
import { safetyFlagId } from '#domain/assessment/safety-flag.ts'
import { scoreOf } from '#domain/assessment/score.ts'
import { proposalsFrom } from '#domain/suggestion/suggestion.ts'
import { useSuggestionWords } from './suggestion-words.ts'

type Kept = Readonly<{ id: string; answers: Answers }>

/** The draft on the record to go on with: the newest of this questionnaire and version. */
export function draftOnRecord(record: PersonAssessments, form: Form) {
  return record.assessments.find(
    (each) => each.state === 'draft' && each.url === form.url && each.version === form.version,
  )
}

export type SittingFacts = Readonly<{ form: Form; person: string; record: PersonAssessments }>

/** One sitting: answers kept from the first key stroke, the acts that end it, and the safety concern in it. */
export function useSitting({ form, person, record }: SittingFacts) {
  const [fresh] = useState(() => crypto.randomUUID())
  const begun = draftOnRecord(record, form)
  const initial: Kept = { id: begun?.id ?? fresh, answers: begun?.answers ?? initialAnswers(form) }
  const [kept, setKept, clear, isKept, settle] = useDraft<Kept>(
    `assessment:${person}:${form.id}`,
    initial,
  )
  // a sitting that is over goes on as a new one, with what was typed
  const isOver = record.assessments.some((each) => each.id === kept.id && each.state !== 'draft')
  const id = isOver ? fresh : kept.id
  const sitting = { id, form, answers: kept.answers, person }
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [tries, setTries] = useState(0)
  const [isWarning, setWarning] = useState(false)

  const wording = useSuggestionWords(kept.answers)
  const keep = useMutation({ mutationFn: keepDraft })
  const stop = useMutation({ mutationFn: stopAssessment, onSuccess: clear })
  const complete = useMutation({
    mutationFn: async () => {
      const proposals = proposalsFrom(form, kept.answers, scoreOf(form, kept.answers))
      await completeAssessment(sitting, proposals, wording)
      return kept
    },
    onSuccess: (sent) => settle(sent),
  })

  const answer = (linkId: string, given: readonly Answer[]) => {
    // what is being completed is what was asked to be
    if (complete.isPending) return
    const answers = { ...kept.answers, [linkId]: given }
    setKept({ id, answers })
    const isNew = safetyConcern(form, answers) && !safetyConcern(form, kept.answers)
    if (!isNew) return
    // the concern goes on the record at once: closing the tab must not lose it
    setWarning(true)
    keep.mutate({ ...sitting, answers })
  }
  /** What stands in the way of completing, shown from now on; empty when nothing does. */
  const check = () => {
    const found = problemsIn(form, kept.answers)
    setProblems(found)
    setTries((before) => before + 1)
    return found
  }
  return {
    ...{ id, sitting, isKept, answer, check, problems, tries, keep, stop, complete },
    answers: kept.answers,
    isOnRecord: begun?.id === id,
    concern: safetyConcern(form, kept.answers),
    flag: record.safety.find((each) => each.id === safetyFlagId(id)),
    isWarning,
    heedWarning: () => setWarning(false),
  }
}
