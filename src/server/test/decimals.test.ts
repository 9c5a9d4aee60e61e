import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { type TarEntry, unpackTar } from '#server/backup/tar.ts'
import { linesOfChanges, replayChanges } from '#server/hosts/browser/backup.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { standing } from '#test-support/worlds/grace-records.ts'
import { backupOf, freshPglite, livedOn, sourceOf } from '#test-support/worlds/lived-backup.ts'

const subject = `"subject":{"reference":"Patient/${graceId}"}`

/** As text, because JSON.stringify would drop digits. */
const reading = (id: string, value: string, more = '') =>
  `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"x"},${subject}${more},` +
  `"valueQuantity":{"value":${value},"unit":"mg"}}`

const part = (value: string) => `{"code":{"text":"y"},"valueQuantity":{"value":${value}}}`
const parts = (...values: readonly string[]) => `,"component":[${values.map(part).join(',')}]`

const long = '12345678901234567890.123456789'
const fhir = { 'Content-Type': 'application/fhir+json' }
const put = (body: string, version?: number) => ({
  ...{ method: 'PUT', body },
  headers: { ...fhir, ...(version ? { 'If-Match': `W/"${version}"` } : {}) },
})
const post = (body: string, kind = fhir['Content-Type']) =>
  ({ method: 'POST', body, headers: { 'Content-Type': kind } }) as const

/** The literals of all values in a text, in order. */
const valuesIn = (text: string): readonly string[] =>
  [...text.matchAll(/"value":\s?(-?[\d.eE+-]+)/g)].map(([, value = '']) => value)

async function valuesAt(call: Caller, path: string): Promise<readonly string[]> {
  const answer = await call(path)
  expect(answer.status).toBe(200)
  return valuesIn(await answer.text())
}

const mg = (value: string) => `{"value":${value},"unit":"mg"}`
const person = `{"reference":"Patient/${graceId}"}`

/** Decimals at every kind of place: in elements, lists and extensions, and beside an element. */
const places: readonly (readonly [type: string, content: string])[] = [
  [
    'Goal',
    `"lifecycleStatus":"active","description":{"text":"x"},"subject":${person},
     "target":[{"measure":{"text":"m"},"detailRange":{"low":${mg('2.0')},"high":${mg('3.00')}}}]`,
  ],
  [
    'MedicationRequest',
    `"status":"active","intent":"order","medicationCodeableConcept":{"text":"m"},"subject":${person},
     "dosageInstruction":[{"timing":{"repeat":{"frequency":2,"period":1.0,"periodUnit":"d"}},
       "doseAndRate":[{"doseQuantity":${mg('0.0250')}}]}]`,
  ],
  [
    'CarePlan',
    `"status":"active","intent":"plan","subject":${person},
     "extension":[{"url":"https://x.example/a","extension":[{"url":"b","valueDecimal":88.0}]}]`,
  ],
  [
    'QuestionnaireResponse',
    `"status":"completed","subject":${person},"item":[{"linkId":"1","answer":[{"valueDecimal":5.10}]}]`,
  ],
  [
    'Observation',
    `"status":"final","code":{"text":"c"},"subject":${person},"effectiveDateTime":"2026-03-01",
     "_effectiveDateTime":{"extension":[{"url":"https://x.example/e","valueDecimal":3.0}]},
     "valueSampledData":{"origin":${mg('2.0')},"period":1.0,"factor":1.00,"dimensions":1,"data":"E"},
     "referenceRange":[{"low":${mg('1.0')},"high":${mg('9.90')}}],"contained":[
       {"resourceType":"Observation","id":"c","status":"final","code":{"text":"c"},"valueQuantity":${mg('7.0')}}]`,
  ],
  [
    'MolecularSequence',
    `"coordinateSystem":0,"patient":${person},
     "quality":[{"type":"indel","roc":{"precision":[0.10,0.20,0.2,1e-1],"score":[1,2]}}]`,
  ],
]

/** All numbers in a text, regardless of names and order. */
const numbersIn = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(/[:[,]\s?(-?\d[\d.eE+-]*)(?=[,}\]])/g)].map(([, found]) => found).toSorted()

/** Literals of every form of JSON number, up to 25 digits, the same in each run. */
function literals(count: number): readonly string[] {
  let seed = 7
  const upTo = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % (most + 1)
  }
  const some = (length: number) => Array.from({ length }, () => upTo(9)).join('')
  return Array.from({ length: count }, () => {
    const whole = upTo(2) === 0 ? '0' : `${1 + upTo(8)}${some(upTo(14))}`
    const fraction = upTo(3) === 0 ? '' : `.${some(upTo(6))}${'0'.repeat(1 + upTo(3))}`
    const exponent = upTo(4) === 0 ? `${'eE'[upTo(1)]}${['', '+', '-'][upTo(2)]}${upTo(30)}` : ''
    return `${upTo(3) === 0 ? '-' : ''}${whole}${fraction}${exponent}`
  })
}

