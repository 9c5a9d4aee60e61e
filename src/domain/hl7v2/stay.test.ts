import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Adt, adtOf } from './adt.ts'
import { stayOnRecord, stayToFhir } from './fhir.ts'
import { parseMessage } from './message.ts'
import { samePerson } from './same-person.ts'
import { stayOf } from './stay.ts'

type Said = Readonly<{
  event?: string
  at?: string
  id?: string
  pid3?: string
  name?: string
  born?: string
  pv1?: string
  place?: string
  why?: string
  visit?: string
  start?: string
  end?: string
  evn6?: string
}>

const text = ({ event = 'A01', at = '20260302090000', id = `${event}${at}`, ...said }: Said) =>
  [
    `MSH|^~\\&|PAS|STANNE|GABLE|GABLE|${at}||ADT^${event}|${id}|P|2.5`,
    `EVN|${event}|${at}||||${said.evn6 ?? ''}`,
    `PID|1||${said.pid3 ?? '9991001018^^^NHS^NH'}||${said.name ?? 'OKAFOR^Grace'}||${said.born ?? '19340104'}`,
    `PV1|1|${said.pv1 ?? 'I'}|${said.place ?? 'Ward 6^Bay 2^4'}${'|'.repeat(16)}${said.visit ?? 'V1^^^STANNE'}${'|'.repeat(25)}${said.start ?? ''}|${said.end ?? ''}`,
    `PV2|||${said.why ?? '^Heart failure'}`,
  ].join('\r')

const read = (said: Said) => {
  const message = parseMessage(text(said))
  if ('fault' in message) throw new Error(message.fault)
  return adtOf(message, 'Europe/London')
}
const adt = (said: Said): Adt => {
  const found = read(said)
  if ('fault' in found) throw new Error(found.fault)
  return found
}

describe('an ADT message', () => {
  test('gives the person, place and start of the stay', () => {
    expect(adt({ start: '202603020830' })).toMatchObject({
      event: 'A01',
      person: { nhsNumber: '9991001018', family: 'OKAFOR', birthDate: '1934-01-04' },
      visit: { number: 'V1', authority: 'STANNE' },
      ...{ class: 'IMP', start: '2026-03-02T08:30:00.000Z', location: 'Ward 6, Bay 2, 4' },
      reason: 'Heart failure',
    })
  })

  test.each([
    ['PRIORNAME^BETH^^^^^M~HARTWELL^BETH^^^MRS^^L', 'HARTWELL'],
    ['HARTWELL^BETH^^^MRS^^L~PRIORNAME^BETH^^^^^M', 'HARTWELL'],
    ['PRIORNAME^BETH^^^^^B~HARTWELL^BETH', 'HARTWELL'],
    ['PRIORNAME^BETH^^^^^L^^^^^^20190501~HARTWELL^BETH^^^^^D', 'HARTWELL'],
    ['PRIORNAME^BETH^^^^^L^^^2001&2019~HARTWELL^BETH^^^^^L', 'HARTWELL'],
    ['PRIORNAME^BETH^^^^^M', 'PRIORNAME'],
    ['^BETH^^^^^L~HARTWELL^BETH^^^^^A', 'HARTWELL'],
  ])('with the names %s is about the family %s', (name, family) => {
    expect(adt({ name }).person.family).toBe(family)
  })

  test.each<[string, Said, string]>([
    ['of another kind', { event: 'A05' }, 'not-taken'],
    ['without a time', { at: ' ' }, 'time-unread'],
    ['with an end that cannot be read', { end: 'noon' }, 'time-unread'],
    ['without a visit number', { visit: '""' }, 'no-visit'],
    ['of an unknown class', { pv1: 'N' }, 'class-unknown'],
    ['without any number', { pid3: '' }, 'no-nhs-number'],
    [
      'with the hospital’s own number of ten digits',
      { pid3: '9991001018^^^STANNE^MR' },
      'no-nhs-number',
    ],
    ['with a wrong check digit', { pid3: '9991001019^^^NHS' }, 'nhs-number-wrong'],
    ['with two NHS numbers', { pid3: '9991001018^^^NHS~9434765919^^^NHS' }, 'two-nhs-numbers'],
  ])('%s is refused', (_title, said, fault) => {
    expect(read(said)).toEqual({ fault })
  })

  test.each([
    ['by its authority', '55^^^STANNE^MR~999 100 1018^^^NHS'],
    ['by its type', '9991001018^^^&2.16.840.1.113883.2.1.4.1^NNN'],
    ['by its check digit alone', '9991001018'],
    ['when it is sent twice', '9991001018^^^NHS~9991001018^^^NHS^NH'],
  ])('has its NHS number recognised %s', (_title, pid3) => {
    expect(adt({ pid3 }).person.nhsNumber).toBe('9991001018')
  })
})

