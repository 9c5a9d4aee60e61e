import type { Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outsideCodeOf } from './outside-instrument.ts'
import { newestScores } from './outside-score.ts'
import { outsideRecordFault, outsideScoreIn, outsideScoreToFhir } from './outside-score-fhir.ts'
import { readScores, scoresIn } from './read-scores.ts'

const today = '2026-03-02'
const head = 'NHS number,Score,Value,Unit,Band,Date,Version,Source'

function read(row: string) {
  const table = scoresIn(`${head}\n${row}`)
  if (!table) throw new Error('These are not the headings of scores')
  return readScores(table, { today, monthFirst: false })[0]
}

test('a row is a score with its value, band, day, version and source', () => {
  expect(read('9990000018,Q Admissions,23.1,%,high,01/02/2026,2,Brook Surgery')).toEqual({
    whose: { nhsNumber: '9990000018' },
    score: {
      ...{ code: 'qadmissions', name: 'Q Admissions', value: 23.1, unit: '%', band: 'high' },
      ...{ day: '2026-02-01', version: '2', source: 'Brook Surgery' },
    },
  })
})

test.each([
  ['9990000018,QAdmissions,100,,,2026-02-01,,', 0],
  ['9990000018,QAdmissions,100.1,,,2026-02-01,,', 1],
  ['9990000018,QAdmissions,-0.1,,,2026-02-01,,', 1],
  ['9990000018,eFI2,1,,,2026-02-01,,', 0],
  ['9990000018,eFI2,1.01,,,2026-02-01,,', 1],
  ['9990000018,PAM level,4,,,2026-02-01,,', 0],
  ['9990000018,PAM level,0,,,2026-02-01,,', 1],
  ['9990000018,PAM level,2.5,,,2026-02-01,,', 1],
  ['9990000018,PAM,72.5,,,2026-02-01,,', 0],
  ['9990000018,Our own score,-7,,,2026-02-01,,', 0],
  ['9990000019,QAdmissions,5,,,2026-02-01,,', 1],
  ['9990000018,QAdmissions,5,,,2026-03-03,,', 1],
  ['9990000018,QAdmissions,,,,2026-02-01,,', 1],
  ['9990000018,QAdmissions,high,,,2026-02-01,,', 1],
  ['9990000018,,5,,,2026-02-01,,', 1],
  ['9990000018,QAdmissions,5,,,,,', 1],
  ['9990000018,QAdmissions,5,,,2026-02-01,,,x', 1],
])('%j has %i faults', (row, count) => {
  const found = read(row)
  expect(found && 'faults' in found ? found.faults.length : 0).toBe(count)
})

test('whatever is in a row, it is a possible score or it says what is wrong', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 }), { maxLength: 9 }), (cells) => {
      for (const found of readScores(scoresIn(`${head}\n${cells.join(',')}`) ?? fail(), {
        ...{ today, monthFirst: false },
      }))
        expect('score' in found || found.faults.length > 0).toBe(true)
    }),
  )
})
const fail = (): never => {
  throw new Error('These are not the headings of scores')
}

test('as a record it says the same again', () => {
  const score = {
    ...{ code: 'pam-level', name: 'PAM level', value: 2, band: 'low', day: '2026-02-01' },
    ...{ version: '13', source: 'Brook' },
  }
  expect(outsideScoreIn(outsideScoreToFhir(score, { id: 'x', person: 'p' }))).toEqual(score)
})

const risk = (more: object): Resource =>
  ({
    ...{
      resourceType: 'RiskAssessment',
      status: 'final',
      occurrenceDateTime: '2026-02-01T10:00:00Z',
    },
    ...{ method: { text: 'QAdmissions' }, prediction: [{ probabilityDecimal: 31 }] },
    performer: { display: 'Practice system' },
    ...more,
  }) as Resource

test('a risk of another system is one in percent, and ours is none from elsewhere', () => {
  expect(outsideScoreIn(risk({}))).toMatchObject({
    ...{ code: 'qadmissions', value: 31, unit: '%', day: '2026-02-01', source: 'Practice system' },
  })
  expect(outsideScoreIn(risk({ status: 'entered-in-error' }))).toBeUndefined()
  const ours = { coding: [{ system: 'https://gable.example/fhir', code: 'frailty-count' }] }
  expect(outsideScoreIn(risk({ method: ours, prediction: [] }))).toBeUndefined()
  expect(outsideRecordFault(risk({ prediction: [{ probabilityDecimal: 101 }] }))).toContain(
    '0 to 100',
  )
})

test('an observation is one only with a code of ours', () => {
  const observation = (system: string) =>
    ({
      ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: '2026-02-01' },
      code: { coding: [{ system, code: 'pam-level' }] },
      valueInteger: 3,
    }) as Resource
  expect(
    outsideScoreIn(observation('https://gable.example/fhir/CodeSystem/outside-score')),
  ).toMatchObject({
    ...{ code: 'pam-level', name: 'PAM level', value: 3 },
  })
  expect(outsideScoreIn(observation('http://loinc.org'))).toBeUndefined()
})

test('of each score the newest counts, and a name in another spelling is the same score', () => {
  expect(outsideCodeOf('Patient activation measure  LEVEL')).toBe('pam-level')
  expect(outsideCodeOf('Our Own (risk)')).toBe('our-own-risk')
  const one = (value: number, day: string) => ({
    ...{ code: 'efi2', name: 'eFI2', value, day, source: '' },
  })
  expect(newestScores([one(0.3, '2026-01-01'), one(0.1, '2025-01-01')])).toEqual([
    one(0.3, '2026-01-01'),
  ])
})

test('a number of a named system says whose it is, and a birth date alone does not', () => {
  const table = scoresIn(
    [
      'Local number,Local number system,Birth date,Score,Value,Date',
      'A12,https://brook.example/id,1934-01-04,QAdmissions,5,2026-02-01',
      'A12,,1934-01-04,QAdmissions,5,2026-02-01',
      ',,1934-01-04,QAdmissions,5,2026-02-01',
    ].join('\n'),
  )
  const rows = readScores(table ?? fail(), { today, monthFirst: false })
  expect(rows[0]).toMatchObject({
    whose: { number: 'A12', system: 'https://brook.example/id', born: '1934-01-04' },
  })
  expect(rows[1]).toEqual({ faults: [expect.stringContaining('has no system')] })
  expect(rows[2]).toEqual({ faults: [expect.stringContaining('decided by a person')] })
})