const known = [
  '1.50',
  long,
  '1e2',
  '1.0E2',
  '100.00',
  '-0.0',
  '-0',
  '0.00',
  '1e-7',
  '1e+21',
  '7',
  '0.0000001',
]

eachStore('A decimal', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: livedOn })
    await server.seed(standing, 'brook-surgery')
    return { ...server, amina: await server.as('amina') }
  }

  test('of any form is byte for byte the same when read, found, in history, backed up and restored', async () => {
    const { sql, amina } = await started()
    const all = [...known, ...literals(300)]
    const body = reading('d1', '37.0', parts(...all))
    const made = await amina('/fhir/Observation/d1', put(body))
    expect(valuesIn(await made.text())).toEqual([...all, '37.0'])
    expect(await valuesAt(amina, '/fhir/Observation/d1')).toEqual([...all, '37.0'])
    const changed = reading('d1', '37.00', parts(...all))
    expect((await amina('/fhir/Observation/d1', put(changed, 1))).status).toBe(200)
    const found = `/fhir/Observation?patient=Patient/${graceId}&_id=d1`
    expect(await valuesAt(amina, found)).toEqual([...all, '37.00'])
    expect(await valuesAt(amina, `${found}&_elements=component`)).toEqual(all)
    const history = '/fhir/Observation/d1/_history'
    expect(await valuesAt(amina, history)).toEqual([...all, '37.00', ...all, '37.0'])
    expect(await valuesAt(amina, `${history}/1`)).toEqual([...all, '37.0'])
    const everything = await (await amina(`/fhir/Patient/${graceId}/$everything`)).text()
    expect(valuesIn(everything)).toEqual(expect.arrayContaining(all))

    const { entries } = await backupOf(sql)
    const there = await freshPglite()
    await restoreBackup(there, sourceOf(entries), { now: livedOn, merge: false })
    const again = await (await openHandler({ sql: there, now: livedOn })).as('amina')
    expect(await valuesAt(again, '/fhir/Observation/d1')).toEqual([...all, '37.00'])
    expect(await valuesAt(again, `${history}/1`)).toEqual([...all, '37.0'])
    expect((await backupOf(there)).manifest.counts).toEqual((await backupOf(sql)).manifest.counts)
  })

  test.each(places)('keeps its digits anywhere in a %s', async (type, content) => {
    const { amina } = await started()
    const body = `{"resourceType":"${type}","id":"d1",${content}}`
    const wanted = numbersIn(body)
    const at = `/fhir/${type}/d1`
    const made = await amina(at, put(body))
    expect(numbersIn(await made.text())).toEqual(wanted)
    const read = await (await amina(at)).json()
    const cut = { ...{ method: 'PUT', json: { ...read, language: 'en' } } }
    const match = { 'If-Match': made.headers.get('etag') ?? '' }
    expect((await amina(at, { ...cut, headers: match })).status).toBe(200)
    expect(numbersIn(await (await amina(at)).text())).toEqual(wanted)
  })

  test('keeps its digits in a long bundle, sent as a transaction or an import', async () => {
    const { amina } = await started()
    const bundle = (name: string) => {
      const entries = Array.from({ length: 120 }, (_, at) => {
        const [type, content] = places[at % 3] ?? ['', '']
        const resource = `{"resourceType":"${type}","id":"${name}-${at}",${content}}`
        return `{"resource":${resource},"request":{"method":"PUT","url":"${type}/${name}-${at}"}}`
      })
      const padding = ' '.repeat(90_000)
      return `{"resourceType":"Bundle","type":"transaction",${padding}"entry":[${entries.join(',')}]}`
    }
    expect((await amina('/fhir', post(bundle('sent')))).status).toBe(200)
    expect((await amina('/fhir/$import', post(bundle('brought')))).status).toBe(200)
    for (const [at, [type, content]] of places.slice(0, 3).entries())
      for (const name of ['sent', 'brought']) {
        const kept = await (await amina(`/fhir/${type}/${name}-${117 + at}`)).text()
        expect(numbersIn(kept)).toEqual(numbersIn(`{${content}}`))
      }
  })

  test('keeps its digits when a client that rounds them sends the record back', async () => {
    const { amina } = await started()
    const values = ['1.50', long, '2.50', '80']
    await amina('/fhir/Observation/d1', put(reading('d1', '37.0', parts(...values))))
    const read = await (await amina('/fhir/Observation/d1')).json()
    const json = { ...read, note: [{ text: 'Looked at' }] }
    const saved = await amina('/fhir/Observation/d1', {
      ...{ method: 'PUT', json, headers: { 'If-Match': 'W/"1"' } },
    })
    expect(valuesIn(await saved.text())).toEqual([...values, '37.0'])
    const [first, ...others] = read.component
    const moved = { ...json, component: [...others, { ...first, valueQuantity: { value: 1.6 } }] }
    await amina('/fhir/Observation/d1', {
      ...{ method: 'PUT', json: moved, headers: { 'If-Match': 'W/"2"' } },
    })
    expect(await valuesAt(amina, '/fhir/Observation/d1')).toEqual([
      long,
      '2.50',
      '80',
      '1.6',
      '37.0',
    ])
    const exact = reading('d1', '37.000', parts('2.5'))
    await amina('/fhir/Observation/d1', put(exact, 3))
    expect(await valuesAt(amina, '/fhir/Observation/d1')).toEqual(['2.50', '37.000'])
  })

  test('keeps its digits through patches, alone and in a transaction, and where one moves it', async () => {
    const { amina } = await started()
    await amina('/fhir/Observation/d1', put(reading('d1', '1.50', parts('2.50', long))))
    const patch = (steps: string, version: number) =>
      amina('/fhir/Observation/d1', {
        ...{ method: 'PATCH', body: steps },
        headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': `W/"${version}"` },
      })
    const steps = `[{"op":"test","path":"/valueQuantity/value","value":1.5},
      {"op":"replace","path":"/component/0/valueQuantity/value","value":3.70},
      {"op":"add","path":"/component/0","value":${part('1e2')}},
      {"op":"copy","from":"/component/2/valueQuantity/value","path":"/component/0/valueQuantity/value"},
      {"op":"add","path":"/note","value":[{"text":"x"}]}]`
    expect((await patch(steps, 1)).status).toBe(200)
    expect(await valuesAt(amina, '/fhir/Observation/d1')).toEqual([long, '3.70', long, '1.50'])
    const data = btoa('[{"op":"replace","path":"/valueQuantity/value","value":4.500}]')
    const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[
      {"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"${data}"},
       "request":{"method":"PATCH","url":"Observation/d1","ifMatch":"W/\\"2\\""}},
      {"fullUrl":"urn:uuid:1","resource":${reading('x', '6.0')},"request":{"method":"POST","url":"Observation"}},
      {"request":{"method":"GET","url":"Observation/d1"}}]}`
    const done = await amina('/fhir', { ...post(bundle) })
    expect(done.status).toBe(200)
    expect(valuesIn(await done.text())).toEqual([long, '3.70', long, '4.500'])
    const made = await amina(`/fhir/Observation?patient=Patient/${graceId}&value-quantity=6.0`)
    expect(valuesIn(await made.text())).toEqual(['6.0'])
    const batch = `{"resourceType":"Bundle","type":"batch","entry":[
      {"resource":${reading('d2', '0.010')},"request":{"method":"PUT","url":"Observation/d2"}},
      {"request":{"method":"GET","url":"Observation/d2"}}]}`
    const both = await (await amina('/fhir', post(batch))).text()
    expect(valuesIn(both)).toEqual(['0.010', '0.010'])
  })

  test('keeps its digits through imports as a bundle and NDJSON, and a correction of them is an update', async () => {
    const { amina } = await started()
    const bundle = (value: string) =>
      `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${reading('d1', value)}}]}`
    const importText = async (body: string, kind?: string) =>
      (await (await amina('/fhir/$import', post(body, kind))).text()).replace(/\s/g, '')
    const lines = `${reading('d1', '1.50')}\n${reading('d2', long)}`
    expect(await importText(bundle('1.5'))).toContain('"created","valueInteger":1')
    expect(await importText(lines, 'application/fhir+ndjson')).toContain(
      '"updated","valueInteger":1',
    )
    expect(await importText(bundle('1.50'))).toContain('"unchanged","valueInteger":1')
    expect(await valuesAt(amina, '/fhir/Observation/d1')).toEqual(['1.50'])
    expect(await valuesAt(amina, '/fhir/Observation/d2')).toEqual([long])
    const strange = `${reading('d3', '2.50')}\n${reading('d4', '1e400')}`
    const outcome = await importText(strange, 'application/fhir+ndjson')
    expect(outcome).toContain('Observation.valueQuantity.valueisanumbertoolarge')
    expect(await valuesAt(amina, '/fhir/Observation/d3')).toEqual(['2.50'])
    expect((await amina('/fhir/Observation/d4')).status).toBe(404)
  })

  test('is in a copy of the record as it was sent, in the NDJSON and on the page', async () => {
    const { amina } = await started()
    await amina('/fhir/Observation/d1', put(reading('d1', '1.50', parts(long))))
    const bytes = await (
      await amina(`/fhir/Patient/${graceId}/$export-record`, post('{"resourceType":"Parameters"}'))
    ).bytes()
    const files = new Map<string, string>()
    async function* chunks() {
      yield bytes
    }
    for await (const { name, bytes: content } of unpackTar(chunks()) as AsyncIterable<TarEntry>)
      files.set(name, new TextDecoder().decode(content))
    expect(valuesIn(files.get('Observation.ndjson') ?? '')).toEqual(
      expect.arrayContaining(['1.50', long]),
    )
    expect(files.get('record.html')).toContain('<dd>1.50</dd>')
    expect(files.get('record.html')).toContain(`<dd>${long}</dd>`)
  })

  test('keeps its digits in the copy that a device makes of its changes', async () => {
    const { amina, store } = await started()
    await amina('/fhir/Observation/d1', put(reading('d1', '1.50', parts(long, '1e2'))))
    const lines = await linesOfChanges(store, livedOn.toISOString())
    const there = await openHandler({ now: livedOn })
    await there.seed(standing, 'brook-surgery')
    await replayChanges(there.store, new Blob([lines.join('\n')]))
    const again = await there.as('amina')
    expect(await valuesAt(again, '/fhir/Observation/d1')).toEqual([long, '1e2', '1.50'])
  })

  test.each([
    ['is too large', '1e400'],
    ['is too close to zero', '1e-400'],
    ['has more than a thousand digits', `0.${'1'.repeat(1_001)}`],
  ])('that %s is refused with its place', async (_title, value) => {
    const { amina } = await started()
    const body = reading('d1', '1.50', parts(value))
    const refused = await amina('/fhir/Observation/d1', put(body))
    expect(refused.status).toBe(422)
    const { issue } = await refused.json()
    expect(issue[0]).toMatchObject({
      code: 'value',
      expression: ['Observation.component[0].valueQuantity.value'],
    })
    expect(issue[0].details.text).toContain('too large, too small or too long')
    const asked = await amina('/fhir/Observation/$validate', post(body))
    expect((await asked.json()).issue[0].severity).toBe('error')
    const unchecked = `{"resourceType":"Account","id":"a","status":"active","x":[{"y":${value}}]}`
    expect((await amina('/fhir/Account/a', put(unchecked))).status).toBe(422)
  })

  test('of twenty digits is found by its own digits', async () => {
    const { amina } = await started()
    await amina('/fhir/Observation/d1', put(reading('d1', long)))
    const found = `/fhir/Observation?patient=Patient/${graceId}&value-quantity=`
    expect(await valuesAt(amina, `${found}${long}`)).toEqual([long])
    expect(await valuesAt(amina, `${found}ne${long}`)).not.toContain(long)
  })

  test('keeps its digits, while a whole number is stored plain however it was sent', async () => {
    const { amina } = await started()
    const whole = `{"resourceType":"Observation","id":"w","status":"final","code":{"text":"x"},${subject},
      "valueInteger":2.0,"extension":[{"url":"x","valuePositiveInt":3e0},{"url":"y","valueDecimal":2.0}]}`
    expect((await amina('/fhir/Observation/w', put(whole))).status).toBe(201)
    const text = (await (await amina('/fhir/Observation/w')).text()).replace(/\s/g, '')
    expect(text).toContain('"valueInteger":2')
    expect(text).not.toContain('"valueInteger":2.')
    expect(text).toContain('"valuePositiveInt":3}')
    expect(text).toContain('"valueDecimal":2.0}')
  })

  test('shows nothing of how it is stored, whatever was sent beside it', async () => {
    const { sql, amina } = await started()
    await amina('/fhir/Observation/d1', put(reading('d1', '1e2')))
    const { rows } = await sql.query<{ text: string }>(
      `select content::text as text from resource where id = 'd1'`,
    )
    expect(rows[0]?.text).toContain('"value~": "1e2"')
    expect(await (await amina('/fhir/Observation/d1')).text()).not.toContain('~')
    const forged = reading('d2', '1.5').replace('"unit"', '"value~":"9.99","unit"')
    expect((await amina('/fhir/Observation/d2', put(forged))).status).toBe(422)
  })
})
