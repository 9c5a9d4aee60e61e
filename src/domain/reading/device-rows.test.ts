import { describe, expect, test } from 'vitest'
import { deviceCsv } from './device-csv.ts'
import { deviceFhir, deviceReadingToFhir, resourcesIn } from './device-fhir.ts'
import { type DeviceLine, deviceRows } from './device-rows.ts'
import { readingFromFhir } from './fhir.ts'
import type { Reading } from './reading.ts'

const zone = 'Europe/London'
const preview = (lines: readonly DeviceLine[] | undefined, readings: readonly Reading[] = []) =>
  deviceRows(lines ?? [], {
    ...{ person: 'p', now: '2026-06-10T12:00:00.000Z', zone, device: 'My scales', readings },
  })
const told = (csv: string) =>
  preview(deviceCsv(csv, zone)).map((each) =>
    each.is === 'refused'
      ? [each.line, each.why]
      : [each.is, each.reading.kind, each.reading.value, each.reading.at, each.sent, each.device],
  )

describe('A CSV file of a device', () => {
  test('in columns: each amount is a reading, in our unit, by the clock on the wall', () => {
    expect(
      told(
        'Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse,Weight (lb)\n05/06/2026,07:30,132,84,70,172\n',
      ),
    ).toEqual([
      ['new', 'blood-pressure', 132, '2026-06-05T06:30:00.000Z', '132/84 mmHg', 'My scales'],
      ['new', 'pulse', 70, '2026-06-05T06:30:00.000Z', '70', 'My scales'],
      ['new', 'weight', 78, '2026-06-05T06:30:00.000Z', '172 lb', 'My scales'],
    ])
  })

  test('in lines: type, value and unit, with the device that the file names', () => {
    expect(
      told(
        [
          'timestamp;type;value;unit;device',
          '2026-06-05T07:30:00+01:00;Blood pressure;17.6/11.2;kPa;Omron M7',
          '2026-06-05 08:30;Body temperature;99.5;°F;Omron M7',
        ].join('\n'),
      ),
    ).toEqual([
      ['new', 'blood-pressure', 132.01, '2026-06-05T06:30:00.000Z', '17.6/11.2 kPa', 'Omron M7'],
      ['new', 'temperature', 37.5, '2026-06-05T07:30:00.000Z', '99.5 °F', 'Omron M7'],
    ])
  })

  test.each([
    ['in-the-future', '2026-06-10 14:00,78'],
    ['long-ago', '2025-01-01 14:00,78'],
    ['no-time', '31/02/2026 09:00,78'],
    ['no-time', '06/13/2026 09:00,78'],
    ['no-time', 'yesterday,78'],
    ['too-low', '2026-06-05 09:00,7'],
    ['unknown-unit', '2026-06-05 09:00,78 cm'],
    ['not-a-number', '2026-06-05 09:00,heavy'],
    ['no-amount', '2026-06-05 09:00,'],
    ['broken', '2026-06-05 09:00,"78'],
  ])('is refused with its line: %s', (why, line) => {
    expect(told(`Date,Weight (kg)\n${line}\n`)).toEqual([[2, why]])
  })

  test.each([
    ['a weight that may be in pounds', 'Date,Weight\n2026-06-05 09:00,172', [[2, 'no-unit']]],
    ['a pressure', 'Date,Sys,Dia\n2026-06-05 09:00,132,84', [[2, 'no-unit']]],
    ['a line', 'Date,Type,Value\n2026-06-05 09:00,Glucose,6.2', [[2, 'no-unit']]],
    ['an empty cell of a unit', 'Date,Weight,Unit\n2026-06-05 09:00,78,', [[2, 'no-unit']]],
  ])('without any unit is refused: %s', (_title, csv, found) => {
    expect(told(csv)).toEqual(found)
  })

  test.each([
    ['in the cell', 'Date,Weight\n2026-06-05 09:00,172 lb', ['weight', 78]],
    ['in a column', 'Date,Weight,Unit\n2026-06-05 09:00,172,lb', ['weight', 78]],
    ['in the kind', 'Date,Type,Value\n2026-06-05 09:00,Weight (lb),172', ['weight', 78]],
    ['after both numbers', 'Date,BP\n2026-06-05 09:00,132/84 mmHg', ['blood-pressure', 132]],
    ['over the lower number', 'Date,Sys,Dia (mmHg)\n2026-06-05,132,84', ['blood-pressure', 132]],
    ['of a pulse, ours alone', 'Date,Pulse\n2026-06-05 09:00,70', ['pulse', 70]],
    ['of oxygen, ours alone', 'Date,SpO2\n2026-06-05 09:00,96', ['oxygen', 96]],
    ['of a peak flow', 'Date,PEF\n2026-06-05 09:00,320', ['peak-flow', 320]],
  ])('says its unit %s', (_title, csv, found) => {
    expect(told(csv).map(([, kind, value]) => [kind, value])).toEqual([found])
  })

  test('A column of units is not taken for a reading beside it', () => {
    const found = told('Date,Weight,Pulse,Unit\n2026-06-05 09:00,172,70,lb')
    expect(found.map(([, kind, value]) => [kind, value])).toEqual([
      ['weight', 78],
      ['pulse', 70],
    ])
  })

  test('without a day or anything measured is none', () => {
    expect(deviceCsv('Name,Weight\nGrace,78', zone)).toBeUndefined()
    expect(deviceCsv('Date,Mood\n2026-06-05,good', zone)).toBeUndefined()
  })

  test('the hour that comes twice and the one that is skipped are read as the clock on the wall', () => {
    const at = (day: string) => told(`Date,Weight (kg)\n${day},78\n`)[0]?.[3]
    expect(at('2026-03-29 01:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('2026-03-29 03:00')).toBe('2026-03-29T02:00:00.000Z')
  })
})

describe('The same reading', () => {
  const csv = 'Date,Weight (kg)\n2026-06-05 09:00,78\n'
  test('has the same id whenever the file is read, and another for another person', () => {
    const idOf = (person: string) =>
      deviceRows(deviceCsv(csv, zone) ?? [], {
        ...{ person, now: '2026-06-10T12:00:00.000Z', zone, device: 'x', readings: [] },
      }).map((each) => (each.is === 'refused' ? '' : each.reading.id))
    expect(idOf('p')).toEqual(idOf('p'))
    expect(idOf('p')).not.toEqual(idOf('q'))
  })
  test('twice in the file, or typed by hand before, is here already', () => {
    const twice = `${csv}2026-06-05 09:00,78\n`
    expect(preview(deviceCsv(twice, zone)).map(({ is }) => is)).toEqual(['new', 'here'])
    const byHand: Reading = {
      ...{ id: 'h', person: 'p', kind: 'weight', value: 78, at: '2026-06-05T08:00:40Z' },
    }
    expect(preview(deviceCsv(csv, zone), [byHand]).map(({ is }) => is)).toEqual(['here'])
  })
})

const observation = (more: object = {}) => ({
  ...{ resourceType: 'Observation', status: 'final', subject: { reference: 'Patient/x' } },
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  effectiveDateTime: '2026-06-05T07:30:00+01:00',
  valueQuantity: { value: 172, unit: 'lb', system: 'http://unitsofmeasure.org', code: '[lb_av]' },
  device: { reference: 'Device/d' },
  ...more,
})
const device = {
  resourceType: 'Device',
  id: 'd',
  deviceName: [{ name: 'Withings Body+', type: 'model-name' }],
}
const patient = {
  ...{ resourceType: 'Patient', birthDate: '1934-01-04' },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999 100 1018' }],
}
const bundle = (...resources: object[]) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) })