describe('comparing a person with the record', () => {
  const grace = { families: ['Okafor', 'Eze'], birthDate: '1934-01-04' }
  test.each([
    ['with the same name and birth date', 'OKAFOR', '1934-01-04', grace, 'same'],
    ['under an earlier name', 'Eze', '1934-01-04', grace, 'same'],
    [
      'with a name without its accents',
      'OSullivan',
      '',
      { families: ['O’Súllivan'], birthDate: '' },
      'same',
    ],
    ['without Polish letters', 'LUKOWSKA', '', { families: ['Łukowska'], birthDate: '' }, 'same'],
    ['without an ß', 'GROSS', '', { families: ['Groß'], birthDate: '' }, 'same'],
    ['with another name', 'Obi', '1934-01-04', grace, 'different'],
    ['with another birth date', 'Okafor', '1934-01-05', grace, 'different'],
    ['with a birth date only', '', '1934-01-04', grace, 'same'],
    [
      'whose record has only the year of birth',
      'Okafor',
      '1934-01-04',
      { ...grace, birthDate: '1934' },
      'same',
    ],
    ['without a name or a birth date', '', '', grace, 'nothing-to-compare'],
  ] as const)('%s', (_title, family, birthDate, known, expected) => {
    expect(samePerson({ family, birthDate }, known)).toBe(expected)
  })
})

const admitted = adt({ at: '20260302090000' })
const moved = adt({ event: 'A02', at: '20260303100000', place: 'Ward 9' })
const corrected = adt({ event: 'A08', at: '20260303110000', place: 'Ward 9^Bay 1' })
const home = adt({ event: 'A03', at: '20260304120000', place: 'Ward 9^Bay 1', end: '202603041130' })
const backIn = adt({ event: 'A13', at: '20260304130000', place: 'Ward 9^Bay 1' })
const never = adt({ event: 'A11', at: '20260302093000' })

