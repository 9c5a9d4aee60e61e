import type { CharlsonGroup } from '#domain/risk/charlson-groups.ts'
import type { Deficit } from '#domain/risk/deficits.ts'
import type { FrailtyBand } from '#domain/risk/frailty.ts'
import { type CodedFacts, type CodeList, hasCode } from './coded-facts.ts'

/**
 * Stages of life after “Bridges to Health” (Lynn 2007, Milbank Q 85:185) in the order that NHS England’s adaptation gives
 * them: the last that is true of a person is theirs. `unknown`: no condition is recorded at all.
 */
export const segments = [
  'last-year',
  'frailty-dementia',
  'organ-failure',
  'incurable-cancer',
  'disability',
  'long-term',
  'maternal',
  'well',
  'unknown',
] as const
export type LifeSegment = (typeof segments)[number]

export type SegmentFacts = CodedFacts &
  Readonly<{
    /** in whole years; undefined without a birth date */
    age: number | undefined
    band: FrailtyBand
    /** emergency stays that began in the last twelve months */
    stays: number
    /** a condition is recorded at all */
    coded: boolean
  }>

export type SegmentRule = Readonly<{
  segment: LifeSegment
  /** what part of the segment it is: one word of the rule table */
  subsegment: string
  when: (facts: SegmentFacts) => boolean
}>

/** On a palliative care register or pathway. QOF’s register uses more codes; these are the ones that name it directly. */
export const palliative: CodeList = { snomed: ['414937009', '103735009'], icd10: ['Z515'] }
const kidneyStage4: CodeList = { snomed: ['431857002'], icd10: ['N184'] }
const kidneyStage5: CodeList = {
  snomed: ['433146000', '46177005'],
  icd10: ['N185', 'Z490', 'Z491', 'Z492', 'Z940', 'Z992'],
}
/** Motor neurone disease and multiple sclerosis; Parkinson’s disease is known as a deficit. */
const nerves: CodeList = { snomed: ['37340000', '24700007'], icd10: ['G122', 'G35'] }
const learning: CodeList = {
  snomed: ['110359009'],
  icd10: ['F70', 'F71', 'F72', 'F73', 'F78', 'F79'],
}
const pregnancy: CodeList = { snomed: ['77386006'], icd10: ['O', 'Z33', 'Z34', 'Z35'] }
const mindAndNerves: readonly CodeList[] = [
  { snomed: ['35489007'], icd10: ['F32', 'F33'] },
  { snomed: ['58214004', '13746004'], icd10: ['F20', 'F25', 'F31'] },
  { snomed: ['84757009', '128613002'], icd10: ['G40'] },
]

/** Deficits that are diseases, and last. */
const diseases: readonly Deficit[] = [
  ...(['arthritis', 'atrial-fibrillation', 'cerebrovascular-disease', 'ckd', 'diabetes'] as const),
  ...(['heart-failure', 'heart-valve-disease', 'hypertension', 'ischaemic-heart-disease'] as const),
  ...(['memory-and-cognition', 'osteoporosis', 'parkinsonism', 'peptic-ulcer'] as const),
  ...(['peripheral-vascular-disease', 'respiratory-disease', 'thyroid-disease'] as const),
]
/** Diseases that are no deficit. */
const otherDiseases: readonly CharlsonGroup[] = ['canc', 'mld', 'aids', 'hp']

/** How many long-term conditions a record names, each kind once. */
export function longTermConditions(facts: CodedFacts): number {
  return (
    diseases.filter((each) => facts.deficits.has(each)).length +
    otherDiseases.filter((each) => facts.groups.has(each)).length +
    mindAndNerves.filter((list) => hasCode(facts, list)).length
  )
}

const isOld = ({ age }: SegmentFacts) => (age ?? 0) >= 65

/**
 * The rule table, first match wins. The segments are published; the lists of codes behind the national dataset are not
 * ours to ship, so each rule is written over the codes that we read, and none was checked by a clinical coder. Kidney
 * failure is as the national rule says: stage 5, or stage 4 with four emergency stays in a year. That heart failure
 * counts from one emergency stay and lung disease from two, whatever they were for, is our own and unverified.
 */
export const segmentRules: readonly SegmentRule[] = [
  {
    ...{ segment: 'last-year', subsegment: 'palliative' },
    when: (facts) => hasCode(facts, palliative),
  },
  {
    ...{ segment: 'frailty-dementia', subsegment: 'dementia' },
    when: ({ groups }) => groups.has('dementia'),
  },
  {
    ...{ segment: 'frailty-dementia', subsegment: 'severe-frailty' },
    when: (facts) => isOld(facts) && facts.band === 'severe',
  },
  {
    ...{ segment: 'frailty-dementia', subsegment: 'moderate-frailty' },
    when: (facts) => isOld(facts) && facts.band === 'moderate',
  },
  {
    ...{ segment: 'organ-failure', subsegment: 'kidney' },
    when: (facts) =>
      hasCode(facts, kidneyStage5) || (hasCode(facts, kidneyStage4) && facts.stays >= 4),
  },
  {
    ...{ segment: 'organ-failure', subsegment: 'liver' },
    when: ({ groups }) => groups.has('msld'),
  },
  {
    ...{ segment: 'organ-failure', subsegment: 'heart' },
    when: ({ deficits, stays }) => deficits.has('heart-failure') && stays >= 1,
  },
  {
    ...{ segment: 'organ-failure', subsegment: 'lung' },
    when: ({ groups, stays }) => groups.has('cpd') && stays >= 2,
  },
  {
    ...{ segment: 'organ-failure', subsegment: 'nerves' },
    when: (facts) => facts.deficits.has('parkinsonism') || hasCode(facts, nerves),
  },
  {
    ...{ segment: 'incurable-cancer', subsegment: 'spread' },
    when: ({ groups }) => groups.has('metacanc'),
  },
  {
    ...{ segment: 'disability', subsegment: 'learning' },
    when: (facts) => hasCode(facts, learning),
  },
  { ...{ segment: 'disability', subsegment: 'body' }, when: ({ groups }) => groups.has('hp') },
  {
    ...{ segment: 'long-term', subsegment: 'four-or-more' },
    when: (facts) => longTermConditions(facts) >= 4,
  },
  {
    ...{ segment: 'long-term', subsegment: 'two-or-three' },
    when: (facts) => longTermConditions(facts) >= 2,
  },
  {
    ...{ segment: 'long-term', subsegment: 'one' },
    when: (facts) => longTermConditions(facts) === 1,
  },
  {
    ...{ segment: 'maternal', subsegment: 'pregnant' },
    when: (facts) => hasCode(facts, pregnancy),
  },
  { ...{ segment: 'well', subsegment: 'well' }, when: ({ coded }) => coded },
]

/** The segment of a person, and which part of it. */
export function segmentOf(
  facts: SegmentFacts,
): Readonly<{ segment: LifeSegment; subsegment: string }> {
  const rule = segmentRules.find(({ when }) => when(facts))
  return rule ?? { segment: 'unknown', subsegment: 'unknown' }
}
