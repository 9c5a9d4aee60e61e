import type {
  PlanDefinition,
  PlanDefinitionAction,
  PlanDefinitionActionCondition,
} from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { type Criterion, checkKinds } from './criteria.ts'
import { isProgramme, programmeCode } from './is-programme.ts'
import {
  endReasons,
  type PlannedContent,
  type Programme,
  pauseReasons,
  plannedKinds,
} from './programme.ts'

export const programmeUrl = (id: string): string => gableUrl(`PlanDefinition/${id}`)

const criterionUrl = gableUrl('who-may-enter')
const toEnter = 'enter'
const week = 'wk'

/** The definition: its criteria are conditions of the first action, what it plans are the others. */
export function programmeToFhir(programme: Programme): PlanDefinition & { id: string } {
  const { id, version, title, purpose, owner, retired } = programme
  return {
    ...{ resourceType: 'PlanDefinition', id, url: programmeUrl(id), version: String(version) },
    ...{ title, purpose, type: ownCode(programmeCode), status: retired ? 'retired' : 'active' },
    ...withExtensions(undefined, {
      'programme-owner': owner
        ? [{ valueReference: { reference: owner.reference, display: owner.name } }]
        : [],
      'pauses-when': programme.pauses.map((valueCode) => ({ valueCode })),
      'ends-when': programme.ends.map((valueCode) => ({ valueCode })),
      'months-without-contact': [{ valueInteger: programme.monthsWithoutContact }],
      'not-with': programme.notWith.map((each) => ({ valueUri: programmeUrl(each) })),
    }),
    action: [
      { code: [ownCode(toEnter)], condition: programme.criteria.map(conditionOf) },
      ...programme.contents.map(actionOf),
    ],
  }
}

/** In words; FHIR’s own expressions are CQL, FHIRPath or queries, which nobody here writes. */
const conditionOf = ({ words, check }: Criterion) => ({
  kind: 'applicability' as const,
  extension: [
    {
      url: criterionUrl,
      extension: [
        { url: 'words', valueString: words },
        ...(check ? [{ url: 'check', valueCode: check.kind }] : []),
        ...(check?.value === undefined ? [] : [{ url: 'value', valueInteger: check.value }]),
        ...(check?.words ? [{ url: 'name', valueString: check.words }] : []),
      ],
    },
  ],
})

const actionOf = ({ kind, weeks, form }: PlannedContent): PlanDefinitionAction => ({
  code: [ownCode(kind)],
  ...(kind === 'contact'
    ? { timingTiming: { repeat: { frequency: 1, period: weeks, periodUnit: week } } }
    : { timingDuration: { value: weeks, unit: 'week', code: week } }),
  ...(form ? { definitionCanonical: form } : {}),
})

/** Undefined if it is another definition. */
export function programmeFromFhir(definition: PlanDefinition): Programme | undefined {
  if (!isProgramme(definition)) return undefined
  const { id = '', version = '1', title = '', purpose = '' } = definition
  const [entering, ...planned] = definition.action ?? []
  return {
    ...{ id, version: Number(version), title, purpose, retired: definition.status === 'retired' },
    ...given('owner', ownerIn(definition)),
    criteria: (entering?.condition ?? []).map(criterionOf),
    contents: planned.flatMap(contentOf),
    ...rulesIn(definition),
  }
}

function ownerIn(definition: PlanDefinition) {
  const owner = extensionOf(definition, 'programme-owner')?.valueReference
  return owner && { reference: owner.reference ?? '', name: owner.display ?? '' }
}

function rulesIn(definition: PlanDefinition) {
  const codes = (name: string) => extensionsOf(definition, name).map(({ valueCode }) => valueCode)
  return {
    pauses: pauseReasons.filter((each) => codes('pauses-when').includes(each)),
    ends: endReasons.filter((each) => codes('ends-when').includes(each)),
    monthsWithoutContact: extensionOf(definition, 'months-without-contact')?.valueInteger ?? 0,
    notWith: extensionsOf(definition, 'not-with').flatMap(
      ({ valueUri }) => valueUri?.split('/').at(-1) ?? [],
    ),
  }
}

function criterionOf({ extension = [] }: PlanDefinitionActionCondition): Criterion {
  const said = extension.find(({ url }) => url === criterionUrl)?.extension ?? []
  const part = (url: string) => said.find((each) => each.url === url)
  const words = part('words')?.valueString ?? ''
  const kind = checkKinds.find((each) => each === part('check')?.valueCode)
  if (!kind) return { words }
  const value = part('value')?.valueInteger
  return {
    words,
    check: { kind, ...given('value', value), ...given('words', part('name')?.valueString) },
  }
}

function contentOf(action: PlanDefinitionAction): readonly PlannedContent[] {
  const kind = plannedKinds.find((each) => each === action.code?.[0]?.coding?.[0]?.code)
  const weeks = action.timingTiming?.repeat?.period ?? action.timingDuration?.value
  if (!kind || weeks === undefined) return []
  return [{ kind, weeks, ...given('form', action.definitionCanonical) }]
}