describe('a hospital stay', () => {
  test('begins with an admission', () => {
    expect(stayOf([admitted])).toMatchObject({
      ...{ status: 'in-progress', class: 'IMP', start: '2026-03-02T09:00:00.000Z' },
      places: [{ name: 'Ward 6, Bay 2, 4', from: '2026-03-02T09:00:00.000Z' }],
    })
  })

  test('keeps the earlier place after a transfer', () => {
    expect(stayOf([admitted, moved])?.places).toEqual([
      {
        name: 'Ward 6, Bay 2, 4',
        from: '2026-03-02T09:00:00.000Z',
        until: '2026-03-03T10:00:00.000Z',
      },
      { name: 'Ward 9', from: '2026-03-03T10:00:00.000Z' },
    ])
  })

  test('is corrected by an update without a move', () => {
    expect(stayOf([admitted, moved, corrected])?.places.map(({ name }) => name)).toEqual([
      'Ward 6, Bay 2, 4',
      'Ward 9, Bay 1',
    ])
  })

  test('ends with a discharge, at the time in the message', () => {
    const stay = stayOf([admitted, moved, home])
    expect(stay).toMatchObject({ status: 'finished', end: '2026-03-04T11:30:00.000Z' })
    expect(stay?.places.at(-1)?.until).toBe('2026-03-04T11:30:00.000Z')
  })

  test('goes on when the discharge is cancelled', () => {
    const stay = stayOf([admitted, home, backIn])
    expect(stay).toMatchObject({ status: 'in-progress' })
    expect(stay).not.toHaveProperty('end')
    expect(stay?.places.at(-1)).not.toHaveProperty('until')
  })

  test('drops what an update sends as "", and keeps what it does not send', () => {
    const at = '20260303110000'
    const silent = adt({ event: 'A08', at, why: '', place: '' })
    expect(stayOf([admitted, silent])).toMatchObject({
      ...{ reason: 'Heart failure', start: '2026-03-02T09:00:00.000Z', places: [{}] },
    })
    for (const why of ['""', '^""'])
      expect(stayOf([admitted, adt({ event: 'A08', at, why })])?.reason).toBeNull()
    const nulls = adt({ event: 'A08', at, place: '""', start: '""', end: '""' })
    const stay = stayOf([admitted, nulls])
    expect(stay?.places).toEqual([])
    expect(stay).not.toHaveProperty('start')
    expect(stayOf([admitted, home, adt({ event: 'A08', at: '20260305', end: '""' })])).toEqual({
      ...stayOf([admitted, home]),
      end: undefined,
    })
    expect(stayOf([admitted, adt({ event: 'A08', at, why: '""' }), home])?.reason).toBe(
      'Heart failure',
    )
  })

  test('is cancelled when the admission is cancelled', () => {
    expect(stayOf([admitted, never])?.status).toBe('cancelled')
  })

  test('is made from its discharge alone', () => {
    const given = adt({ event: 'A03', at: '20260304120000', start: '202603020900' })
    expect(stayOf([given])).toMatchObject({
      ...{ status: 'finished', start: '2026-03-02T09:00:00.000Z', end: '2026-03-04T12:00:00.000Z' },
    })
  })

  test('keeps what only the record knows about its beginning', () => {
    const whole = stayOf([admitted, moved])
    if (!whole) throw new Error('no stay')
    const given = { id: 'adt-1', person: 'p', visit: admitted.visit, facility: 'STANNE' }
    const onRecord = stayOnRecord(stayToFhir({ ...given, stay: whole }, undefined))
    expect(onRecord).toEqual(whole)
    expect(stayOf([home], onRecord)).toEqual(stayOf([admitted, moved, home]))
    expect(stayOf([moved, home], onRecord)).toEqual(stayOf([admitted, moved, home]))
    const ended = stayOf([admitted, moved, home])
    expect(stayOf([backIn], ended)).toEqual(stayOf([admitted, moved, home, backIn]))
    expect(stayOf([moved], ended)).toEqual(whole)
  })

  test('is the same whatever the order of its messages', () => {
    const all = [admitted, moved, corrected, home, backIn, never]
    const part = fc.subarray(all, { minLength: 1 })
    const shuffled = part.chain((chosen) =>
      fc.tuple(
        fc.constant(chosen),
        fc.shuffledSubarray(chosen, { minLength: chosen.length, maxLength: chosen.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([inOrder, mixed]) => {
        expect(stayOf(mixed)).toEqual(stayOf(inOrder))
      }),
    )
  })

  test('keeps what others wrote on the Encounter', () => {
    const stay = stayOf([admitted])
    if (!stay) throw new Error('no stay')
    const given = { id: 'adt-1', person: 'p', visit: admitted.visit, facility: 'STANNE', stay }
    const first = stayToFhir(given, undefined)
    const noted = { ...first, type: [{ text: 'seen by the heart team' }], period: { end: '2026' } }
    expect(stayToFhir(given, noted)).toEqual({ ...first, type: noted.type })
  })
})
