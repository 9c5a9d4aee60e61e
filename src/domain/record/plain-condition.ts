import { icd10Systems, snomedSystem } from '#domain/fhir/codes.ts'
import type { Coded } from './coded.ts'

type Row = readonly [snomed: readonly string[], icd10: readonly string[], key: string]

/** Conditions and how people live: SNOMED CT concepts, the first characters of ICD-10 codes, and which entry of the glossary they have. */
const rows = [
  [['84114007', '88805009', '42343007'], ['I50'], 'heart-failure'],
  [['49436004'], ['I48'], 'uneven-heartbeat'],
  [['38341003', '59621000'], ['I10', 'I15'], 'high-blood-pressure'],
  [['53741008', '414545008'], ['I20', 'I25'], 'heart-disease'],
  [['22298006', '399211009'], ['I21', 'I22'], 'heart-attack'],
  [['368009'], ['I34', 'I35', 'I36'], 'heart-valve'],
  [['230690007'], ['I63', 'I64'], 'stroke'],
  [['266257000'], ['G45'], 'mini-stroke'],
  [['400047006'], ['I70', 'I73'], 'leg-blood-flow'],
  [['44054006'], ['E11'], 'type-2-diabetes'],
  [['46635009'], ['E10'], 'type-1-diabetes'],
  [['73211009'], ['E13', 'E14'], 'diabetes'],
  [['714628002', '15777000'], ['R73'], 'near-diabetes'],
  [['422034002'], ['H36'], 'diabetic-eyes'],
  [
    ['433144002', '431857002', '433146000', '46177005', '709044004', '127013003'],
    ['N18'],
    'kidney-disease',
  ],
  [['13645005'], ['J44', 'J43'], 'copd'],
  [['195967001'], ['J45', 'J46'], 'asthma'],
  [['233604007'], ['J18', 'J15'], 'lung-infection'],
  [['396275006', '239873007', '239872002'], ['M15', 'M16', 'M17', 'M19'], 'worn-joints'],
  [['69896004'], ['M05', 'M06'], 'swollen-joints'],
  [['64859006'], ['M80', 'M81'], 'thin-bones'],
  [['90560007'], ['M10'], 'gout'],
  [['161898004', '217082002', '1912002'], ['R29.6', 'W19', 'W18', 'W01'], 'falls'],
  [['52448006'], ['F00', 'F01', 'F02', 'F03'], 'dementia'],
  [['26929004'], ['G30'], 'alzheimers'],
  [['386805003'], ['F06.7', 'R41.3'], 'memory'],
  [['49049000'], ['G20'], 'parkinsons'],
  [['84757009'], ['G40'], 'epilepsy'],
  [['35489007', '370143000'], ['F32', 'F33'], 'low-mood'],
  [['48694002', '197480006'], ['F41'], 'anxious'],
  [['58214004'], ['F20'], 'schizophrenia'],
  [['13746004'], ['F31'], 'bipolar'],
  [['15188001'], ['H90', 'H91'], 'hearing'],
  [['397540003', '7973008'], ['H53', 'H54'], 'seeing'],
  [['193570009'], ['H25', 'H26'], 'cataract'],
  [['165232002', '48340000'], ['N39.3', 'N39.4', 'R32'], 'leaking-urine'],
  [['68566005'], ['N39.0'], 'urine-infection'],
  [['14760008'], ['K59.0'], 'constipation'],
  [['271737000', '87522002'], ['D50', 'D64'], 'anaemia'],
  [['40930008'], ['E03'], 'slow-thyroid'],
  [['55822004', '13644009'], ['E78'], 'high-cholesterol'],
  [['414915002', '414916001'], ['E66'], 'overweight'],
  [['399068003', '93974005'], ['C61'], 'prostate-cancer'],
  [['254837009'], ['C50'], 'breast-cancer'],
  [['363346000'], ['C80'], 'cancer'],
  [['248279007'], ['R54'], 'frailty'],
  [['8510008', '160693001', '160692006', '302046008', '282145008'], ['R26', 'Z74.0'], 'moving'],
  [['399912005'], ['L89'], 'pressure-sore'],
  [['128045006', '385627004'], ['L03'], 'skin-infection'],
  [['267036007'], ['R06.0'], 'out-of-breath'],
  [['160734000', '248171000000108'], ['Z59.3'], 'care-home'],
] as const satisfies readonly Row[]

/**
 * A condition that the glossary has plain words for. Which codes have the same word is our own choice, unverified by a clinician; the
 * words of each language are the screens’. A code that is not listed has no plain word: nothing is guessed.
 * @unverified plain-words
 */
export type PlainCondition = (typeof rows)[number][2]

const bySnomed = new Map<string, PlainCondition>(
  rows.flatMap(([codes, , each]) => codes.map((code) => [code, each] as const)),
)
/** the longest first, so that N39.0 is found before N39 */
const byIcd10 = rows
  .flatMap(([, codes, each]) => codes.map((code) => [code.replace('.', ''), each] as const))
  .toSorted(([one], [other]) => other.length - one.length)

/** The entry of the glossary for one of these codes of a condition; undefined if it has none. */
export const plainCondition = (codings: readonly Coded[] | undefined): PlainCondition | undefined =>
  (codings ?? []).map(plainOf).find((each) => each !== undefined)

function plainOf({ system = '', code = '' }: Coded): PlainCondition | undefined {
  if (system === snomedSystem) return bySnomed.get(code)
  if (!icd10Systems.includes(system)) return undefined
  const plain = code.replace('.', '').toUpperCase()
  return byIcd10.find(([start]) => plain.startsWith(start))?.[1]
}
