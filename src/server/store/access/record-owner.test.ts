import { describe, expect, test } from 'vitest'
import { resourceTypes, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { valuesAt } from '#server/store/indexing/values-at.ts'
import { namesRecordOwner, recordOwnerOf } from './record-owner.ts'

const elementOf = (type: string, code: string) =>
  (searchParametersOf(type).get(code)?.paths[0] ?? '').replace(/\[.*\]$/, '')

const saying = resourceTypes.flatMap((type) =>
  [...searchParametersOf(type).values()]
    .filter(({ kind, code }) => kind === 'reference' && namesRecordOwner(type, code))
    .map(({ code }) => [type, code] as const),
)

describe('A search parameter that names the owner of a record', () => {
  test('is patient or subject for everyday record types', () => {
    const daily = ['Observation', 'Condition', 'Goal', 'CarePlan', 'Task', 'MedicationRequest']
    for (const type of daily)
      for (const code of ['patient', 'subject'])
        expect([type, code, namesRecordOwner(type, code)]).toEqual([type, code, true])
    expect(namesRecordOwner('EpisodeOfCare', 'patient')).toBe(true)
  })

  test.each(saying)('%s?%s gives the owner, whoever else the record names', (type, code) => {
    const element = elementOf(type, code)
    const others = [...searchParametersOf(type).values()]
      .filter(({ kind, targets }) => kind === 'reference' && targets.includes('Patient'))
      .map((each) => (each.paths[0] ?? '').replace(/\[.*\]$/, ''))
      .filter((each) => !each.includes('.') && each !== element)
    const beside = Object.fromEntries(others.map((each) => [each, [{ reference: 'Patient/b' }]]))
    const record = { resourceType: type, ...beside, [element]: { reference: 'Patient/a' } }
    expect(valuesAt(record, element)).toHaveLength(1)
    expect(recordOwnerOf(record)).toBe('a')
  })

  test.each([
    ['Account', 'subject'],
    ['Account', 'patient'],
    ['Appointment', 'patient'],
    ['Observation', 'performer'],
    ['Observation', 'focus'],
    ['Provenance', 'patient'],
    ['Task', 'owner'],
    ['Patient', 'link'],
    ['Group', 'member'],
  ])('is not %s?%s, which may name several people or another’s record', (type, code) => {
    expect(namesRecordOwner(type, code)).toBe(false)
  })
})
