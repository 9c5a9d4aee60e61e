import { describe, expect, test } from 'vitest'
import { charlsonAgePoints, charlsonScore } from './charlson.ts'
import { groupsOfIcd10 } from './charlson-groups.ts'
import { conditionCodes } from './condition-codes.ts'
import { deficits } from './deficits.ts'
import { icd10Deficits, notInIcd10 } from './deficits-icd10.ts'
import type { CodedCondition, Evidence } from './evidence.ts'
import { evidenceFromFhir } from './fhir.ts'
import { frailtyBand, frailtyScore } from './frailty.ts'
import { scorePerson } from './person-score.ts'

const day = '2026-03-02'
const snomed = 'http://snomed.info/sct'
const icd10 = 'http://hl7.org/fhir/sid/icd-10'

function condition(code: string, more: Partial<CodedCondition> = {}): CodedCondition {
  const codings = [{ system: snomed, code }]
  return { record: `Condition/${code}`, codings, display: code, ...more }
}

function evidence(codes: readonly string[], more: Partial<Evidence> = {}): Evidence {
  return { conditions: codes.map((code) => condition(code)), medicines: [], ...more }
}

const medicines = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    record: `MedicationRequest/${place}`,
    name: `M${place}`,
  }))

describe('points for age', () => {
  test.each([
    [0, 0],
    [49, 0],
    [50, 1],
    [59, 1],
    [60, 2],
    [69, 2],
    [70, 3],
    [79, 3],
    [80, 4],
    [104, 4],
  ])('at %i are %i', (age, points) => {
    expect(charlsonAgePoints(age)).toBe(points)
  })

  test('begin on the fiftieth birthday', () => {
    expect(charlsonScore(evidence([], { birthDate: '1976-03-03' }), day).agePoints).toBe(0)
    expect(charlsonScore(evidence([], { birthDate: '1976-03-02' }), day).agePoints).toBe(1)
  })

  test('are absent without a birth date, and the score says so', () => {
    const score = scorePerson(evidence(['84114007']), day)
    expect(score.charlson).toMatchObject({ score: 1, comorbidity: 1 })
    expect(score.charlson.agePoints).toBeUndefined()
    expect(score.hasBirthDate).toBe(false)
  })
})

describe('the Charlson index', () => {
  test.each([
    ['nothing', [], 0],
    ['heart failure', ['84114007'], 1],
    ['the same group twice', ['84114007', '42343007'], 1],
    ['diabetes', ['44054006'], 1],
    ['diabetes with kidney disease of its own', ['44054006', '127013003'], 2],
    ['cirrhosis and portal hypertension', ['19943007', '34742003'], 3],
    ['cancer', ['363406005'], 2],
    ['metastatic cancer', ['363406005', '128462008'], 6],
    ['hypertension', ['59621000'], 0],
  ] as const)('of %s counts its groups once', (_, codes, points) => {
    expect(charlsonScore(evidence(codes), day).comorbidity).toBe(points)
  })

  test('names the record, code and date behind each group', () => {
    const conditions = [condition('84114007', { date: '2021-05-01' })]
    expect(charlsonScore({ conditions, medicines: [] }, day).parts).toEqual([
      {
        group: 'chf',
        points: 1,
        inputs: [
          {
            record: 'Condition/84114007',
            code: '84114007',
            display: '84114007',
            date: '2021-05-01',
          },
        ],
      },
    ])
  })

  test.each([
    ['I21.4', ['mi']],
    ['i50', ['chf']],
    ['I110', ['chf']],
    ['I119', []],
    ['E11.9', ['diab']],
    ['E11.2', ['diabwc']],
    ['E14.6', ['diab']],
    ['K70.4', ['msld']],
    ['K70.3', ['mld']],
    ['C26', ['canc']],
    ['C27', []],
    ['C44', []],
    ['C77.1', ['metacanc']],
    ['C97', ['canc']],
    ['B22', ['aids']],
    ['B23', []],
    ['N18.5', ['rend']],
    ['G30.1', ['dementia']],
    ['J44.9', ['cpd']],
    ['J48', []],
    ['Z99.2', ['rend']],
  ])('maps ICD-10 %s to %j', (code, groups) => {
    expect(groupsOfIcd10(code)).toEqual(groups)
  })

  test('reads ICD-10 codes on conditions', () => {
    const conditions = [condition('x', { codings: [{ system: icd10, code: 'G30.9' }] })]
    expect(charlsonScore({ conditions, medicines: [] }, day).comorbidity).toBe(1)
  })
})

