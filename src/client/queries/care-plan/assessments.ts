import type { Flag, QuestionnaireResponse } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir, writeEntry } from '#client/fhir/fhir-client.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type Form, type FormAnswers } from '#domain/assessment/form.ts'
import { type AnsweredTwice, mergeAnswers } from '#domain/assessment/reassess/merge-answers.ts'
import {
  scoreIdFor,
  toAssessmentRecord,
  toScoreObservation,
  toScoreRecord,
} from '#domain/assessment/record.ts'
import { fromResponse, toResponse, type WhoWasThere } from '#domain/assessment/response.ts'
import { safetyConcern } from '#domain/assessment/safety/safety.ts'
import {
  fromSafetyFlag,
  type SafetyAction,
  safetyFlagId,
  toSafetyFlag,
  withSafetyAction,
} from '#domain/assessment/safety/safety-flag.ts'
import { scoresOf } from '#domain/assessment/score.ts'
import { isCarerAssessment } from '#domain/carer/carer-assessment-fhir.ts'
import { isConversationForm } from '#domain/preparation/prompts.ts'
import { isCareAssessment } from '#domain/social-care/care-assessment-fhir.ts'
import { suggestionFromFhir } from '#domain/suggestion/fhir.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'

export const assessmentQueries = {
  /** Every questionnaire that was published here: those that may be asked, and retired ones whose answers stay readable. */
  forms: () =>
    queryOptions({
      queryKey: ['assessment-forms'],
      queryFn: async ({ signal }) =>
        (await allRecords('Questionnaire', { status: 'active,retired' }, signal))
          .filter(({ url }) => !isConversationForm(url))
          .map(formFromFhir),
      meta: { kinds: ['Questionnaire'] },
    }),
  /** The person's assessments, newest first, with scores, suggestions and safety concerns. */
  ofPerson: (person: string) =>
    queryOptions({
      queryKey: ['assessments', person],
      queryFn: ({ signal }) => findAssessments(person, signal),
      meta: { kinds: ['QuestionnaireResponse', 'Observation', 'Task', 'Flag'] },
    }),
}

/** These have pages of their own. */
const isOfCareAct = (each: QuestionnaireResponse) =>
  isCarerAssessment(each) || isCareAssessment(each)

async function findAssessments(person: string, signal: AbortSignal) {
  const patient = `Patient/${person}`
  const [responses, surveys, proposals, flags] = await Promise.all([
    allRecords('QuestionnaireResponse', { patient }, signal),
    allRecords('Observation', { patient, category: 'survey' }, signal),
    allRecords('Task', { patient, intent: 'proposal' }, signal),
    allRecords('Flag', { patient }, signal),
  ])
  const newestFirst = (one: { at?: string }, other: { at?: string }) =>
    (other.at ?? '').localeCompare(one.at ?? '')
  return {
    assessments: responses
      .filter((each) => !isConversationForm(each.questionnaire) && !isOfCareAct(each))
      .flatMap((each) => toAssessmentRecord(each) ?? [])
      .toSorted(newestFirst),
    scores: surveys.flatMap((each) => toScoreRecord(each) ?? []).toSorted(newestFirst),
    suggestions: proposals
      .filter((each) => !isSuggestedChange(each) && !isTemplateItem(each))
      .map(suggestionFromFhir),
    safety: flags.flatMap((each) => fromSafetyFlag(each) ?? []),
  }
}

export type PersonAssessments = Awaited<ReturnType<typeof findAssessments>>

export type AssessmentSession = Readonly<{
  /** id of the response, chosen when it was started */
  id: string
  form: Form
  answers: FormAnswers
  person: string
  /** the answers on the record from which this one began */
  base?: FormAnswers
  there?: WhoWasThere
}>

/** Somebody else has answered the same questions differently meanwhile. Nothing was written. */
export class AnsweredByTwo extends Error {
  readonly twice: readonly AnsweredTwice[]
  readonly by: string
  constructor(twice: readonly AnsweredTwice[], by: string) {
    super('Somebody else has answered the same questions differently')
    this.name = 'AnsweredByTwo'
    this.twice = twice
    this.by = by
  }
}

/** Mine and what others answered in the same draft since. Throws `AnsweredByTwo`. */
function togetherWith(
  before: QuestionnaireResponse | undefined,
  { form, answers: mine, base = {} }: AssessmentSession,
  me: string,
): FormAnswers {
  if (before?.status !== 'in-progress') return mine
  const worked = new Set(
    allQuestions(form.items)
      .filter(({ expressions }) => expressions?.calculated)
      .map(({ linkId }) => linkId),
  )
  const plain = (answers: FormAnswers): FormAnswers =>
    Object.fromEntries(Object.entries(answers).filter(([linkId]) => !worked.has(linkId)))
  const theirs = plain(fromResponse(before))
  const { answers, twice } = mergeAnswers({ base: plain(base), mine: plain(mine), theirs })
  if (twice.length > 0 && before.author?.reference !== me)
    throw new AnsweredByTwo(twice, before.author?.display ?? '')
  // what is worked out belongs to my answers alone: the service works it out again
  const isMine = Object.entries(answers).every(([linkId, given]) => {
    return JSON.stringify(given) === JSON.stringify(mine[linkId] ?? [])
  })
  return isMine ? mine : answers
}

