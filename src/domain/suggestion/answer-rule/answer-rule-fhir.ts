import type { Extension, PlanDefinition } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { given, ownCode } from '#domain/fhir/references-and-extensions.ts'
import { conditionFrom, conditionLine } from './answer-condition.ts'
import { type AnswerRule, suggestedKinds } from './answer-rule.ts'

const prefix = 'answer-rule-'
const draftPrefix = 'answer-draft-'

const answerRuleId = (code: string): string => `${prefix}${code}`
/** The draft of a rule: it suggests nothing. */
const answerRuleDraftId = (code: string): string => `${draftPrefix}${code}`

/** How a rule did on past answers, before it is switched on. Counts only. */
export type AnswerRuleTrial = Readonly<{
  /** answers to its questionnaire in the last year that were looked at */
  answers: number
  /** for how many of them the rule as it is now suggests something, and this one */
  before: number
  now: number
  at: string
  by: string
}>

/** Each condition is one line of text, as it is written and read. */
export function answerRuleToFhir(
  rule: AnswerRule,
  trial?: AnswerRuleTrial,
): PlanDefinition & { id: string } {
  const { code, version, asked, when, kind, words, because, days, next, source } = rule
  const parts: Extension[] = [
    { url: 'asked', valueUri: asked },
    ...when.map((each) => ({ url: 'when', valueString: conditionLine(each) })),
    ...(days === undefined ? [] : [{ url: 'days', valueInteger: days }]),
    ...(next ? [{ url: 'next', valueUri: next }] : []),
    ...(rule.isUnverified ? [{ url: 'unverified', valueBoolean: true }] : []),
    ...trialParts(trial),
  ]
  return {
    resourceType: 'PlanDefinition',
    id: trial ? answerRuleDraftId(code) : answerRuleId(code),
    extension: [{ url: gableUrl('answer-rule'), extension: parts }],
    ...{ name: code, version: String(version), title: words },
    status: trial ? 'draft' : rule.isOn ? 'active' : 'retired',
    type: ownCode('answer-rule'),
    ...(rule.changedAt ? { date: rule.changedAt } : {}),
    ...(rule.changedBy ? { author: [{ name: rule.changedBy }] } : {}),
    relatedArtifact: [{ type: 'justification', display: source }],
    action: [{ code: [ownCode(kind)], title: words, description: because }],
  }
}

const trialParts = (trial: AnswerRuleTrial | undefined): Extension[] =>
  trial
    ? [
        {
          url: 'trial',
          extension: [
            { url: 'answers', valueInteger: trial.answers },
            { url: 'before', valueInteger: trial.before },
            { url: 'now', valueInteger: trial.now },
            { url: 'at', valueDateTime: trial.at },
            { url: 'by', valueString: trial.by },
          ],
        },
      ]
    : []

const partsIn = ({ extension = [] }: PlanDefinition): readonly Extension[] =>
  extension.find(({ url }) => url === gableUrl('answer-rule'))?.extension ?? []

/** Undefined for a PlanDefinition that is no such rule. */
export function answerRuleFromFhir(definition: PlanDefinition): AnswerRule | undefined {
  const parts = partsIn(definition)
  const part = (url: string) => parts.find((each) => each.url === url)
  const [action] = definition.action ?? []
  const kind = suggestedKinds.find((each) => each === action?.code?.[0]?.coding?.[0]?.code)
  const asked = part('asked')?.valueUri
  if (!kind || !asked || !definition.name) return undefined
  return {
    ...{ code: definition.name, version: Number(definition.version ?? 1), asked, kind },
    when: parts.flatMap(({ url, valueString }) =>
      url === 'when' && valueString ? (conditionFrom(valueString) ?? []) : [],
    ),
    ...{ words: action?.title ?? '', because: action?.description ?? '' },
    ...given('days', part('days')?.valueInteger),
    ...given('next', part('next')?.valueUri),
    source: definition.relatedArtifact?.[0]?.display ?? '',
    ...(part('unverified')?.valueBoolean ? { isUnverified: true } : {}),
    isOn: definition.status === 'active',
    ...given('changedBy', definition.author?.[0]?.name),
    ...given('changedAt', definition.date),
  }
}

/** What its trial gave; undefined for one that is not a draft. */
export function ruleTrialIn(definition: PlanDefinition): AnswerRuleTrial | undefined {
  const trial = partsIn(definition).find(({ url }) => url === 'trial')?.extension
  if (!trial) return undefined
  const number = (name: string) => trial.find(({ url }) => url === name)?.valueInteger ?? 0
  return {
    ...{ answers: number('answers'), before: number('before'), now: number('now') },
    at: trial.find(({ url }) => url === 'at')?.valueDateTime ?? '',
    by: trial.find(({ url }) => url === 'by')?.valueString ?? '',
  }
}
