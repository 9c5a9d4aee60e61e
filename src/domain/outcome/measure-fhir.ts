import type { Extension, Measure } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, given, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { isBuiltIn } from './built-in-measures.ts'
import {
  type MeasureDefinition,
  type MeasureDirection,
  type MeasureProposal,
  type MeasureState,
  type MeasureUnit,
  measureUnits,
  type PartnerAnswer,
} from './measure-definition.ts'

const measureUrl = (id: string): string => gableUrl(`Measure/${id}`)

/** One record a version: the next one can be proposed while this one is in use. */
const measureRecordId = (id: string, version: string): string => `outcome-${id}.${version}`

const populationSystem = 'http://terminology.hl7.org/CodeSystem/measure-population'
const improvementSystem = 'http://terminology.hl7.org/CodeSystem/measure-improvement-notation'
const scoringSystem = 'http://terminology.hl7.org/CodeSystem/measure-scoring'

/** No language of FHIR says what Gable counts in SQL: the query is the operation that answers. */
const criteria = { language: 'application/x-fhir-query', expression: '$outcomes' } as const

const states = { proposed: 'draft', agreed: 'active', dropped: 'retired' } as const

/** The definition as a FHIR Measure; `before` keeps what others wrote into it. */
export function measureToFhir(
  { id, version, ...measure }: MeasureDefinition,
  before?: Measure,
): Measure & { id: string } {
  const { title, question, exclusions, source, target, direction, unit, state } = measure
  return {
    ...before,
    ...{ resourceType: 'Measure', id: measureRecordId(id, version), url: measureUrl(id) },
    ...{ version, status: states[state], title, description: question, rationale: source },
    ...given('date', measure.agreedOn ?? measure.proposal?.on),
    scoring: coded(scoringSystem, unit === 'percent' ? 'proportion' : 'ratio'),
    ...(direction === 'neutral'
      ? {}
      : { improvementNotation: coded(improvementSystem, direction) }),
    group: [
      {
        population: [
          population('numerator', measure.numerator),
          population('denominator', measure.denominator),
          population('denominator-exclusion', exclusions),
        ],
      },
    ],
    ...withExtensions(before, {
      'measure-place': [{ valueInteger: measure.place }],
      'measure-unit': [{ valueCode: unit }],
      'measure-built-in': measure.builtIn ? [{ valueCode: measure.builtIn }] : [],
      'measure-target': target === undefined ? [] : [{ valueDecimal: target }],
      'measure-agreed': measure.agreedOn
        ? [
            {
              extension: [
                { url: 'on', valueDate: measure.agreedOn },
                ...measure.agreedBy.map(answerPart),
              ],
            },
          ]
        : [],
      'measure-proposal': measure.proposal ? [{ extension: proposalParts(measure.proposal) }] : [],
    }),
  }
}

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

const population = (code: string, description: string) => ({
  code: coded(populationSystem, code),
  description,
  criteria,
})

const answerPart = ({ organisation, name, yes, by, on, words }: PartnerAnswer): Extension => ({
  url: 'answer',
  extension: [
    {
      url: 'organisation',
      valueReference: { reference: `Organization/${organisation}`, display: name },
    },
    { url: 'yes', valueBoolean: yes },
    { url: 'by', valueString: by },
    { url: 'on', valueDate: on },
    ...(words ? [{ url: 'words', valueString: words }] : []),
  ],
})

const proposalParts = ({ kind, by, on, why, answers }: MeasureProposal): Extension[] => [
  { url: 'kind', valueCode: kind },
  { url: 'by', valueString: by },
  { url: 'on', valueDate: on },
  ...(why ? [{ url: 'why', valueString: why }] : []),
  ...answers.map(answerPart),
]

/** Undefined if it is not a measure that was put to the partners. */
export function measureFromFhir(measure: Measure): MeasureDefinition | undefined {
  const { url = '', version = '1' } = measure
  const [agreed, asked] = [
    extensionOf(measure, 'measure-agreed'),
    extensionOf(measure, 'measure-proposal'),
  ]
  if (!agreed && !asked) return undefined
  const builtIn = extensionOf(measure, 'measure-built-in')?.valueCode ?? ''
  const unit = extensionOf(measure, 'measure-unit')?.valueCode
  return {
    ...{ id: url.slice(url.lastIndexOf('/') + 1), version },
    ...{ title: measure.title ?? '', question: measure.description ?? '' },
    source: measure.rationale ?? '',
    numerator: described(measure, 'numerator'),
    denominator: described(measure, 'denominator'),
    exclusions: described(measure, 'denominator-exclusion'),
    place: extensionOf(measure, 'measure-place')?.valueInteger ?? 0,
    builtIn: isBuiltIn(builtIn) ? builtIn : undefined,
    unit: measureUnits.find((each) => each === unit) ?? unitOf(measure),
    direction: directionOf(measure),
    target: extensionOf(measure, 'measure-target')?.valueDecimal,
    state: stateOf(measure),
    agreedOn: partOf(agreed, 'on')?.valueDate,
    agreedBy: answersIn(agreed),
    proposal: asked && proposalFrom(asked),
  }
}

const unitOf = ({ scoring }: Measure): MeasureUnit =>
  scoring?.coding?.[0]?.code === 'ratio' ? 'per-1000' : 'percent'

function directionOf({ improvementNotation }: Measure): MeasureDirection {
  const said = improvementNotation?.coding?.[0]?.code
  return said === 'increase' || said === 'decrease' ? said : 'neutral'
}

const stateOf = ({ status }: Measure): MeasureState =>
  (Object.keys(states) as MeasureState[]).find((each) => states[each] === status) ?? 'dropped'

const described = ({ group = [] }: Measure, code: string): string =>
  group[0]?.population?.find((each) => each.code?.coding?.[0]?.code === code)?.description ?? ''

const partOf = (extension: Extension | undefined, name: string) =>
  extension?.extension?.find(({ url }) => url === name)

function answersIn(extension: Extension | undefined): readonly PartnerAnswer[] {
  const answers = extension?.extension?.filter(({ url }) => url === 'answer') ?? []
  return answers.map((each) => {
    const organisation = partOf(each, 'organisation')?.valueReference
    return {
      organisation: organisation?.reference?.split('/')[1] ?? '',
      name: organisation?.display ?? '',
      yes: partOf(each, 'yes')?.valueBoolean ?? false,
      ...{ by: textOf(each, 'by'), words: textOf(each, 'words') },
      on: partOf(each, 'on')?.valueDate ?? '',
    }
  })
}

const textOf = (extension: Extension, name: string) => partOf(extension, name)?.valueString ?? ''

const proposalFrom = (asked: Extension): MeasureProposal => ({
  kind: partOf(asked, 'kind')?.valueCode === 'drop' ? 'drop' : 'add',
  ...{ by: textOf(asked, 'by'), why: textOf(asked, 'why') },
  on: partOf(asked, 'on')?.valueDate ?? '',
  answers: answersIn(asked),
})
