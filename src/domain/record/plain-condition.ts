import { icd10Systems, snomedSystem } from '#domain/fhir/codes.ts'
import type { Coded, PlainWord } from './plain-word.ts'

type Row = readonly [snomed: readonly string[], icd10: readonly string[], PlainWord]

const word = (words: string, means: string): PlainWord => ({ words, means })

/**
 * Conditions and how people live: SNOMED CT concepts and the first characters of ICD-10 codes. Our own words,
 * unverified by a clinician.
 */
const rows: readonly Row[] = [
  [
    ['84114007', '88805009', '42343007'],
    ['I50'],
    word('Heart failure', 'The heart does not pump as well as it should, so fluid can build up.'),
  ],
  [
    ['49436004'],
    ['I48'],
    word('An uneven heartbeat', 'The heart beats out of time, and often fast.'),
  ],
  [
    ['38341003', '59621000'],
    ['I10', 'I15'],
    word('High blood pressure', 'The push of blood in the body is too strong.'),
  ],
  [
    ['53741008', '414545008'],
    ['I20', 'I25'],
    word('Heart disease', 'The pipes that feed the heart are narrow.'),
  ],
  [
    ['22298006', '399211009'],
    ['I21', 'I22'],
    word('A heart attack', 'Part of the heart did not get enough blood.'),
  ],
  [
    ['368009'],
    ['I34', 'I35', 'I36'],
    word('A heart valve problem', 'One of the doors in the heart does not open or close well.'),
  ],
  [['230690007'], ['I63', 'I64'], word('A stroke', 'A clot or a bleed harmed part of the brain.')],
  [
    ['266257000'],
    ['G45'],
    word('A mini-stroke', 'Part of the brain was short of blood for a short time.'),
  ],
  [
    ['400047006'],
    ['I70', 'I73'],
    word('Poor blood flow in the legs', 'The pipes that feed the legs are narrow.'),
  ],
  [['44054006'], ['E11'], word('Type 2 diabetes', 'There is too much sugar in the blood.')],
  [
    ['46635009'],
    ['E10'],
    word('Type 1 diabetes', 'The body makes no insulin, so it has to be taken.'),
  ],
  [['73211009'], ['E13', 'E14'], word('Diabetes', 'There is too much sugar in the blood.')],
  [
    ['714628002', '15777000'],
    ['R73'],
    word('Close to diabetes', 'Blood sugar is higher than it should be.'),
  ],
  [
    ['422034002'],
    ['H36'],
    word('Eye trouble from diabetes', 'High blood sugar has harmed the back of the eyes.'),
  ],
  [
    ['433144002', '431857002', '433146000', '46177005', '709044004', '127013003'],
    ['N18'],
    word('Kidney disease', 'The kidneys do not clean the blood as well as they should.'),
  ],
  [
    ['13645005'],
    ['J44', 'J43'],
    word('COPD, a long-term lung illness', 'Air does not move in and out of the lungs with ease.'),
  ],
  [['195967001'], ['J45', 'J46'], word('Asthma', 'The airways get tight, and breath wheezes.')],
  [
    ['233604007'],
    ['J18', 'J15'],
    word('A lung infection', 'Germs in the lungs. It is also called pneumonia.'),
  ],
  [
    ['396275006', '239873007', '239872002'],
    ['M15', 'M16', 'M17', 'M19'],
    word('Worn joints', 'The joints are stiff and sore. It is also called arthritis.'),
  ],
  [
    ['69896004'],
    ['M05', 'M06'],
    word('Swollen, painful joints', 'The body attacks its own joints. It is a form of arthritis.'),
  ],
  [
    ['64859006'],
    ['M80', 'M81'],
    word('Thin bones', 'Bones break more easily. It is also called osteoporosis.'),
  ],
  [['90560007'], ['M10'], word('Gout', 'A joint gets hot, red and very sore.')],
  [
    ['161898004', '217082002', '1912002'],
    ['R29.6', 'W19', 'W18', 'W01'],
    word('Falls', 'One fall or more.'),
  ],
  [
    ['52448006'],
    ['F00', 'F01', 'F02', 'F03'],
    word('Dementia', 'Memory and thinking get harder over time.'),
  ],
  [
    ['26929004'],
    ['G30'],
    word('Alzheimer’s', 'A kind of dementia. Memory and thinking get harder over time.'),
  ],
  [
    ['386805003'],
    ['F06.7', 'R41.3'],
    word('Trouble with memory', 'Forgetting more things than before.'),
  ],
  [
    ['49049000'],
    ['G20'],
    word('Parkinson’s', 'Moving gets slow and stiff, and the hands may shake.'),
  ],
  [['84757009'], ['G40'], word('Epilepsy', 'It can cause fits.')],
  [
    ['35489007', '370143000'],
    ['F32', 'F33'],
    word('Low mood', 'Feeling low for a long time. It is also called depression.'),
  ],
  [
    ['48694002', '197480006'],
    ['F41'],
    word('Feeling very anxious', 'Worry gets in the way of the day.'),
  ],
  [['58214004'], ['F20'], word('Schizophrenia', 'Hearing or believing things that others do not.')],
  [['13746004'], ['F31'], word('Bipolar', 'Mood can swing very high and very low.')],
  [['15188001'], ['H90', 'H91'], word('Trouble hearing', 'Sounds are harder to hear.')],
  [['397540003', '7973008'], ['H53', 'H54'], word('Trouble seeing', 'Things are harder to see.')],
  [['193570009'], ['H25', 'H26'], word('Cataract', 'The lens of the eye has gone cloudy.')],
  [
    ['165232002', '48340000'],
    ['N39.3', 'N39.4', 'R32'],
    word('Trouble holding water', 'Water leaks when it should not.'),
  ],
  [['68566005'], ['N39.0'], word('A water infection', 'Germs make it sore to pass water.')],
  [['14760008'], ['K59.0'], word('Constipation', 'It is hard to empty the bowels.')],
  [
    ['271737000', '87522002'],
    ['D50', 'D64'],
    word(
      'Low iron or weak blood',
      'The blood carries less air, which is tiring. It is called anaemia.',
    ),
  ],
  [
    ['40930008'],
    ['E03'],
    word('A slow thyroid', 'A gland in the neck makes too little. It makes people tired and cold.'),
  ],
  [
    ['55822004', '13644009'],
    ['E78'],
    word('High cholesterol', 'There is too much fat in the blood.'),
  ],
  [
    ['414915002', '414916001'],
    ['E66'],
    word('Being very overweight', 'Weight is high for the height.'),
  ],
  [
    ['399068003', '93974005'],
    ['C61'],
    word('Prostate cancer', 'Cancer in a gland below the bladder.'),
  ],
  [['254837009'], ['C50'], word('Breast cancer', 'Cancer in the breast.')],
  [['363346000'], ['C80'], word('Cancer', 'Cells in the body grow when they should not.')],
  [['248279007'], ['R54'], word('Frailty', 'The body takes longer to get over being ill or hurt.')],
  [
    ['8510008', '160693001', '160692006', '302046008', '282145008'],
    ['R26', 'Z74.0'],
    word('Trouble moving about', 'Walking or moving is hard.'),
  ],
  [['399912005'], ['L89'], word('A pressure sore', 'Skin is hurt from sitting or lying too long.')],
  [
    ['128045006', '385627004'],
    ['L03'],
    word('A skin infection', 'Germs make the skin hot and red.'),
  ],
  [['267036007'], ['R06.0'], word('Out of breath', 'Being short of breath.')],
  [
    ['160734000', '248171000000108'],
    ['Z59.3'],
    word('Living in a care home', 'People there help you day and night.'),
  ],
]

const bySnomed = new Map(rows.flatMap(([codes, , each]) => codes.map((code) => [code, each])))
/** the longest first, so that N39.0 is found before N39 */
const byIcd10 = rows
  .flatMap(([, codes, each]) => codes.map((code) => [code.replace('.', ''), each] as const))
  .toSorted(([one], [other]) => other.length - one.length)

/** The plain word for one of these codes of a condition; undefined if the glossary has none. */
export const plainCondition = (codings: readonly Coded[] | undefined): PlainWord | undefined =>
  (codings ?? []).map(plainOf).find((each) => each !== undefined)

function plainOf({ system = '', code = '' }: Coded): PlainWord | undefined {
  if (system === snomedSystem) return bySnomed.get(code)
  if (!icd10Systems.includes(system)) return undefined
  const plain = code.replace('.', '').toUpperCase()
  return byIcd10.find(([start]) => plain.startsWith(start))?.[1]
}