describe('the frailty count', () => {
  test.each([
    [0, 'fit'],
    [4, 'fit'],
    [5, 'mild'],
    [8, 'mild'],
    [9, 'moderate'],
    [12, 'moderate'],
    [13, 'severe'],
    [36, 'severe'],
  ])('of %i is %s', (count, band) => {
    expect(frailtyBand(count)).toBe(band)
  })

  test('has 36 deficits, and every mapped code leads to one of them', () => {
    expect(new Set(deficits).size).toBe(36)
    for (const row of conditionCodes) if (row.deficit) expect(deficits).toContain(row.deficit)
  })

  test.each([
    [4, 0],
    [5, 1],
    [11, 1],
  ])('with %i current medicines counts %i for medicines', (count, deficitsFound) => {
    expect(frailtyScore(evidence([], { medicines: medicines(count) })).count).toBe(deficitsFound)
  })

  test('has a SNOMED CT code or the number of medicines for each of its 36 deficits', () => {
    const bySnomed = conditionCodes.flatMap((row) => row.deficit ?? [])
    expect(deficits.filter((each) => each !== 'polypharmacy' && !bySnomed.includes(each))).toEqual(
      [],
    )
  })

  test('has ICD-10 codes for all deficits except a known few', () => {
    expect([...notInIcd10].toSorted()).toEqual(
      deficits.filter((each) => !icd10Deficits.includes(each)),
    )
  })

  test.each([
    ['I50.0', ['heart-failure']],
    ['n18.4', ['ckd']],
    ['N18.1', []],
    ['F03', ['memory-and-cognition']],
    ['J44.9', ['respiratory-disease']],
    ['E11.9', ['diabetes']],
    ['I48', ['atrial-fibrillation']],
    ['I11.0', ['heart-failure', 'hypertension']],
    ['I10', ['hypertension']],
    ['R54', []],
    ['W19', ['falls']],
    ['L89', ['skin-ulcer']],
    ['G20', ['parkinsonism']],
    ['N39.4', ['urinary-incontinence']],
    ['N39.0', ['urinary-system-disease']],
    ['M81', ['osteoporosis']],
    ['M80.0', ['fragility-fracture', 'osteoporosis']],
    ['Z74.0', ['mobility']],
    ['Z74.1', ['requirement-for-care']],
    ['L84', ['foot-problems']],
    ['Z73.6', ['activity-limitation']],
  ])('maps ICD-10 %s to %j', (code, shown) => {
    const conditions = [condition('x', { codings: [{ system: icd10, code }] })]
    const { parts } = frailtyScore({ conditions, medicines: [] })
    expect(parts.map(({ deficit }) => deficit).toSorted()).toEqual(shown)
  })

  test.each([
    ['no unread code', 0, 0, 'fit'],
    ['one unread code', 3, 1, 'fit'],
    ['enough unread codes to be frail', 3, 2, 'unclear'],
    ['only unread codes', 0, 5, 'unclear'],
    ['enough deficits without the unread codes', 5, 9, 'mild'],
  ])('with %s: %i deficits, %i unread, %s', (_, known, unread, band) => {
    const codes = ['84114007', '73211009', '49436004', '13645005', '38341003'].slice(0, known)
    const others = Array.from({ length: unread }, (__, place) => `99${place}`)
    expect(frailtyScore(evidence([...codes, ...others]))).toMatchObject({
      ...{ count: known, unread, band },
    })
  })

  test('counts a deficit once however many records show it', () => {
    expect(frailtyScore(evidence(['396275006', '239873007', '161898004'])).count).toBe(2)
  })
})

describe('what a score leaves out', () => {
  test.each(['resolved', 'inactive', 'refuted', 'entered-in-error', 'remission'] as const)(
    'a condition that is %s does not count and is listed',
    (left) => {
      const score = scorePerson(
        { conditions: [condition('84114007', { left })], medicines: [] },
        day,
      )
      expect([score.charlson.comorbidity, score.frailty.count]).toEqual([0, 0])
      expect(score.leftOut).toMatchObject([{ record: 'Condition/84114007', why: left }])
    },
  )

  test('a code without a mapping is listed', () => {
    expect(scorePerson(evidence(['404684003']), day).unmapped).toMatchObject([
      { code: '404684003' },
    ])
  })

  test('no conditions at all is different from a score of zero', () => {
    expect(scorePerson(evidence([]), day).coded).toBe(false)
    expect(scorePerson(evidence(['59621000']), day).coded).toBe(true)
  })
})

describe('evidence for a score', () => {
  const subject = { reference: 'Patient/x' }

  test('counts a medicine ordered twice as one, and stopped ones not at all', () => {
    const order = (id: string, text: string, status: 'active' | 'stopped') => ({
      resourceType: 'MedicationRequest' as const,
      id,
      status,
      intent: 'order' as const,
      subject,
      medicationCodeableConcept: { text },
    })
    const found = evidenceFromFhir(
      undefined,
      [],
      [order('1', 'A', 'active'), order('2', 'a', 'active'), order('3', 'B', 'stopped')],
    )
    expect(found.medicines).toHaveLength(1)
  })

  test('leaves out needs, which are not diagnoses', () => {
    const need = {
      resourceType: 'Condition' as const,
      id: 'n',
      subject,
      category: [{ coding: [{ code: 'health-concern' }] }],
      code: { text: 'Lonely' },
    }
    expect(evidenceFromFhir(undefined, [need], []).conditions).toEqual([])
  })

  test('takes a condition with an end date and no status as resolved', () => {
    const over = {
      resourceType: 'Condition' as const,
      id: 'o',
      subject,
      code: { coding: [{ system: snomed, code: '271737000' }] },
      abatementDateTime: '2020-01-01',
    }
    expect(evidenceFromFhir(undefined, [over], []).conditions[0]).toMatchObject({
      display: 'Anaemia',
      left: 'resolved',
    })
  })
})
