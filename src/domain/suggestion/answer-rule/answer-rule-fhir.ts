import type { Extension, PlanDefinition } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { given, ownCode } from '#domain/fhir/references-and-extensions.ts'
import { conditionFrom, conditionLine } from './answer-condition.ts'
import { type AnswerRule, suggestedKinds } from './answer-rule.ts'

const prefix = 'answer-rule-'
const draftPrefix = 'answer-draft-'

const answerRuleId = (code: string): string => `${prefix}${code}`
/** The draft of a rule: it suggests nothing. */
export const answerRuleDraftId = (code: string): string => `${draftPrefix}${code}`

/** Who tried a draft on past answers last, and when. What it gave is worked out each time: no count is stored. */
export type AnswerRuleTrial = Readonly<{ at: string; by: string }>

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
  return {
    at: trial.find(({ url }) => url === 'at')?.valueDateTime ?? '',
    by: trial.find(({ url }) => url === 'by')?.valueString ?? '',
  }
}
