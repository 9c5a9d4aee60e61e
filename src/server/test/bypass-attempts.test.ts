import type { Bundle, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { breakGlassMinutes } from '#domain/access/break-glass.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { beginSession } from '#server/auth/session.ts'
import { breakGlassRequest } from '#test-support/access/access-world.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  aboutMe,
  amina,
  chidi,
  grace,
  share,
  standing,
} from '#test-support/worlds/grace-records.ts'

const at = new Date('2026-03-02T09:00:00Z')
const codes = 'https://gable.example/codes'
const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const between = { security: [{ system: codes, code: 'professional-only' }] }
const whole = {
  ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const team = (member: string) => ({
  ...{ resourceType: 'CareTeam', id: 'team', status: 'active', subject: grace },
  participant: [{ member: { reference: `Practitioner/${member}` } }],
})
const condition = (id: string, more = {}) => ({
  ...{ resourceType: 'Condition', id, subject: grace, code: { text: 'Something private' } },
  ...more,
})
const lab = {
  ...{ resourceType: 'Observation', id: 'lab', status: 'final', subject: grace },
  ...{ code: { text: 'HbA1c' }, valueString: '90' },
}
const talk = (id: string, about?: string, more = {}) => ({
  ...{ resourceType: 'Communication', id, status: 'completed', subject: grace, sender: amina },
  ...{ payload: [{ contentString: id }], ...more },
  ...(about ? { about: [{ reference: about }] } : {}),
})
const provenance = (id: string, target: string) => ({
  ...{ resourceType: 'Provenance', id, target: [{ reference: target }] },
  ...{ recorded: '2026-03-02T09:00:00Z', agent: [{ who: amina }] },
})
const breakGlass = breakGlassRequest('safeguarding', 'Her nephew may be hurting her')
const entry = (resource: { resourceType: string; id: string }) => ({
  ...{ request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` }, resource },
})

eachStore('Ways around the access rules that are closed', (open) => {
  const started = async (...records: readonly object[]) => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: at })
    await server.seed([...standing, whole, team('amina-yusuf'), ...records] as never)
    const send = async (who: string, method: string, path: string, json: object, version = 1) =>
      await (await server.as(who))(`/fhir/${path}`, {
        ...{
          method,
          json,
          headers: method === 'PUT' && version ? { 'If-Match': `W/"${version}"` } : {},
        },
      })
    const put = async (
      who: string,
      record: Readonly<{ resourceType: string; id: string }>,
      version = 0,
    ) => (await send(who, 'PUT', `${record.resourceType}/${record.id}`, record, version)).status
    const post = async (who: string, path: string, json: object) =>
      await send(who, 'POST', path, json)
    const text = async (who: string, path: string) =>
      await (await (await server.as(who))(`/fhir/${path}`)).text()
    const statuses = async (who: string, ...paths: readonly string[]) => {
      const call = await server.as(who)
      return await Promise.all(paths.map(async (path) => (await call(`/fhir/${path}`)).status))
    }
    return { ...server, put, post, text, statuses }
  }

  test('a copy for the person made by a colleague contains no restricted records', async () => {
    const server = await started(condition('secret', { meta: restricted }), condition('open'))
    const path = `Patient/${graceId}/$export-record`
    const copyFor = async (who: string) =>
      await (await server.post(who, path, { resourceType: 'Parameters' })).text()
    const byColleague = await copyFor('ming')
    expect(byColleague).toContain('Condition')
    expect(byColleague).not.toContain('"secret"')
    expect(await copyFor('amina')).toContain('"secret"')
    expect(await copyFor('grace')).toContain('"secret"')
  })

  test('a user in break-glass imports no lasting access for themselves', async () => {
    const server = await started(condition('open'))
    const actor = {
      ...{ identity: 'else', name: 'Nurse Else', role: 'nurse-case-manager' as const },
      ...{ practitioner: 'nurse-else', organisation: 'elsewhere-clinic' },
    }
    const asNurse = async (minutes: number, path: string, method = 'GET', json?: object) => {
      const now = new Date(at.getTime() + minutes * 60_000)
      const Authorization = `Bearer ${await beginSession(server.sql, actor, now)}`
      return await server.anyone(`/fhir/${path}`, { method, json, headers: { Authorization } })
    }
    expect((await asNurse(0, '$break-glass', 'POST', breakGlass)).status).toBe(200)
    const mine = { ...team('nurse-else'), id: 'mine' }
    expect((await asNurse(0, 'CareTeam/mine', 'PUT', mine)).status).toBe(403)
    const imported = await (await asNurse(0, '$import', 'POST', mine)).text()
    expect(imported).toContain('Your access to this person does not allow you to import this')
    server.pass(breakGlassMinutes + 1)
    expect((await asNurse(breakGlassMinutes + 1, 'Condition/open')).status).toBe(404)
  })

  test('an import moves no record from one person to another', async () => {
    const here = {
      resourceType: 'Patient',
      id: 'bee',
      generalPractitioner: whole.generalPractitioner,
    }
    const server = await started(condition('hers'), here)
    const moved = { ...condition('hers'), subject: { reference: 'Patient/bee' } }
    for (const who of ['amina', 'admin']) {
      const answer = await (await server.post(who, '$import', moved)).text()
      expect(answer).toContain('A record cannot be moved to another person')
    }
    expect(await server.text('amina', 'Condition/hers')).toContain(graceId)
  })

  test('a carer does not see that or why the record was opened by break-glass', async () => {
    const server = await started(share(['me', 'team'], ['read']))
    await server.post('stranger', '$break-glass', breakGlass)
    await server.statuses('stranger', `Patient/${graceId}`)
    const parameter = [
      { name: 'copy', valueString: 'full' },
      { name: 'reason', valueString: 'complaint' },
    ]
    const copy = { resourceType: 'Parameters', parameter }
    await server.post('amina', `Patient/${graceId}/$export-record`, copy)
    const paths = [`Patient/${graceId}/$who-looked`, `AuditEvent?patient=Patient/${graceId}`]
    for (const path of paths) {
      const hers = await server.text('grace', path)
      expect([hers.includes('hurting'), hers.includes('complaint')]).toEqual([true, true])
      const his = await server.text('chidi', path)
      expect(his).toContain('Amina Yusuf')
      expect(his).not.toMatch(/hurting|safeguarding|complaint|break-glass|BTG/)
    }
  })

  test.each<[who: string, what: string, record: object, changes: object]>([
    ['grace', 'a laboratory result', lab, { category: [{ coding: [{ code: 'vital-signs' }] }] }],
    ['amina', 'Grace’s own words', aboutMe(grace), { code: { text: 'x' }, valueString: 'Nothing' }],
    [
      'chidi',
      'a record shared for reading',
      { ...lab, category: [{ coding: [{ code: 'reading' }] }] },
      { ...aboutMe(chidi), id: 'lab' },
    ],
  ])(
    '%s does not make %s another type of record to change it',
    async (who, _what, record, changes) => {
      const server = await started(record, share(['me'], ['read', 'write']), {
        ...share(['record'], ['read']),
        id: 'share-2',
      })
      const changed = { ...record, ...changes } as typeof lab
      expect(await server.put(who, changed, 1)).toBe(403)
    },
  )

  const measured = {
    ...{ ...lab, id: 'weight', performer: [grace], valueString: '70 kg' },
    category: [{ coding: [{ code: 'vital-signs' }] }],
  }
  const answered = {
    ...{ resourceType: 'QuestionnaireResponse', id: 'answers', status: 'completed' },
    ...{ subject: grace, author: grace, item: [{ linkId: '9' }] },
  }
  test.each([
    ['measured', measured, { valueString: '50 kg' }, { performer: [amina] }],
    ['answered', answered, { item: [{ linkId: '8' }] }, { author: amina }],
  ])(
    'what a person %s is not changed in the person’s name, by anybody',
    async (_what, said, other, asOwn) => {
      const server = await started()
      expect(await server.put('grace', said)).toBe(201)
      for (const who of ['amina', 'admin']) {
        expect(await server.put(who, { ...said, ...other }, 1)).toBe(403)
        const entries = [{ ...entry({ ...said, ...other }) }]
        const request = { ...entries[0]?.request, ifMatch: 'W/"1"' }
        const bundle = { resourceType: 'Bundle', type: 'transaction' }
        const sent = { ...bundle, entry: [{ ...entries[0], request }] }
        expect((await server.post(who, '', sent)).status).toBe(403)
      }
      expect(await server.put('amina', { ...said, status: 'entered-in-error' } as never, 1)).toBe(
        200,
      )
      expect(await server.put('amina', { ...said, ...other, ...asOwn }, 2)).toBe(200)
    },
  )

  test('the alert of break-glass cannot be changed into something else to end it', async () => {
    const server = await started()
    await server.post('stranger', '$break-glass', breakGlass)
    const bundle = JSON.parse(
      await server.text('amina', `Flag?patient=Patient/${graceId}`),
    ) as Bundle
    const flag = bundle.entry?.[0]?.resource as ResourceWithId
    const { code: _code, ...rest } = flag as Resource & { id: string; code?: object }
    expect(
      await server.put('amina', { ...rest, status: 'inactive', code: { text: 'x' } } as never, 1),
    ).toBe(403)
  })

  test('records that refer to a professional-only note are professional-only, by any route and at any depth', async () => {
    const server = await started(talk('note', undefined, { meta: between }))
    const patch = {
      request: { method: 'PATCH', url: 'Communication/note', ifMatch: 'W/"1"' },
      resource: {
        ...{ resourceType: 'Binary', contentType: 'application/json-patch+json' },
        data: btoa(
          JSON.stringify([{ op: 'replace', path: '/payload/0/contentString', value: 'y' }]),
        ),
      },
    }
    const transaction = async (...entries: readonly object[]) =>
      (
        await server.post('amina', '', {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: entries,
        })
      ).status
    expect(await transaction(patch, entry(talk('c1', 'Communication/note')))).toBe(200)
    const comment = entry(talk('c2', 'Communication/note'))
    expect(await transaction(comment, entry(provenance('p2', 'Communication/c2')))).toBe(200)
    const paths = ['Communication/c1', 'Communication/c2', 'Provenance/p2']
    expect(await server.statuses('grace', ...paths)).toEqual([404, 404, 404])
    expect(await server.statuses('amina', ...paths)).toEqual([200, 200, 200])
  })

  test('when a note becomes professional-only, so do all records that refer to it, at any depth', async () => {
    const server = await started()
    for (const each of [
      talk('n'),
      talk('r1', 'Communication/n'),
      talk('r2', 'Communication/r1'),
      provenance('r3', 'Communication/r2'),
    ])
      expect(await server.put('amina', each)).toBe(201)
    const paths = ['Communication/n', 'Communication/r1', 'Communication/r2', 'Provenance/r3']
    expect(await server.statuses('grace', ...paths)).toEqual([200, 200, 200, 200])
    expect(await server.put('amina', talk('n', undefined, { meta: between }), 1)).toBe(200)
    expect(await server.statuses('grace', ...paths)).toEqual([404, 404, 404, 404])
  })

  test('a chain of comments imported together gets the label of its end', async () => {
    const chain = [
      ...[provenance('r3', 'Communication/r2'), talk('r2', 'Communication/r1')],
      ...[talk('r1', 'Communication/n'), talk('n', undefined, { meta: between })],
    ]
    const server = await started(...chain)
    const paths = ['Communication/r1', 'Communication/r2', 'Provenance/r3']
    expect(await server.statuses('grace', ...paths)).toEqual([404, 404, 404])
  })
})
