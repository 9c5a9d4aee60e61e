import type { Extension, PlanDefinition, PlanDefinitionAction } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, ownCode } from '#domain/fhir/references-and-extensions.ts'
import { type RuleLine, type RuleLineKind, ruleLineKinds } from './rule-lines.ts'
import type { RuleHand, RuleState, RuleVersion } from './rule-version.ts'

const statusOf: Readonly<Record<RuleState, PlanDefinition['status']>> = {
  ...{ draft: 'draft', tried: 'draft', 'looked-at': 'draft', asked: 'draft' },
  ...{ agreed: 'active', running: 'active', replaced: 'retired', off: 'retired' },
}

/** One version of a rule as a PlanDefinition: each line an action with its code and bounded values. It names nobody. */
export function ruleToFhir(version: RuleVersion, state: RuleState): PlanDefinition {
  const { rule, name, lines, writers, agreed } = version
  return {
    resourceType: 'PlanDefinition',
    id: `rule-${rule}-v${version.version}`,
    meta: { versionId: String(version.edit), lastUpdated: version.savedAt },
    extension: [{ url: gableUrl('rule'), valueId: rule }, ...stateExtension(state)],
    ...{ version: String(version.version), title: name, status: statusOf[state] },
    type: ownCode('finding-rule'),
    subjectCodeableConcept: { coding: [{ code: 'Patient' }] },
    author: writers.map(contact),
    ...(agreed ? { endorser: [contact(agreed.by)], effectivePeriod: { start: agreed.from } } : {}),
    action: lines.map(actionOf),
  }
}

const stateExtension = (state: RuleState): Extension[] => [
  { url: gableUrl('rule-state'), valueCode: state },
]

const contact = ({ name, agent }: RuleHand) => ({
  ...{ name, extension: [{ url: gableUrl('rule-hand'), valueReference: { reference: agent } }] },
})

function actionOf({ kind, but, count, months, among = [] }: RuleLine): PlanDefinitionAction {
  const parts: Extension[] = [
    { url: 'but', valueBoolean: but },
    ...(count === undefined ? [] : [{ url: 'count', valueInteger: count }]),
    ...(months === undefined ? [] : [{ url: 'months', valueInteger: months }]),
    ...among.map((each) => ({ url: 'among', valueCode: each })),
  ]
  return {
    code: [ownCode(kind)],
    extension: [{ url: gableUrl('rule-line'), extension: parts }],
  }
}

/** The lines of such a PlanDefinition; what is no line of ours is left out. */
export function ruleLinesFromFhir({ action = [] }: PlanDefinition): readonly RuleLine[] {
  return action.flatMap((each) => {
    const kind = ruleLineKinds.find((one) => one === each.code?.[0]?.coding?.[0]?.code)
    return kind ? [lineIn(kind, extensionOf(each as object, 'rule-line')?.extension ?? [])] : []
  })
}

function lineIn(kind: RuleLineKind, parts: readonly Extension[]): RuleLine {
  const of = (url: string) => parts.filter((each) => each.url === url)
  const number = (url: string) => of(url)[0]?.valueInteger
  const among = of('among').flatMap(({ valueCode }) => valueCode ?? [])
  const [count, months] = [number('count'), number('months')]
  return {
    ...{ kind, but: of('but')[0]?.valueBoolean === true },
    ...(count === undefined ? {} : { count }),
    ...(months === undefined ? {} : { months }),
    ...(among.length > 0 ? { among } : {}),
  }
}
