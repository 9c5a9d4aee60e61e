import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { csvLines } from '#domain/csv/csv-file.ts'
import { importPartsOf } from '#domain/import/parts.ts'
import { textEncodingOf } from '#domain/import/stream/text-encoding.ts'
import { listed } from '#test-support/worlds/listed.ts'
import { correctedHead, correctedLine } from './corrected-line.ts'
import { csvReader, csvRows } from './csv.ts'
import { csvPeople } from './csv-people.ts'

const today = '2026-11-22'
const separators = constantFrom(',', ';', '\t', '|')
const ends = constantFrom('\n', '\r\n', '\r')
/** A cell as RFC 4180 writes it, with everything in it that could be taken for the end of it. */
const cell = string({
  unit: constantFrom('a', 'Ł', '"', ',', ';', '|', '\t', '\n', '\r', ' '),
  maxLength: 8,
})
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test('whatever cells are written in quotation marks are read as they were, in any separator and line end', () => {
  void assert(
    property(array(tuple(cell, cell), { maxLength: 6 }), separators, ends, (rows, mark, end) => {
      const lines = [`"x"${mark}"y"`, ...rows.map((each) => each.map(quoted).join(mark))]
      const read = csvRows(lines.join(end)).slice(1)
      const meant = rows.map((each) => each.map((text) => text.trim()))
      expect(read.map((each) => each.cells)).toEqual(meant.filter((each) => each.some(Boolean)))
      expect(read.some((each) => each.broken)).toBe(false)
    }),
  )
})

test('a file in parts is read as the whole file is, wherever it is parted', () => {
  const piece = constantFrom('a', '"', '""', ',', ';', '\n', '\r\n', '\r', ' ', 'é', '\uFEFF')
  void assert(
    property(array(piece, { maxLength: 40 }), array(integer({ min: 0, max: 60 })), (all, cuts) => {
      const text = all.join('')
      const reader = csvReader()
      const places = [
        ...cuts.filter((each) => each < text.length).sort((a, b) => a - b),
        text.length,
      ]
      const parts = places.map((to, at) => text.slice(places[at - 1] ?? 0, to))
      const rows = [...parts.flatMap((part) => reader.push(part)), ...reader.end()]
      expect(rows).toEqual(csvRows(text))
    }),
  )
})

test('a quotation mark that is never closed does not swallow the rest of a long file', () => {
  const reader = csvReader()
  const line = 'Hill,Ann\n'
  const first = reader.push(`Family,Given\n"Hill,Ann\n${line.repeat(20_000)}`)
  const rows = [...first, ...reader.end()]
  expect(rows.filter((each) => each.broken).map((each) => each.row)).toEqual([2])
  expect(rows).toHaveLength(20_002)
})

const text = 'Family name;Given name\nNúñez;Zoë\n'
const utf16 = (big: boolean, mark: boolean) => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}

