import type { Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import type { RuleLine } from '#domain/rule/rule-lines.ts'
import {
  answerRuleRequest,
  askRuleRequest,
  judgeRequest,
  type RulePeopleGroup,
  ruleParameters,
  rulePeopleAnswer,
  rulePeopleRequest,
  ruleReasonRequest,
  ruleRequest,
  rulesAnswer,
  type ShownRule,
  saveRuleRequest,
} from '#domain/rule/rule-parameters.ts'
import { listKey } from './find-people.ts'
import { todayKey } from './today.ts'

const key = 'rules'
const kinds = ['Patient', 'EpisodeOfCare']

/** The rules of the user’s organisation. */
export const rulesQuery = queryOptions({
  queryKey: [key],
  queryFn: async ({ signal }) =>
    rulesAnswer.read(await fhir.operation('PlanDefinition/$rules', undefined, signal)),
  meta: { kinds },
})

/** One rule with every version and its log. */
export const ruleQuery = (rule: string) =>
  queryOptions({
    queryKey: [key, rule],
    queryFn: async ({ signal }) =>
      ruleParameters.read(
        await fhir.operation('PlanDefinition/$rule', ruleRequest.write({ rule }), signal),
      ),
    meta: { kinds },
  })

export type RulePeopleAsked = Readonly<{
  rule: string
  group: RulePeopleGroup
  line?: number
  offset?: number
  /** the edit and trial that the people belong to: another one asks again */
  of: string
}>

/** A page of the people behind a figure. */
export const rulePeopleQuery = ({ of, ...asked }: RulePeopleAsked) =>
  queryOptions({
    queryKey: [key, asked.rule, 'people', of, asked],
    queryFn: async ({ signal }) =>
      rulePeopleAnswer.read(
        await fhir.operation('PlanDefinition/$rule-people', rulePeopleRequest.write(asked), signal),
      ),
    meta: { kinds },
  })

/** Every step answers with the rule as it is afterwards. */
async function stepped(rule: string, answer: Promise<Parameters>): Promise<ShownRule> {
  const shown = ruleParameters.read(await answer)
  queryClient.setQueryData(ruleQuery(rule).queryKey, shown)
  await queryClient.invalidateQueries({ queryKey: [key], exact: true })
  // who is asked, and whoever has answered, sees it there
  await queryClient.invalidateQueries({ queryKey: [todayKey] })
  return shown
}

export type WrittenRule = Readonly<{ name: string; lines: readonly RuleLine[] }>

/** Saves the draft, or begins the next version; `edit` of the draft that was read. Rejects as stale if somebody was first. */
export async function saveRule(
  rule: string,
  { name, lines }: WrittenRule,
  edit?: number,
): Promise<ShownRule> {
  const body = saveRuleRequest.write({
    ...{ rule, name },
    lines: lines.map(({ among = [], ...line }) => ({ ...line, among })),
  })
  return await stepped(rule, fhir.operation('PlanDefinition/$save-rule', body, undefined, edit))
}

const step = async (rule: string, name: string, body: Parameters, edit?: number) =>
  await stepped(rule, fhir.operation(`PlanDefinition/$${name}`, body, undefined, edit))

/** A rule as it was read: an answer for another edit is refused. */
export type ReadRule = Readonly<{ rule: string; edit: number }>

export const tryRule = async (rule: string) =>
  await step(rule, 'try-rule', ruleRequest.write({ rule }))

type Judged = Readonly<{ person: string; right: boolean; words: string }>
export const judgeRulePerson = async ({ rule, edit }: ReadRule, said: Judged) =>
  await step(rule, 'judge-rule-person', judgeRequest.write({ rule, ...said }), edit)

type Asked = Readonly<{ of: string; from: string }>
export const askAboutRule = async ({ rule, edit }: ReadRule, asked: Asked) =>
  await step(rule, 'ask-rule', askRuleRequest.write({ rule, ...asked }), edit)

type Answered = Readonly<{ agree: boolean; words: string }>
export async function answerRule({ rule, edit }: ReadRule, said: Answered): Promise<void> {
  await step(rule, 'answer-rule', answerRuleRequest.write({ rule, ...said }), edit)
  await queryClient.invalidateQueries({ queryKey: [listKey] })
}

export async function endRule(rule: string, words: string): Promise<void> {
  await step(rule, 'end-rule', ruleReasonRequest.write({ rule, words }))
  await queryClient.invalidateQueries({ queryKey: [listKey] })
}

export async function runRuleNow(rule: string, words: string): Promise<void> {
  await step(rule, 'run-rule', ruleReasonRequest.write({ rule, words }))
  await queryClient.invalidateQueries({ queryKey: [listKey] })
}

/** Somebody else changed it: what they wrote. */
export const reloadRule = async (rule: string) =>
  await queryClient.invalidateQueries({ queryKey: ruleQuery(rule).queryKey, exact: true })
