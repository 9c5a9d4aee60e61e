import type { Bundle, PlanDefinition, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { answerRuleCounts } from '#domain/suggestion/answer-rule/answer-rule-counts.ts'
import { answerRuleFromFhir } from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { switchAnswerRuleRequest } from '#domain/suggestion/answer-rule/switch-answer-rule-request.ts'

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
          .flatMap((each) => answerRuleFromFhir(each) ?? [])
      },
      meta: { kinds: ['PlanDefinition'] },
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

/** Switches a rule off, or on again. */
export async function switchAnswerRule(rule: string, on: boolean, reason: string): Promise<void> {
  const request = switchAnswerRuleRequest.write({ rule, on, reason })
  await fhir.operation<PlanDefinition>('PlanDefinition/$switch-answer-rule', request)
  await noteChangeEvent(['PlanDefinition'])
}