test.each([
  ['UTF-8', new TextEncoder().encode(text), 'utf-8'],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`), 'utf-8'],
  ['UTF-16 as Excel saves it', utf16(false, true), 'utf-16le'],
  ['UTF-16, the other way round', utf16(true, true), 'utf-16be'],
  ['UTF-16 without a mark', utf16(false, false), 'utf-16le'],
  ['Windows-1252', new Uint8Array(Buffer.from(text, 'latin1')), 'windows-1252'],
])('a list in %s is recognised and read', async (_what, bytes, encoding) => {
  const parts = await importPartsOf(new Blob([bytes]), today)
  expect(parts).toMatchObject({ list: { encoding } })
  const [chunk] = 'chunks' in parts ? await listed(parts.chunks()) : []
  expect(chunk?.body).toContain('"family":"Núñez","given":["Zoë"]')
})

test.each([
  ['two encodings in one file', new Uint8Array([...Buffer.from('Núñez'), 0xfa]), 'not-utf8'],
  ['a byte that no encoding has', new Uint8Array([0x41, 0x81, 0x42]), 'not-utf8'],
  [
    'an end in the middle of a letter',
    new TextEncoder().encode('Family\nNúñ').subarray(0, -1),
    'cut-in-character',
  ],
])('%s is not read, because letters would be lost', async (_what, bytes, why) => {
  expect(await textEncodingOf(new Blob([bytes]))).toEqual({ why })
})

test('FHIR in another encoding than UTF-8 is refused', async () => {
  const bytes = new Uint8Array(Buffer.from('{"resourceType":"Patient","x":"é"}', 'latin1'))
  expect(await importPartsOf(new Blob([bytes]), today)).toEqual({ why: 'not-utf8' })
})

const whole = 'Family,Given,Born,Postcode\nHill,Ann,04/01/1934,LS1 1AA\nRose,Bea,05/02/1940,LS1 1AB'

test('wherever a list is cut inside its last row, that row is refused or says less, and the others are read', () => {
  const start = whole.lastIndexOf('\n') + 1
  for (let to = start + 1; to < whole.lastIndexOf(','); to += 1) {
    const list = csvPeople(whole.slice(0, to), today)
    expect(list?.survey.isCut).toBe(true)
    expect(list?.people.map(({ row }) => row)).toEqual([2])
    expect(list?.refused.map(({ faults }) => faults[0]?.code)).toEqual(['cut'])
  }
})

test('a refused row stands among the rows of the list, so that the list is not taken as whole without it', async () => {
  const parts = await importPartsOf(new Blob(['Family,Born\nHill,soon\nRose,\n']), today)
  const keys = 'list' in parts && parts.list ? await listed(parts.list.keys()) : []
  expect(keys).toEqual([expect.stringMatching(/^csv-/), 'refused-row-2'])
})

test('dates that no row settles are counted, and one row that settles them is enough', () => {
  expect(csvPeople(whole, today)?.survey.twoWays).toBe(2)
  expect(csvPeople(`${whole}\nDay,Cy,25/02/1940,LS1 1AC`, today)?.survey.twoWays).toBe(0)
})

test('an NHS number with a wrong check digit is kept, marked, and finds nobody', () => {
  const [found] = csvPeople('Family,NHS number\nHill,9990000019', today)?.people ?? []
  expect(found?.entry.resource).toMatchObject({
    identifier: [
      {
        value: '9990000019',
        extension: [
          {
            valueCodeableConcept: { coding: [{ code: 'number-present-but-not-traced' }] },
          },
        ],
      },
    ],
  })
  expect(found?.entry.request).not.toHaveProperty('ifNoneExist')
})

test.each([
  [
    'an EMIS Web report',
    'NHS Number,EMIS Number,Surname,Given Name,Date of Birth,Gender,House Name Flat Number,Number and Street,Village,Town,County,Postcode,Home Telephone Number,Mobile Telephone Number,E-mail Address,Date of Registration,Ethnic Category',
  ],
  [
    'a SystmOne report',
    'NHS number|Surname|First name|Title|Date of birth|Sex|House name|House number|Road|Locality|Town|County|Postcode|Telephone (home)|Mobile telephone|Email|Registered date|Deduction date|Deduction reason|Main spoken language',
  ],
  [
    'elements of PDS',
    'NHS_NUMBER;FAMILY_NAME;GIVEN_NAME;PREFIX;DATE_OF_BIRTH;DATE_OF_DEATH;GENDER_CODE;ADDRESS_LINE_1;ADDRESS_LINE_2;POSTCODE;PRIMARY_CARE_CODE;REASON_FOR_REMOVAL_CODE;REASON_FOR_REMOVAL_START_DATE',
  ],
])('every heading of %s is understood', (_what, headings) => {
  expect(csvPeople(`${headings}\n`, today)?.unread).toEqual([])
})

test('refused rows are written so that no spreadsheet runs them, and are read again as they were', () => {
  const anything = string({
    unit: constantFrom('=', '+', '-', '@', 'a', '"', ',', '1', '|'),
    maxLength: 6,
  })
  void assert(
    property(array(tuple(anything, anything), { minLength: 1, maxLength: 4 }), (rows) => {
      const lines = rows.map((cells) => correctedLine(cells, { width: 2, last: '=why' }))
      const text = correctedHead(['Family', 'Given'], 'Reason') + csvLines(lines)
      const [, ...read] = csvRows(text)
      for (const { cells } of read) for (const each of cells) expect(each).not.toMatch(/^[=+\-@|]/)
    }),
  )
  const line = correctedLine(['Hill', '+44 7700 900001'], { width: 2, last: 'x' })
  const text = correctedHead(['Family', 'Mobile'], 'Why') + csvLines([line])
  const list = csvPeople(text, today)
  expect(list?.unread).toEqual(['Why'])
  expect(list?.people[0]?.entry.resource).toMatchObject({ telecom: [{ value: '+44 7700 900001' }] })
})

test('a cell of many thousand marks is refused at once, and an email address needs something on both sides', () => {
  const faultsOf = (email: string) =>
    (csvPeople(`Family,Email\nHill,${email}`, today)?.refused ?? []).flatMap((each) =>
      each.faults.map(({ code, value }) => `${code} ${value.length}`),
    )
  // four times the marks took sixteen times as long: 400,000 took more than a minute
  expect(faultsOf('@'.repeat(400_000))).toEqual(['too-long 41'])
  expect(faultsOf(`${'@'.repeat(900)} a`)).toEqual(['email-wrong 902'])
  expect(['@b', 'a@', '@', 'a b@c'].map((each) => faultsOf(each).length)).toEqual([1, 1, 1, 1])
  expect(['a@b', 'a@@b', '@@@'].flatMap(faultsOf)).toEqual([])
})
