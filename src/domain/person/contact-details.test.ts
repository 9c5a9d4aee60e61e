import type { Patient } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import {
  type DetailFields,
  DetailMovedOn,
  detailFaultsIn,
  nothingTyped,
} from './contact-details.ts'
import {
  adding,
  backwards,
  contactDetailsFromFhir,
  correcting,
  makingBest,
  markingOld,
  overTheirs,
  swapped,
  withDetailsMarked,
} from './contact-details-fhir.ts'

const day = '2026-03-02'
const typed = (kind: DetailFields['kind'], part: Partial<DetailFields>) => ({
  ...nothingTyped(kind),
  ...part,
})

test.each<[string, DetailFields, object]>([
  ['a number with digits', typed('phone', { value: '+44 (0)1632 960-111 ext 4' }), {}],
  ['a number without a digit', typed('phone', { value: 'ask her son' }), { value: 'no-number' }],
  ['words around a number', typed('phone', { value: 'ask on 3' }), { value: 'not-a-number' }],
  ['too few digits', typed('phone', { value: '12' }), { value: 'not-a-number' }],
  ['too many digits', typed('phone', { value: '1'.repeat(21) }), { value: 'not-a-number' }],
  ['nothing', typed('phone', { value: ' ' }), { value: 'no-number' }],
  ['an email address', typed('email', { value: 'grace@example.org' }), {}],
  [
    'a text that is not an email address',
    typed('email', { value: 'grace at example' }),
    { value: 'no-email' },
  ],
  ['a town alone', typed('address', { town: 'Brook' }), {}],
  ['an empty address', typed('address', { line: '\n ' }), { value: 'no-address' }],
  [
    'an address that is too long',
    typed('address', { line: 'x'.repeat(201) }),
    { value: 'too-long' },
  ],
  ['days in order', typed('phone', { value: '111', from: day, until: day }), {}],
  [
    'days in the wrong order',
    typed('phone', { value: '111', from: '2026-03-03', until: day }),
    { until: 'wrong-order' },
  ],
  [
    'a day that does not exist',
    typed('phone', { value: '111', from: '0000:31/2/2026' }),
    { until: 'no-day' },
  ],
])('the faults of contact details: %s', (_title, fields, faults) => {
  expect(detailFaultsIn(fields)).toEqual(faults)
})

const patient: Patient & { id: string } = {
  ...{ resourceType: 'Patient', id: 'p', birthDate: '1934-01-04' },
  telecom: [
    { system: 'phone', value: '01632 960111', use: 'home', rank: 1, extension: [{ url: 'x:y' }] },
    { system: 'phone', value: '07700 900123' },
    { system: 'fax', value: '1' },
  ],
  address: [{ line: ['4 Mill Lane'], city: 'Brook', postalCode: 'ZZ2 1AA', country: 'GB' }],
}
const details = contactDetailsFromFhir(patient, day)
const [home, mobile, lane] = details
if (!home || !mobile || !lane) throw new Error('Something is not read')

describe('a change of contact details', () => {
  test('changes only its own entry and keeps every other field', () => {
    const after = swapped(patient, correcting(home, { ...home, value: '01632 960777' }), day)
    expect(after).toEqual({
      ...patient,
      telecom: [
        { ...patient.telecom?.[0], value: '01632 960777' },
        ...(patient.telecom ?? []).slice(1),
      ],
    })
    const moved = swapped(patient, correcting(lane, { ...lane, line: '9 New Road' }), day)
    expect(moved?.address).toEqual([{ ...patient.address?.[0], line: ['9 New Road'] }])
  })

  test('can be undone, and is applied once', () => {
    const swaps = [
      ...adding(typed('email', { value: 'g@example.org' })),
      ...makingBest(mobile, details),
    ]
    const after = swapped(patient, swaps, day)
    expect(after?.telecom?.map(({ rank }) => rank)).toEqual([undefined, 1, undefined, undefined])
    expect(swapped(after ?? patient, swaps, day)).toBeUndefined()
    expect(swapped(after ?? patient, backwards(swaps), day)).toEqual(patient)
  })

  test('keeps an entry that is no longer right as a former one', () => {
    const after = swapped(patient, markingOld(lane, day), day) ?? patient
    expect(after.address).toEqual([{ ...patient.address?.[0], use: 'old', period: { end: day } }])
    expect(contactDetailsFromFhir(after, day).filter(({ isOld }) => isOld)).toHaveLength(1)
  })

  test('meets a conflicting change and overwrites it only when asked', () => {
    const mine = correcting(home, { ...home, value: '01632 960777' })
    const theirs = swapped(patient, correcting(home, { ...home, value: '01632 960888' }), day)
    const met = () => swapped(theirs ?? patient, mine, day)
    expect(met).toThrow(DetailMovedOn)
    let failure: unknown
    try {
      met()
    } catch (error) {
      failure = error
    }
    const stood = failure instanceof DetailMovedOn ? failure.theirs : undefined
    expect(stood).toMatchObject({ value: '01632 960888' })
    const over = swapped(theirs ?? patient, overTheirs(mine, stood), day)
    expect(over?.telecom?.map(({ value }) => value)).toEqual(['01632 960777', '07700 900123', '1'])
    // a removed entry is added again
    const without = { ...patient, telecom: [] }
    expect(swapped(without, overTheirs(mine, undefined), day)?.telecom).toHaveLength(1)
  })
})

test('each entry keeps who wrote it, whatever the client says', () => {
  const by = (name: string) => ({
    by: { reference: `Practitioner/${name}`, name, voice: 'professional' as const },
    at: '2026-03-02T09:00:00Z',
  })
  const writers = (record: object) =>
    contactDetailsFromFhir(record, day).map(({ written }) => written?.by.name)
  const first = withDetailsMarked({ ...patient, gender: 'female' }, patient, by('amina'))
  expect(writers(first)).toEqual([undefined, undefined, undefined])
  const corrected = swapped(patient, correcting(home, { ...home, value: '111 222' }), day)
  const second = withDetailsMarked(corrected ?? patient, first, by('amina'))
  expect(writers(second)).toEqual(['amina', undefined, undefined])
  // neither naming another writer, nor leaving out the mark, nor changing the order changes who wrote it
  const forged = withDetailsMarked(
    withDetailsMarked(corrected ?? patient, patient, by('tom')),
    second,
    by('karen'),
  )
  expect(writers(forged)).toEqual(['amina', undefined, undefined])
  const best =
    swapped(second, makingBest(mobile, contactDetailsFromFhir(second, day)), day) ?? second
  expect(writers(withDetailsMarked(best, second, by('karen')))).toEqual([
    'amina',
    undefined,
    undefined,
  ])
})