describe('A file of FHIR', () => {
  const fhir = (text: string, whose = {}) => preview(deviceFhir(resourcesIn(text), 'p', whose))
  test.each([
    ['a Bundle', bundle(device, observation())],
    ['one to a line', `${JSON.stringify(device)}\n${JSON.stringify(observation())}\n`],
    ['a list', JSON.stringify([device, observation()])],
  ])('%s is of this person, from its device, in our unit', (_title, text) => {
    expect(fhir(text)).toMatchObject([
      {
        ...{ is: 'new', sent: '172 lb', converted: true, device: 'Withings Body+' },
        reading: { person: 'p', kind: 'weight', value: 78.02, at: '2026-06-05T06:30:00.000Z' },
      },
    ])
  })
  test('about somebody else is refused, by NHS number and by birth date', () => {
    const text = bundle(patient, observation())
    const why = (whose: object) =>
      fhir(text, whose).map((each) => each.is === 'refused' && each.why)
    expect(why({ nhsNumber: '9991001018', birthDate: '1934-01-04' })).toEqual([false])
    expect(why({ nhsNumber: '9991001026' })).toEqual(['other-person'])
    expect(why({ birthDate: '1934-01-05' })).toEqual(['other-person'])
  })
  test.each([
    ['unknown-unit', { valueQuantity: { value: 3, unit: 'bags' } }],
    ['no-kind', { code: { text: 'Steps' } }],
    ['in-the-future', { effectiveDateTime: '2027-06-05T07:30:00Z' }],
  ])('is refused: %s', (why, more) => {
    expect(fhir(bundle(observation(more)))).toMatchObject([{ is: 'refused', why }])
  })
  test('is stored with the device and what it sent', () => {
    const [row] = fhir(bundle(device, observation()))
    if (row?.is !== 'new') throw new Error('Nothing to keep')
    const stored = deviceReadingToFhir(row.reading, row)
    expect(stored.note).toEqual([{ text: 'As the device sent it: 172 lb' }])
    expect(readingFromFhir(stored)).toMatchObject({ ...row.reading, device: 'Withings Body+' })
  })
})
