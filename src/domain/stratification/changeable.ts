import type { InpatientStay } from '#domain/risk/published/inpatient-stays.ts'
import { type CodeList, codedFacts, hasCode } from './coded-facts.ts'
import { longTermConditions, palliative, type SegmentFacts } from './segments.ts'

/**
 * What could be changed for a person: beside the chance, never mixed with it, and never a reason to leave anybody out.
 * `comfort-first` sends to another kind of help. After Lewis 2010 (Milbank Q 88:240); which facts count is our own.
 */
export const changeables = [
  'avoidable-stay',
  'just-home',
  'many-medicines',
  'falls',
  'not-seen',
  'alone',
  'many-services',
  'comfort-first',
] as const
export type Changeable = (typeof changeables)[number]

export type ChangeableFacts = SegmentFacts &
  Readonly<{
    day: string
    /** emergency stays of the last twelve months */
    recentStays: readonly InpatientStay[]
    medicines: number
    /** the first day that is at most 30 days ago */
    monthAgo: string
    yearAgo: string
    /** the last contact with any service that is recorded; undefined: none */
    lastContact: string | undefined
    /** different services seen in the last twelve months */
    services: number
    hasCoordinator: boolean
  }>

/** Our own prompt, not a criterion of STOPP/START: from this many medicines a review is worth considering. */
const manyMedicines = 10

/** Our own: from this many services in a year somebody has to hold the threads. */
const manyServices = 3

/**
 * Emergency stays that care outside hospital can often prevent: the chronic conditions, cellulitis and kidney infection
 * of the basket of the Strategy Unit’s New Hospital Programme model (ICD-10). SNOMED CT through our own mapping.
 */
const avoidable: CodeList = {
  icd10: [
    ...['I20', 'I240', 'I248', 'I249', 'J45', 'J46', 'I110', 'I50', 'I10', 'I119', 'J81'],
    ...['J41', 'J42', 'J43', 'J44', 'J47', 'D501', 'D508', 'D509', 'E40', 'E41', 'E42', 'E43'],
    ...['E550', 'E643', 'L03', 'L04', 'L080', 'L088', 'L089', 'L88', 'L980', 'N10', 'N11', 'N12'],
    ...['N136', 'E86', 'K522', 'K528', 'K529', 'G40', 'G41', 'R56'],
    ...['E10', 'E11', 'E12', 'E13', 'E14'].flatMap((stem) =>
      Array.from({ length: 9 }, (_, digit) => `${stem}${digit}`),
    ),
  ],
}
const avoidableDeficits = ['heart-failure', 'respiratory-disease', 'diabetes', 'anaemia'] as const

/** By its coded reason, else its first diagnosis: what else was coded in the stay is seldom why it was needed. */
function isAvoidable({ diagnoses }: InpatientStay): boolean {
  const reason = diagnoses.find(({ record }) => record.startsWith('Encounter/')) ?? diagnoses[0]
  const facts = codedFacts(reason ? [reason] : [])
  return hasCode(facts, avoidable) || avoidableDeficits.some((each) => facts.deficits.has(each))
}

const rules: Readonly<Record<Changeable, (facts: ChangeableFacts) => boolean>> = {
  'avoidable-stay': ({ recentStays }) => recentStays.some(isAvoidable),
  'just-home': ({ recentStays, monthAgo }) =>
    recentStays.every(({ end }) => end !== undefined) &&
    recentStays.some(({ end }) => end !== undefined && end >= monthAgo),
  'many-medicines': ({ medicines }) => medicines >= manyMedicines,
  falls: ({ deficits }) => deficits.has('falls') || deficits.has('fragility-fracture'),
  'not-seen': (facts) =>
    longTermConditions(facts) > 0 &&
    facts.lastContact !== undefined &&
    facts.lastContact < facts.yearAgo,
  alone: (facts) => hasCode(facts, { snomed: ['105529008'], icd10: ['Z602'] }),
  'many-services': ({ services, hasCoordinator }) => services >= manyServices && !hasCoordinator,
  'comfort-first': (facts) => hasCode(facts, palliative) || facts.groups.has('metacanc'),
}

/** In the order of the list. */
export const changeableFor = (facts: ChangeableFacts): readonly Changeable[] =>
  changeables.filter((each) => rules[each](facts))