/** The answers as a record that replaces the current one, and a flag if they raise a concern that has none yet. */
async function answersAndFlag(
  sitting: AssessmentSession,
  status: 'in-progress' | 'completed' | 'stopped',
) {
  const { id, form, person, there } = sitting
  const me = whoAmI(person)
  const by = { reference: me.reference, display: me.name }
  const at = now().toISOString()
  const before: QuestionnaireResponse | undefined = await fhir.find('QuestionnaireResponse', id)
  const answers = togetherWith(before, sitting, me.reference)
  const concern = safetyConcern(form, answers)
  const raised: Flag | undefined = concern && (await fhir.find('Flag', safetyFlagId(id)))
  const versionId = before?.meta?.versionId
  const response = toResponse({
    ...{ id, form, answers, status, person, author: by, authored: at },
    ...(there ? { there } : {}),
    ...(versionId ? { versionId } : {}),
  })
  const flag =
    concern && !raised
      ? [createEntry(toSafetyFlag({ response: id, code: concern.code, person, by, at }))]
      : []
  return { entries: [writeEntry(response), ...flag], by, at, before, answers }
}

/** Saves the answers so far. An answer that raises a safety concern raises it here too. */
export async function keepDraft(sitting: AssessmentSession): Promise<void> {
  const { entries, before } = await answersAndFlag(sitting, 'in-progress')
  if (before?.status === 'completed') return
  await fhir.transaction(entries)
  await noteChangeEvent(['QuestionnaireResponse', 'Flag'])
}

/** Ends an assessment that will not be finished. The answers stay on the record as stopped, and a concern stays raised. */
export async function stopAssessment(sitting: AssessmentSession): Promise<void> {
  const { entries, before } = await answersAndFlag(sitting, 'stopped')
  const nothingSaid = Object.values(sitting.answers).every((given) => given.length === 0)
  if (before?.status === 'completed' || (!before && nothingSaid)) return
  await fhir.transaction(entries)
  await noteChangeEvent(['QuestionnaireResponse', 'Flag'])
}

/** This assessment was completed elsewhere with other answers; ours were not written. */
export class AlreadyCompleted extends Error {
  constructor() {
    super('This was completed in another window, with other answers')
    this.name = 'AlreadyCompleted'
  }
}

/** The same answers on the record: the first try did arrive. */
const saysTheSame = (one: QuestionnaireResponse | undefined, sitting: AssessmentSession) =>
  JSON.stringify(one && fromResponse(one)) ===
  JSON.stringify(
    fromResponse(
      toResponse({ ...sitting, status: 'completed', author: {}, authored: now().toISOString() }),
    ),
  )

/**
 * Completes an assessment in one transaction: answers, score, and the safety flag. What the answers suggest, the
 * service adds by its rules. Calling it again after a lost answer does nothing more.
 */
export async function completeAssessment(sitting: AssessmentSession): Promise<void> {
  const { id, form, person } = sitting
  const { entries, by, at, before, answers } = await answersAndFlag(sitting, 'completed')
  if (before?.status === 'completed') {
    if (!saysTheSame(before, sitting)) {
      await noteChangeEvent(['QuestionnaireResponse'])
      throw new AlreadyCompleted()
    }
  } else {
    const scored = scoresOf(form, answers).flatMap((score, place) => {
      if (score.state !== 'complete') return []
      const own = scoreIdFor(id, place === 0 ? undefined : score.rule.item)
      return [createEntry(toScoreObservation({ id: own, response: id, score, person, by, at }))]
    })
    await fhir.transaction([...entries, ...scored])
  }
  await noteChangeEvent(['QuestionnaireResponse', 'Observation', 'Task', 'Flag'])
}

/** Records what was done about a safety concern. It is added to what others wrote and never replaces it. */
export async function recordSafetyAction(
  flagId: string,
  action: Omit<SafetyAction, 'by' | 'at'>,
  person: string,
): Promise<void> {
  const flag = await fhir.read('Flag', flagId)
  const written = { ...action, by: whoAmI(person).name, at: now().toISOString() }
  await fhir.update(withSafetyAction(flag, written))
  await noteChangeEvent(['Flag'])
}
