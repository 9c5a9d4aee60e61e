import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Bundle, Patient } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { csvPeople } from '#domain/import/csv/csv-people.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { importFiles, isAllIn, reportLines } from './import-files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gable-import-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const list = (rows: readonly string[]) =>
  ['Family name;Given name;Birth date;NHS number;Practice code;Colour', ...rows].join('\r\n')
const ann = 'Hill;Ann;04/01/1934;999 000 0018;a99001;red'
const bob = 'O’Brien;Bob;;;;'

eachStore('npm run import', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...demoOrganisationRecords()])
    const admin = await server.as('admin')
    const lines: string[] = []
    const run = (...files: string[]) =>
      importFiles(files, {
        today: '2026-11-22',
        progress: (line) => lines.push(line),
        send: ({ body, contentType }) =>
          admin('/fhir/$import', {
            method: 'POST',
            body,
            headers: { 'Content-Type': contentType },
          }),
      })
    return { ...server, run, admin, lines }
  }

  test('records of a person whose id belongs to another person here are skipped in later files too', async () => {
    const { run, admin } = await started()
    const system = 'https://fhir.nhs.uk/Id/nhs-number'
    const person = (id: string, family: string, value: string, birthDate: string) => ({
      ...{ resourceType: 'Patient', id, name: [{ family }], birthDate },
      identifier: [{ system, value }],
    })
    const condition = (id: string, of: string) => ({
      ...{ resourceType: 'Condition', id, code: { text: 'Epilepsy' } },
      subject: { reference: `Patient/${of}` },
    })
    const lines = (...records: object[]) => records.map((each) => JSON.stringify(each)).join('\n')
    const ada = person('p-1', 'Okoro', '9990000018', '1938-02-03')
    const others = [person('p-1', 'Price', '9990000026', '1971-09-09'), { ...ada, id: 'p-2' }]
    const conditions = [condition('c-1', 'p-1'), condition('c-2', 'p-2')]
    await run(file('a-patient.json', JSON.stringify(ada)))
    const { tally } = await run(
      file('b-patient.ndjson', lines(...others)),
      file('condition.ndjson', lines(...conditions)),
    )
    expect(tally.refusals.map(({ id, place }) => [id, place])).toEqual([
      ['p-1', 1],
      ['c-1', 1],
    ])
    expect((await admin('/fhir/Condition/c-1')).status).toBe(404)
    expect((await admin('/fhir/Condition/c-2')).status).toBe(200)
    expect(await (await admin('/fhir/Patient/p-1')).text()).toContain('Okoro')
  })

  test('every refused row is in a file beside the list, and the first thousand are named', async () => {
    const { run } = await started()
    const bad = Array.from({ length: 1_203 }, (_, at) => `;;;;;=${at}`)
    const report = await run(file('bad.csv', list([ann, ...bad])))
    expect([report.tally.refusals.length, report.tally.totals.refusals]).toEqual([1_000, 1_203])
    expect(isAllIn(report)).toBe(false)
    const said = reportLines(report).join('\n')
    expect(said).toContain('Above are the first 1,000 of 1,203 refused records')
    expect(said).toContain('all 1,203 refused records, with the reasons, are in')
    const rows = readFileSync(join(folder, 'bad.refused.csv'), 'utf8').trimEnd().split('\r\n')
    expect(rows).toHaveLength(1_204)
    expect(rows[0]).toContain('Colour,Why it was refused')
    expect(rows.at(-1), 'no spreadsheet runs it').toBe(",,,,,'=1202,there is no name")
    const again = await run(file('bad.csv', list([ann])))
    expect(again.notes.join()).not.toContain('refused')
  })

  test('a list of people is imported, and a second or zipped one changes nothing', async () => {
    const { run, admin, lines } = await started()
    const text = list([ann, bob])
    const first = await run(file('people.csv', text))
    expect(reportLines(first).map((line) => line.replace(/^\S+people/, 'people'))).toEqual([
      'Patient                  created 2, updated 0, unchanged 0, refused 0',
      'all                      created 2, updated 0, unchanged 0, refused 0',
      'people.csv: these columns were ignored: Colour',
      'people.csv: rows with a date that could be read two ways, read with the day first: 1',
    ])
    expect([isAllIn(first), lines]).toEqual([true, ['2 records · 0 refused · people.csv']])
    const again = await run(file('people.csv.gz', gzipSync(`\uFEFF${text}`)))
    expect(reportLines(again)[0]).toBe(
      'Patient                  created 0, updated 0, unchanged 2, refused 0',
    )
    const found = (await (await admin('/fhir/Patient?family=hill')).json()) as Bundle
    expect(found.entry?.[0]?.resource).toMatchObject({
      birthDate: '1934-01-04',
      identifier: [{ value: '9990000018' }],
    })
  })

  test('a practice with a known code is linked to the person', async () => {
    const { run, admin, sql } = await started()
    const brook = await (await admin('/fhir/Organization/brook-surgery')).json()
    const code = brook.identifier[0].value as string
    await run(file('people.csv', list([`Hill;Ann;;;${code.toLowerCase()};`])))
    const found = (await (await admin('/fhir/Patient?family=hill')).json()) as Bundle
    expect(found.entry?.[0]?.resource).toMatchObject({
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    })
    const { rows } = await sql.query(`select org from relation where kind = 'registered'`)
    expect(rows).toEqual([{ org: 'brook-surgery' }])
  })

  test('a person whose NHS number is here under another id is not created twice', async () => {
    const { run, admin, seed } = await started()
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }]
    await seed([{ resourceType: 'Patient', id: 'known', identifier }], 'brook-surgery')
    const report = await run(file('people.csv', list([ann])))
    expect(report.tally.counts).toMatchObject([{ created: 0, unchanged: 1 }])
    const found = (await (await admin('/fhir/Patient')).json()) as Bundle
    expect(found.entry?.map((each) => each.resource?.id)).toEqual(['known'])
  })

  test('an NHS number that belongs to another person here is refused', async () => {
    const { run, seed } = await started()
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }]
    const other = { name: [{ family: 'Rose' }], birthDate: '1950-01-01' }
    await seed([{ resourceType: 'Patient', id: 'known', identifier, ...other }], 'brook-surgery')
    const report = await run(file('people.csv', list([ann])))
    expect(report.tally.refusals).toMatchObject([
      {
        reason: 'Someone with a different name and date of birth already has this NHS number here',
      },
    ])
  })

  test.each([
    ['a married name', 'Stone;Ann;04/01/1934', { unchanged: 1, refused: 0 }],
    ['a corrected date', 'Hill;Ann;05/01/1934', { unchanged: 1, refused: 0 }],
    ['another name and date', 'Stone;Bea;05/01/1934', { unchanged: 0, refused: 1 }],
    ['another whole name', 'Stone;Bea;04/01/1934', { unchanged: 0, refused: 1 }],
  ])('%s under the same NHS number in the next list: %s gives %j', async (_what, who, counts) => {
    const { run } = await started()
    await run(file('people.csv', list([ann])))
    const report = await run(file('people.csv', list([`${who};999 000 0018;;`])))
    expect(report.tally.counts).toMatchObject([{ created: 0, ...counts }])
  })

  const patients = async (admin: (path: string) => Promise<Response>) => {
    const found = (await (await admin('/fhir/Patient?_sort=family')).json()) as Bundle<Patient>
    return (found.entry ?? []).flatMap((each) => each.resource ?? [])
  }
  const saidOf = ({ identifier = [], telecom = [], address = [] }: Patient) =>
    [...identifier, ...telecom, ...address.map(({ line }) => ({ value: line?.[0] }))].map(
      ({ value }) => value,
    )

  test('two people with one name and unverified NHS numbers are two records, in one list or in two', async () => {
    const { run, admin } = await started()
    const heading = 'Family name,Given name,Birth date,NHS number,Telephone'
    const john = (number: string, phone: string) => `Smith,John,1950-01-01,${number},${phone}`
    const [one, other] = [john('9990000019', '01632 960001'), john('9990000027', '01632 960002')]
    await run(file('one.csv', [heading, one].join('\n')))
    const second = await run(file('two.csv', [heading, other].join('\n')))
    expect(second.tally.counts).toMatchObject([{ created: 1, updated: 0, refused: 0 }])
    const both = [
      ['9990000019', '01632 960001'],
      ['9990000027', '01632 960002'],
    ]
    expect((await patients(admin)).map(saidOf).sort()).toEqual(both)
    const again = await run(file('three.csv', [heading, one, other].join('\n')))
    expect(again.tally.counts).toMatchObject([{ created: 0, updated: 0, unchanged: 2, refused: 0 }])
  })

  test('of two people with one name and nothing else to tell them by, neither takes the other’s record', async () => {
    const { run, admin } = await started()
    const rows = [
      'Family,Given,Phone,Address',
      'Smith,John,01632 960001,1 Old Road',
      'Smith,John,01632 960002,',
    ]
    const first = await run(file('one.csv', rows.slice(0, 2).join('\n')))
    const second = await run(file('two.csv', [rows[0], rows[2]].join('\n')))
    const counts = [first, second].map(({ tally }) => tally.counts[0])
    expect(counts).toMatchObject([{ created: 1 }, { created: 1, updated: 0 }])
    expect((await patients(admin)).map(saidOf).sort()).toEqual([
      ['01632 960001', '1 Old Road'],
      ['01632 960002'],
    ])
    const again = await run(file('three.csv', rows.join('\n')))
    expect(again.tally.counts).toMatchObject([{ created: 0, updated: 0, unchanged: 2, refused: 0 }])
  })

  test('a row never changes a record under its id that has another unverified number', async () => {
    const { run, admin, seed } = await started()
    const text =
      'Family,Given,Birth date,NHS number,Phone\nSmith,John,1950-01-01,9990000019,01632 960001'
    await run(file('one.csv', text))
    const [patient] = await patients(admin)
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000027' }]
    await seed([{ ...patient, id: patient?.id ?? '', resourceType: 'Patient', identifier }])
    const report = await run(file('two.csv', text))
    expect(report.tally.refusals[0]?.reason).toContain('another NHS number, which is not verified')
    expect((await patients(admin)).map(saidOf)).toEqual([['9990000027', '01632 960001']])
  })

  test('a list changes no address, telephone or name of a person found by the number, and shows what differs', async () => {
    const { run, admin } = await started()
    const rows = [
      'Family,Given,Birth date,NHS number,Phone,Address,Email',
      'Hill,Ann,1934-01-04,9990000018,01632 960001,1 Old Road,',
      'Stone,Ann,1934-01-04,9990000018,01632 960002,9 New Road,ann@example.org',
    ]
    await run(file('one.csv', rows.slice(0, 2).join('\n')))
    const { tally } = await run(file('two.csv', [rows[0], rows[2]].join('\n')))
    expect(tally.differences.map(({ what, here, brought }) => [what, here, brought])).toEqual([
      ['address', '1 Old Road', '9 New Road'],
      ['phone', '01632 960001', '01632 960002'],
      ['name', 'Ann Hill', 'Ann Stone'],
    ])
    const [after] = await patients(admin)
    expect([after?.name?.[0]?.family, ...saidOf(after as Patient)]).toEqual([
      ...['Hill', '9990000018', '01632 960001', 'ann@example.org', '1 Old Road'],
    ])
  })

  test('a person found by a number on a joined record is the one in use, and neither is changed', async () => {
    const { run, admin, seed } = await started()
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }]
    const hill = { resourceType: 'Patient' as const, name: [{ family: 'Hill', given: ['Ann'] }] }
    const telecom = [{ system: 'phone' as const, value: '01632 960001' }]
    await seed([{ ...hill, id: 'kept', identifier, telecom }], 'brook-surgery')
    const text = 'Family,Given,NHS number,Phone\nHill,Ann,9990000018,01632 960002'
    const listed = csvPeople(text, '2026-11-22')?.people[0]?.entry.resource as Patient
    await seed([{ ...listed, id: listed.id ?? '' }], 'brook-surgery')
    const parameter = [
      { name: 'keep', valueString: 'kept' },
      { name: 'join', valueString: listed.id },
    ]
    const json = { resourceType: 'Parameters', parameter }
    expect((await admin('/fhir/$join-records', { method: 'POST', json })).status).toBe(200)
    const { tally } = await run(file('people.csv', text))
    expect(tally.counts).toMatchObject([{ created: 0, updated: 0, unchanged: 1, refused: 0 }])
    expect(tally.differences).toMatchObject([{ id: 'kept', what: 'phone', here: '01632 960001' }])
    const joined = (await (await admin(`/fhir/Patient/${listed.id}`)).json()) as Patient
    expect(joined).toMatchObject({
      active: false,
      link: [{ other: { reference: 'Patient/kept' } }],
    })
  })

  test('a correction made here is kept, and reported with its row', async () => {
    const { run, admin } = await started()
    await run(file('people.csv', list([bob, ann])))
    const found = (await (await admin('/fhir/Patient?family=hill')).json()) as Bundle
    const patient = found.entry?.[0]?.resource
    await admin(`/fhir/Patient/${patient?.id}`, {
      method: 'PUT',
      json: { ...patient, birthDate: '1935-01-04' },
      headers: { 'If-Match': 'W/"1"' },
    })
    const report = await run(file('people.csv', list([bob, ann])))
    expect(reportLines(report)[0]).toBe(
      'Patient                  created 0, updated 0, unchanged 1, kept as corrected here 1, refused 0',
    )
    expect(report.tally.keptOurs).toMatchObject([{ place: 3, id: patient?.id }])
    expect(isAllIn(report)).toBe(true)
  })

  test('every refused row and file is reported with its reason, and the others are imported', async () => {
    const { run } = await started()
    const rows = [ann, 'Hill;Ann;31/02/1934;999000001;;', ';;;;;x', 'Poe;Al;;;;;;slipped']
    const report = await run(
      file('people.csv', list(rows)),
      file('broken.csv', 'Family name\n"Hill'),
      file('latin.csv', new Uint8Array([...Buffer.from('Family name\nNúñez\nN'), 0xfa, 0xf1])),
      file('empty.json', ' '),
      file('letter.txt', 'Dear all'),
      file('bomb.json.gz', gzipSync(Buffer.alloc(40_000_000, ' '))),
      file('cut.gz', new Uint8Array([0x1f, 0x8b, 8, 0])),
      file('cut.json', '{"resourceType": "Bundle", '),
      join(folder, 'missing.json'),
    )
    expect(isAllIn(report)).toBe(false)
    const lines = reportLines(report).map((line) => line.replaceAll(`${folder}/`, ''))
    expect(lines[0]).toBe('Patient                  created 1, updated 0, unchanged 0, refused 4')
    expect(lines.filter((line) => line.startsWith('refused'))).toEqual([
      'refused  people.csv, row 3: "999000001" is not an NHS number: it needs ten digits; "31/02/1934" is not a possible day, month and year',
      'refused  people.csv, row 4: there is no name',
      'refused  people.csv, row 5: "slipped" is beyond the last heading: the cells in this row may have moved',
      'refused  broken.csv, row 2: a quotation mark is not closed, or there is text after a closing one',
      'refused  latin.csv: the text encoding cannot be read: save it as CSV UTF-8',
      'refused  empty.json: the file is empty',
      'refused  letter.txt: not FHIR JSON, and not a list with a heading such as "Family name"',
      'refused  bomb.json.gz: it would be too large when unpacked: nothing was imported',
      expect.stringMatching(/^refused {2}cut.gz: /),
      expect.stringMatching(/^refused {2}cut.json: The body is not JSON/),
      expect.stringMatching(/^refused {2}missing.json: ENOENT/),
    ])
  })
})
