import { describe, expect, test } from 'vitest'
import { csvRows } from './csv.ts'
import { csvColumns, csvTemplate } from './csv-columns.ts'
import { csvDate } from './csv-dates.ts'
import { csvPeople } from './csv-people.ts'

const cellsOf = (text: string) => csvRows(text).map((each) => each.cells)

test.each([
  [
    'commas',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'Windows line ends',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
  [
    'quotation marks',
    '"a","b"\n"1, and ""more""","2\n3"',
    [
      ['a', 'b'],
      ['1, and "more"', '2\n3'],
    ],
  ],
  [
    'pipes',
    'a|b\n1,5|2',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['spaces around cells', ' a , "b" \n', [['a', 'b']]],
  [
    'empty cells at the end',
    'a,b,\n,,x\n',
    [
      ['a', 'b', ''],
      ['', '', 'x'],
    ],
  ],
  [
    'a heading in quotation marks that holds the other separator',
    '"a;b;c",d\n1,2',
    [
      ['a;b;c', 'd'],
      ['1', '2'],
    ],
  ],
] as const)('CSV with %s is read', (_what, text, cells) => {
  expect(cellsOf(text)).toEqual(cells)
})

test('empty rows are left out but counted as a spreadsheet counts them', () => {
  expect(csvRows('a,b\n\n,\n1,2').map((each) => each.row)).toEqual([1, 4])
})

test.each([
  ['not closed', 'a,b\n1,"2\n3,4', 2, 3],
  ['with more after it', 'a,b\n"1"x,2\n3,4\n', 2, 3],
])('a quotation mark %s breaks only its own row', (_what, text, broken, sound) => {
  const rows = csvRows(text)
  expect(rows.filter((each) => each.broken).map((each) => each.row)).toEqual([broken])
  expect(rows.find((each) => each.row === sound)?.cells).toEqual(['3', '4'])
})

test('quotation marks inside a cell are part of its text', () => {
  expect(cellsOf('a,b\nSmith,Robert "Bob"\nJones,Ann')).toEqual([
    ['a', 'b'],
    ['Smith', 'Robert "Bob"'],
    ['Jones', 'Ann'],
  ])
})

describe('What a spreadsheet does to a list', () => {
  const head = 'NHS number,Family name,Given name,Birth date,Sex,Mobile,Postcode'
  const read = (row: string) => csvPeople(`${head}\n${row}`, '2031-05-05')

  test.each([
    ['a non-breaking space', '999\u00a0000\u00a04072'],
    ['thin spaces', '999\u2009000\u20094072'],
    ['an invisible character', '\u200b9990004072'],
    ['non-breaking hyphens', '999\u2011000\u20114072'],
    ['dashes', '999\u2013000\u20134072'],
    ['direction marks', '\u202d9990004072\u202c'],
    ['a zero after a decimal point', '9990004072.0'],
  ])('is undone: %s in an NHS number', (_what, number) => {
    const [person] = read(`${number},Plain,Ada,04/01/1934,F,07700 900001,zz1 1aa`)?.people ?? []
    expect(person?.entry.resource).toMatchObject({
      identifier: [{ value: '9990004072' }],
      address: [{ postalCode: 'ZZ1 1AA' }],
    })
  })

  test('is undone: spaces, a lost zero, a postcode without its space', () => {
    const row = '\t9990010366,  Spaced   Out ,Sia  Ann,1934-01-04,Not specified,7700900020,ZZ11AA'
    expect(read(row)?.people[0]?.entry.resource).toMatchObject({
      name: [{ family: 'Spaced Out', given: ['Sia', 'Ann'] }],
      gender: 'unknown',
      telecom: [{ value: '07700900020' }],
      address: [{ postalCode: 'ZZ1 1AA' }],
    })
  })

  test.each([
    ['9.10E+9,Short,Hal,1934-01-04,F,07700900008,ZZ1 1AA', ['shortened']],
    ['9990006660,Phone,Ida,1934-01-04,F,4.47701E+11,ZZ1 1AA', ['shortened']],
    ['9990009627,#N/A,Ria,1934-01-04,F,#REF!,ZZ1 1AA', ['no-value', 'no-value']],
    ['9990009996,Nul,NULL,1934-01-04,F,NULL,ZZ1 1AA', ['no-value', 'no-value']],
    ['9990007772,Digits,Mia,04/01/34,F,07700900014,ZZ1 1AA', ['date-unread']],
    ['9990008140,Serial,Nia,12423,F,07700900015,ZZ1 1AA', ['date-unread']],
  ])('is reported, and the row refused: %s', (row, codes) => {
    const { people, refused } = read(row) ?? {}
    expect(people).toEqual([])
    expect(refused?.[0]?.faults.map((each) => each.code)).toEqual(codes)
  })

  test('a person whose family name is Null is accepted', () => {
    expect(read('9990009996,Null,Ada,1934-01-04,F,07700900001,ZZ1 1AA')?.people).toHaveLength(1)
  })
})

test('headings are known by many names, and unknown ones are reported', () => {
  const head = [
    'SURNAME',
    'First_name',
    'D.O.B.',
    'Address 1',
    'Address line 2',
    'Colour',
    'DOB',
    '',
  ]
  expect(csvColumns(head)).toEqual({
    fields: ['family', 'given', 'birthDate', 'line', 'line', undefined, undefined, undefined],
    unread: ['Colour', 'DOB'],
  })
  expect(csvColumns(['DOB', 'Postcode'])).toBeUndefined()
})

const ground = { today: '2026-11-22', monthFirst: false }

test.each([
  ['1934-01-04', '1934-01-04'],
  ['1934-01-04T00:00:00', '1934-01-04'],
  ['19340104', '1934-01-04'],
  ['04/01/1934', '1934-01-04'],
  ['4.1.1934', '1934-01-04'],
  ['25-12-1934', '1934-12-25'],
  ['04-Jan-1934', '1934-01-04'],
  ['4 January 1934', '1934-01-04'],
  ['29/02/2024', '2024-02-29'],
])('the date %s is %s', (text, day) => {
  expect(csvDate(text, ground)).toBe(day)
})

test.each([
  ['04/01/34', 'date-unread'],
  ['soon', 'date-unread'],
  ['4 Foo 1934', 'date-unread'],
  ['31/02/1934', 'date-impossible'],
  ['04/25/1934', 'date-impossible'],
  ['29/02/2025', 'date-impossible'],
  ['2026-11-23', 'date-impossible'],
  ['1834-01-04', 'date-impossible'],
])('the date %s is refused: %s', (text, code) => {
  expect(csvDate(text, ground)).toEqual({ code, value: text })
})

const withCells = (each: object) => ({ ...each, cells: expect.any(Array) })

test('in a file with the month first, a date that can be read two ways is refused', () => {
  const list = csvPeople(
    'Family;Born\nA;04/25/1934\nB;03/04/1934\nC;05/05/1934\nD;1934-03-04',
    ground.today,
  )
  expect(list?.refused).toEqual([
    ...[{ row: 2, faults: [{ code: 'date-impossible', value: '04/25/1934' }] }].map(withCells),
    ...[{ row: 3, faults: [{ code: 'date-two-ways', value: '03/04/1934' }] }].map(withCells),
  ])
  expect(list?.people.map(({ row }) => row)).toEqual([4, 5])
})

const listed = (text: string) => csvPeople(text, ground.today)
const patients = (text: string) => listed(text)?.people.map(({ entry }) => entry.resource) ?? []

test('a row becomes a person with all that it says, and nothing more', () => {
  const text = `\uFEFFTitle,Given name,Family name,Birth date (dd/mm/yyyy),Sex,NHS number,Address 1,Address 2,Town,Postcode,Mobile,Email,Practice code (ODS),Practice name
Mrs,Ann Mary,"O’Brien, Smith",04/01/1934,F,999 000 0018,Flat 1,2 High Street,Leeds,ls1 1aa,07700 900001,ann@example.org,y12345,Brook Surgery
,,Bare,,,,,,,,,,,`
  const [full, bare] = patients(text)
  expect(full).toEqual({
    resourceType: 'Patient',
    id: expect.stringMatching(/^csv-[0-9a-f]{32}$/),
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    name: [{ use: 'official', family: 'O’Brien, Smith', given: ['Ann', 'Mary'], prefix: ['Mrs'] }],
    telecom: [
      { system: 'phone', value: '07700 900001', use: 'mobile' },
      { system: 'email', value: 'ann@example.org' },
    ],
    gender: 'female',
    birthDate: '1934-01-04',
    address: [{ line: ['Flat 1', '2 High Street'], city: 'Leeds', postalCode: 'LS1 1AA' }],
    generalPractitioner: [
      {
        identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y12345' },
        display: 'Brook Surgery',
      },
    ],
  })
  expect(bare).toEqual({
    resourceType: 'Patient',
    id: expect.stringMatching(/^csv-/),
    name: [{ use: 'official', family: 'Bare' }],
  })
})

test('text in brackets after a heading makes it another column, unless it says how cells are written', () => {
  const text = 'Family,DOB (DD-MM-YYYY),Phone (next of kin)\nHill,04-01-1934,01632 960001'
  expect(patients(text)).toMatchObject([{ birthDate: '1934-01-04' }])
  expect(patients(text)[0]).not.toHaveProperty('telecom')
  expect(listed(text)?.unread).toEqual(['Phone (next of kin)'])
})

test('the same person has the same id in the next list, whatever its layout', () => {
  const [one] = patients('Family,NHS number,Phone\nHill,9990000018,1')
  const [again] = patients('NHS number;Family\n999-000-0018;HILL-SMITH')
  expect(again?.id).toBe(one?.id)
  const [plain] = patients('Family,Given,Born,Postcode\nHill,Ann,04/01/1934,LS1 1AA')
  const [other] = patients('Family,Given,Born,Postcode\nhill,ann,1934-01-04,ls11aa')
  const [elder] = patients('Family,Given,Born,Postcode\nHill,Ann,1904-01-04,LS1 1AA')
  expect(other?.id).toBe(plain?.id)
  expect(elder?.id).not.toBe(plain?.id)
})

test.each([
  ['Family,Given\n,', []],
  ['Family,Phone\n,1', ['no-name ']],
  ['Family,NHS number\nHill,999000001', ['nhs-number-wrong 999000001']],
  ['Family,Registered,Left\nHill,2020-02-01,2020-01-01', []],
  ['Family,Date registered,Deduction date\nHill,2020-02-01,2020-01-01', ['left-before 2020-01-01']],
  ['Family,NHS number\nHill,9.99E+09', ['shortened 9.99E+09']],
  ['Family,Sex\nHill,perhaps', ['gender-unknown perhaps']],
  ['Family,Email\nHill,none', ['email-wrong none']],
  ['Family,Given\nHill,Ann,LS1', ['too-many-cells LS1']],
  ['Family,Given\nHill,Ann\nhill,ann', ['twice 2']],
  ['Family,Born,Sex\nHill,soon,x', ['gender-unknown x', 'date-unread soon']],
])('%j refuses %j', (text, faults) => {
  const found = listed(text)?.refused.flatMap((each) => each.faults) ?? []
  expect(found.map(({ code, value }) => `${code} ${value}`)).toEqual(faults)
})

test('the template is a list without people in which every column is known', () => {
  expect(listed(csvTemplate())).toMatchObject({ people: [], refused: [], unread: [] })
  expect(csvColumns(csvRows(csvTemplate())[0]?.cells ?? [])?.fields.length).toBe(22)
})
