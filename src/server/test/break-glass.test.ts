import type { AuditEvent, Bundle, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { breakGlassMinutes } from '#domain/access/break-glass.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, standing } from '#test-support/worlds/grace-records.ts'

const graceDetails = { nhsNumber: '9991001018', birthDate: '1934-01-04' }
const asked = (more: Partial<typeof graceDetails> = {}, reason = 'emergency') => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'nhsNumber', valueString: more.nhsNumber ?? graceDetails.nhsNumber },
    { name: 'birthDate', valueDate: more.birthDate ?? graceDetails.birthDate },
    { name: 'reason', valueCode: reason },
    { name: 'words', valueString: 'Found on the floor at the market' },
  ],
})
const robin = { reference: 'Practitioner/robin-vale' }
const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const secret = {
  ...{ resourceType: 'Condition' as const, id: 'secret', meta: restricted },
  ...{ subject: { reference: `Patient/${graceId}` }, code: { text: 'Something private' } },
}
const whole = {
  ...{ resourceType: 'Patient' as const, id: graceId, birthDate: graceDetails.birthDate },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: graceDetails.nhsNumber }],
  name: [{ family: 'Okafor', given: ['Grace'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}

eachStore('Break-glass', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    await server.seed([...standing, whole, secret, goal(amina)])
    const breakGlass = async (identity: string, body: object = asked()) =>
      await (await server.as(identity))('/fhir/$break-glass', { method: 'POST', json: body })
    const statuses = async (identity: string, ...paths: string[]) => {
      const call = await server.as(identity)
      return await Promise.all(paths.map(async (path) => (await call(`/fhir/${path}`)).status))
    }
    return { ...server, breakGlass, statuses }
  }
  const ofToday = async (call: Caller) => {
    const { parameter = [] } = (await (await call('/fhir/$today')).json()) as Parameters
    return parameter
      .filter((each) => each.name === 'item')
      .map((each) => each.part?.find((part) => part.name === 'detail')?.valueString)
  }

  test('NHS number and birth date together open the whole record for an hour of the server’s clock', async () => {
    const server = await started()
    const paths = [`Patient/${graceId}`, 'Condition/secret', 'Communication/whisper-1']
    expect(await server.statuses('stranger', ...paths)).toEqual([404, 404, 404])
    const answer = await server.breakGlass('stranger')
    expect(answer.status).toBe(200)
    const until = new Date(Date.parse('2026-03-02T09:00:00Z') + breakGlassMinutes * 60_000)
    expect(await answer.json()).toMatchObject({
      parameter: [
        { name: 'person', valueReference: { reference: `Patient/${graceId}` } },
        { name: 'until', valueInstant: until.toISOString() },
        { name: 'opening' },
      ],
    })
    expect(await server.statuses('stranger', ...paths)).toEqual([200, 200, 200])
    expect(await server.statuses('stranger', 'Patient/other')).toEqual([404])
    server.pass(breakGlassMinutes)
    expect(await server.statuses('stranger', ...paths)).toEqual([404, 404, 404])
  })

  test('a wrong date, an unknown number and an unknown date give the same answer', async () => {
    const server = await started()
    const answers: string[] = []
    for (const wrong of [
      { birthDate: '1934-01-05' },
      { nhsNumber: '9991001026' },
      { nhsNumber: '9991001026', birthDate: '1950-01-01' },
    ]) {
      const answer = await server.breakGlass('stranger', asked(wrong))
      answers.push(`${answer.status} ${await answer.text()}`)
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^404/)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([404])
  })

  test('five wrong guesses block the user for 15 minutes, even with the right date', async () => {
    const server = await started()
    for (let day = 10; day < 15; day++)
      expect(
        (await server.breakGlass('stranger', asked({ birthDate: `1934-01-${day}` }))).status,
      ).toBe(404)
    expect((await server.breakGlass('stranger')).status).toBe(429)
    server.wait(16)
    expect((await server.breakGlass('stranger')).status).toBe(200)
  })

  test('many guesses at once are limited like guesses one after another', async () => {
    const server = await started()
    const guesses = Array.from({ length: 40 }, (_, day) =>
      server.breakGlass('stranger', asked({ birthDate: `1934-02-${10 + (day % 18)}` })),
    )
    const statuses = (await Promise.all(guesses)).map((each) => each.status)
    expect(statuses.filter((each) => each === 404)).toHaveLength(5)
    expect(statuses.filter((each) => each === 429)).toHaveLength(35)
    const tries = await server.sql.query(
      `select 1 from audit where way = '$break-glass' and not allowed and identity = 'stranger'`,
    )
    expect(tries.rows.length).toBeGreaterThanOrEqual(5)
  })

  test('access opened while the clock was years ahead is closed when the clock is right again', async () => {
    const server = await started()
    const tenYears = 10 * 365 * 24 * 60
    server.pass(tenYears)
    expect((await server.breakGlass('stranger')).status).toBe(200)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([200])
    server.pass(-tenYears)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([404])
    // and the record can be opened again, for an hour by the correct clock
    expect((await server.breakGlass('stranger')).status).toBe(200)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([200])
    server.pass(breakGlassMinutes)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([404])
  })

  test.each(['grace', 'chidi', 'ruth', 'admin'])('%s cannot use break-glass', async (identity) => {
    const server = await started()
    expect((await server.breakGlass(identity)).status).toBe(403)
  })

  test('a reason is required', async () => {
    const server = await started()
    expect((await server.breakGlass('stranger', asked({}, 'curious'))).status).toBe(400)
  })

  test('accesses during break-glass are marked with the reason for the person, also after the end', async () => {
    const server = await started()
    await server.breakGlass('stranger')
    await server.statuses('stranger', `Patient/${graceId}`)
    server.pass(90)
    const path = `/fhir/Patient/${graceId}/$who-looked`
    const log = (await (await (await server.as('grace'))(path)).json()) as Bundle<AuditEvent>
    const marked = (log.entry ?? []).flatMap(({ resource }) =>
      resource?.purposeOfEvent?.[0]?.coding?.[0]?.code === 'BTG' ? [resource] : [],
    )
    expect(marked.map((each) => `${each.agent[0]?.name} ${each.action}`)).toEqual([
      'Dr Robin Vale R',
      'Dr Robin Vale E',
    ])
    expect(marked[0]?.outcomeDesc).toBe('emergency: Found on the floor at the market')
  })

  test('the practice has it on Today until somebody closes it with a reason, and closing ends it', async () => {
    const server = await started()
    await server.breakGlass('stranger')
    const amina = await server.as('amina')
    expect(await ofToday(amina)).toEqual(['emergency'])
    expect(await ofToday(await server.as('stranger'))).toEqual([])
    const { entry = [] } = (await (await amina('/fhir/Flag')).json()) as Bundle
    const flag = entry[0]?.resource
    const closed = {
      method: 'PUT',
      json: { ...flag, status: 'inactive' },
      headers: { 'If-Match': 'W/"1"' },
    }
    expect((await (await server.as('stranger'))(`/fhir/Flag/${flag?.id}`, closed)).status).toBe(403)
    expect((await amina(`/fhir/Flag/${flag?.id}`, closed)).status).toBe(200)
    expect(await ofToday(amina)).toEqual([])
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([404])
  })

  test('nobody prolongs a break-glass grant, creates one as a record or deletes it', async () => {
    const server = await started()
    await server.breakGlass('stranger')
    const amina = await server.as('amina')
    const { entry = [] } = (await (await amina('/fhir/Flag')).json()) as Bundle
    const flag = entry[0]?.resource as { id: string; extension: { url: string }[] }
    const longer = flag.extension.map((each) =>
      each.url.endsWith('open-until') ? { ...each, valueInstant: '2099-01-01T00:00:00Z' } : each,
    )
    const send = async (identity: string, method: string, id: string, json?: object) => {
      const headers: HeadersInit = json && id === flag.id ? { 'If-Match': 'W/"1"' } : {}
      const call = await server.as(identity)
      return (await call(`/fhir/Flag/${id}`, { method, headers, ...(json ? { json } : {}) })).status
    }
    expect(await send('amina', 'PUT', flag.id, { ...flag, extension: longer })).toBe(403)
    expect(await send('amina', 'PUT', 'mine', { ...flag, id: 'mine' })).toBe(403)
    expect(await send('stranger', 'DELETE', flag.id)).toBe(403)
    expect(await send('amina', 'DELETE', flag.id)).toBe(403)
  })

  test('a note in the user’s own name may be written, and existing records are not changed', async () => {
    const server = await started()
    await server.breakGlass('stranger')
    const call = await server.as('stranger')
    const note = {
      ...{ resourceType: 'Communication', id: 'note-1', status: 'completed', sender: robin },
      subject: { reference: `Patient/${graceId}` },
    }
    const put = async (json: { resourceType: string; id: string }, version?: string) =>
      (
        await call(`/fhir/${json.resourceType}/${json.id}`, {
          ...{ method: 'PUT', json },
          headers: version ? { 'If-Match': version } : { 'If-None-Match': '*' },
        })
      ).status
    expect(await put(note)).toBe(201)
    expect(await put({ ...note, id: 'note-2', ...{ sender: amina } })).toBe(403)
    expect(await put({ ...goal(amina), ...{ description: { text: 'Mine' } } }, 'W/"1"')).toBe(403)
    const team = {
      ...{ resourceType: 'CareTeam', id: 'team-1', subject: note.subject },
      participant: [{ member: robin }],
    }
    expect(await put(team)).toBe(403)
    expect((await call('/fhir/Communication/note-1', { method: 'DELETE' })).status).toBe(403)
  })

  test('it can be ended at once, and its alert stays', async () => {
    const server = await started()
    await server.breakGlass('stranger')
    const call = await server.as('stranger')
    const end = `/fhir/Patient/${graceId}/$end-break-glass`
    expect((await call(end, { method: 'POST' })).status).toBe(200)
    expect(await server.statuses('stranger', `Patient/${graceId}`)).toEqual([404])
    expect((await call(end, { method: 'POST' })).status).toBe(404)
    expect(await ofToday(await server.as('amina'))).toEqual(['emergency'])
  })
})
