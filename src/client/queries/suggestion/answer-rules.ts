import type { Bundle, Parameters, PlanDefinition, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { answerRuleCounts } from '#domain/suggestion/answer-rule/answer-rule-counts.ts'
import { answerRuleFromFhir, ruleTrialIn } from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { RuleMovedOn } from '#domain/suggestion/answer-rule/rule-moved-on.ts'
import { switchAnswerRuleRequest } from '#domain/suggestion/answer-rule/switch-answer-rule-request.ts'
import {
  answerRulePeople,
  answerRulePeopleRequest,
  startAnswerRuleRequest,
  tryAnswerRuleAnswer,
  tryAnswerRuleRequest,
} from '#domain/suggestion/answer-rule/try-answer-rule-request.ts'

const isRule = (each: Resource): each is PlanDefinition => each.resourceType === 'PlanDefinition'

export const answerRuleQueries = {
  /** The rules on answers as they are here. */
  all: () =>
    queryOptions({
      queryKey: ['answer-rules'],
      queryFn: async ({ signal }) => {
        const answer = await fhir.operation<Bundle>(
          'PlanDefinition/$answer-rules',
          undefined,
          signal,
        )
        return recordsIn(answer)
          .filter(isRule)
          .filter((each) => ruleTrialIn(each) === undefined)
          .flatMap((each) => answerRuleFromFhir(each) ?? [])
      },
      meta: { kinds: ['PlanDefinition'] },
    }),
  /** The versions that somebody tried and nobody uses yet. */
  drafts: () =>
    queryOptions({
      queryKey: ['answer-rule-drafts'],
      queryFn: async ({ signal }) => {
        const answer = await fhir.operation<Bundle>(
          'PlanDefinition/$answer-rules',
          undefined,
          signal,
        )
        return recordsIn(answer)
          .filter(isRule)
          .filter((each) => ruleTrialIn(each) !== undefined)
          .flatMap((each) => answerRuleFromFhir(each) ?? [])
      },
      meta: { kinds: ['PlanDefinition'] },
    }),
  /** For whom a draft would suggest something new, among the people whom this reader treats. */
  people: (rule: string) =>
    queryOptions({
      queryKey: ['answer-rule-people', rule],
      queryFn: async ({ signal }) =>
        answerRulePeople.read(
          await fhir.operation(
            'PlanDefinition/$answer-rule-people',
            answerRulePeopleRequest.write({ rule }),
            signal,
          ),
        ).people,
      meta: { kinds: ['PlanDefinition', 'QuestionnaireResponse'] },
    }),
  /** What became of what they suggested, by team, without names. */
  counts: () =>
    queryOptions({
      queryKey: ['answer-rule-counts'],
      queryFn: async ({ signal }) =>
        answerRuleCounts.read(
          await fhir.operation('PlanDefinition/$answer-rule-counts', undefined, signal),
        ).rows,
      meta: { kinds: ['Task', 'EpisodeOfCare'] },
    }),
}

export type AnswerRuleFigures = In<typeof tryAnswerRuleAnswer>
type WrittenRule = Readonly<{ when: string; words: string; because: string; days: string }>

/** Tries other conditions and words of a rule on past answers; they are kept as a draft, which suggests nothing. */
export async function tryAnswerRule(
  rule: string,
  written: WrittenRule,
): Promise<AnswerRuleFigures> {
  const { when, words, because, days } = written
  const lines = when.split('\n').map((line) => line.trim())
  const request = tryAnswerRuleRequest.write({
    ...{ rule, words, because, when: lines.filter((line) => line !== '') },
    ...(days.trim() === '' ? {} : { days: Number(days) }),
  })
  const answer = await fhir.operation<Parameters>('PlanDefinition/$try-answer-rule', request)
  await noteChangeEvent(['PlanDefinition'])
  return tryAnswerRuleAnswer.read(answer)
}

/** Uses the version that was tried. Throws `RuleMovedOn` if somebody has tried or changed the rule since. */
export async function startAnswerRule(
  { rule, version, draft }: Pick<AnswerRuleFigures, 'rule' | 'version' | 'draft'>,
  reason: string,
): Promise<void> {
  const request = startAnswerRuleRequest.write({ rule, version, draft, reason })
  try {
    await fhir.operation<PlanDefinition>('PlanDefinition/$start-answer-rule', request)
  } catch (cause) {
    if (cause instanceof FhirError && cause.status === 409)
      throw new RuleMovedOn(cause.message, { cause })
    throw cause
  }
  await noteChangeEvent(['PlanDefinition'])
}

/** Switches a rule off, or on again. */
export async function switchAnswerRule(rule: string, on: boolean, reason: string): Promise<void> {
  const request = switchAnswerRuleRequest.write({ rule, on, reason })
  await fhir.operation<PlanDefinition>('PlanDefinition/$switch-answer-rule', request)
  await noteChangeEvent(['PlanDefinition'])
}
