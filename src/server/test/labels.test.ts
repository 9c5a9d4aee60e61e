import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { sql0016ConsentsOpen } from '#server/store/migrations/0016-consents-open.ts'
import {
  because,
  between,
  labelled,
  ofPerson,
  record,
  restricted,
  type Sample,
} from '#test-support/access/access-labels.ts'
import { breakGlassRequest } from '#test-support/access/access-world.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const at = new Date('2026-03-02T09:00:00Z')
const whole = {
  ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
} as Sample
const team = record('CareTeam', 'team', { status: 'active', participant: [{ member: amina }] })
const illness = record('Condition', 'illness', { code: { text: 'Something private' } })
const message = (id: string, more: object = {}) =>
  record('Communication', id, { status: 'completed', sender: amina, ...more })
const given = { ...share(['me'], ['read']), id: 'given', performer: [grace] } as Sample
const own = (id: string) => ofPerson.find((each) => each.id === id) as Sample
const changed = (one: Sample, more: object) => ({ ...one, ...more }) as Sample

eachStore('A label', (open) => {
  const started = async (...records: readonly Sample[]) => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: at })
    await server.seed([...standing, whole, team, ...ofPerson, illness, given, ...records])
    const send = async (who: string, method: string, path: string, json: object, version = 0) => {
      const headers: Record<string, string> = version ? { 'If-Match': `W/"${version}"` } : {}
      if (method === 'PATCH') headers['Content-Type'] = 'application/json-patch+json'
      return await (await server.as(who))(`/fhir/${path}`, { method, json, headers })
    }
    const sees = async (who: string, path: string) =>
      (await (await server.as(who))(`/fhir/${path}`)).status === 200
    const put = async (who: string, one: Sample, version = 0) =>
      (await send(who, 'PUT', `${one.resourceType}/${one.id}`, one, version)).status
    return { ...server, send, sees, put }
  }

  test('is refused with a clear reason', async () => {
    const server = await started()
    const steps = [{ op: 'add', path: '/meta/security', value: [between] }]
    for (const path of ['Goal/her-goal', `Patient/${graceId}`]) {
      const refused = await server.send('amina', 'PATCH', path, steps, 1)
      expect(await refused.text()).toContain('A label cannot hide from a person')
      expect(await server.sees('grace', path)).toBe(true)
    }
    const bare = labelled(illness, restricted)
    const unsaid = await server.send('amina', 'PUT', 'Condition/illness', bare, 1)
    expect(unsaid.status).toBe(422)
    expect(await unsaid.text()).toContain('Give a reason')
  })

  test('is refused on any new record of the person, also in an import', async () => {
    const server = await started()
    for (const one of ofPerson) {
      const fresh = changed(labelled(one, because(between)), { id: `new-${one.id}` })
      const outcome = await (await server.send('amina', 'POST', '$import', fresh)).text()
      expect([
        one.id,
        await server.put('amina', fresh),
        outcome.includes('cannot be hidden'),
      ]).toEqual([...[one.id, 403, one.resourceType !== 'Consent']])
    }
  })

  test('is added with a reason by named professionals, and removed only by them', async () => {
    const closed = labelled(illness, because(between))
    const server = await started()
    for (const who of ['patel', 'grace', 'chidi', 'stranger'])
      expect([who, await server.put(who, closed, 1)]).not.toEqual([who, 200])
    expect(await server.put('amina', labelled(illness, between), 1)).toBe(422)
    expect(await server.put('amina', closed, 1)).toBe(200)
    expect(await server.sees('grace', 'Condition/illness')).toBe(false)
    expect(await server.put('patel', illness, 2)).toBe(403)
    expect(await server.put('patel', labelled(illness, between), 2)).toBe(403)
    expect(await server.put('amina', labelled(illness, between), 2)).toBe(422)
    expect(await server.put('patel', changed(closed, { code: { text: 'Another' } }), 2)).toBe(200)
    expect(await server.put('amina', illness, 3)).toBe(200)
    expect(await server.sees('grace', 'Condition/illness')).toBe(true)
  })

  test('that restricts a record of the person’s own is visible to the person, who cannot remove it', async () => {
    const goal = own('her-goal')
    const server = await started()
    expect(await server.put('amina', labelled(goal, because(restricted)), 1)).toBe(200)
    const shown = await (await server.as('grace'))('/fhir/Goal/her-goal')
    expect(await shown.text()).toContain('Her nephew')
    expect(await server.put('grace', goal, 2)).toBe(403)
    expect(await server.put('amina', labelled(goal, restricted), 2)).toBe(422)
    expect(await server.put('amina', goal, 2)).toBe(200)
  })

  test('on a note is for its writer, only within their organisation', async () => {
    const note = message('of-patel', { sender: { reference: 'Practitioner/anil-patel' } })
    const server = await started()
    expect(await server.put('patel', labelled(note, between))).toBe(201)
    expect(await server.put('ming', note, 1)).toBe(403)
    expect(await server.put('patel', note, 1)).toBe(200)
    expect(await server.put('patel', labelled(note, between), 2)).toBe(200)
    expect(await server.put('amina', note, 3)).toBe(403)
  })

  test('is refused on a person’s record even after its author was changed', async () => {
    const reading = own('her-reading')
    const server = await started()
    await server.store.write({
      resource: changed(reading, { performer: [amina] }),
      expect: 'anything',
    })
    const closed = labelled(changed(reading, { performer: [amina] }), because(between))
    expect(await server.put('amina', closed, 2)).toBe(403)
    expect(await server.sees('grace', 'Observation/her-reading')).toBe(true)
  })

  test('cannot be set through the focus of a promise, or by making it a suggestion', async () => {
    const server = await started(labelled(message('note'), between))
    const promise = own('a-promise')
    const aboutNote = { focus: { reference: 'Communication/note' } }
    expect(await server.put('amina', changed(promise, aboutNote), 1)).toBe(403)
    for (const one of [promise, own('hers-to-do'), own('asked-by-her')]) {
      expect(await server.put('amina', changed(one, { intent: 'proposal' }), 1)).toBe(403)
      expect(await server.sees('grace', `Task/${one.id}`)).toBe(true)
    }
    const code = { coding: [{ code: 'staff-task' }] }
    const work = changed(own('hers-to-do'), { id: 'secret', owner: amina, code })
    const secret = labelled(work, between)
    expect(await server.put('amina', secret)).toBe(201)
    expect(await server.put('amina', changed(secret, { owner: grace }), 1)).toBe(403)
  })

  test('of a record it refers to never hides a person’s own record, new, imported or later', async () => {
    const reference = { reference: 'Communication/note' }
    const about = [{ url: 'https://gable.example/fhir/about', valueReference: reference }]
    const speaking = ofPerson
      .filter(({ resourceType: type }) => type !== 'Communication' && type !== 'Consent')
      .map((one) =>
        changed(one, {
          id: `new-${one.id}`,
          ...(one.resourceType === 'Task' ? { focus: reference } : { extension: about }),
        }),
      )
    const server = await started(labelled(message('note'), between), message('open'))
    const isSeen = async (one: Sample) => [
      one.id,
      await server.sees('grace', `${one.resourceType}/${one.id}`),
    ]
    for (const one of speaking) {
      const status = await server.put('amina', one)
      expect([one.id, status === 403 || (await isSeen(one))[1]]).toEqual([one.id, true])
    }
    const promise = speaking.find(({ id }) => id === 'new-a-promise') as Sample
    const refused = await server.send('amina', 'PUT', `Task/${promise.id}`, promise)
    expect(await refused.text()).toContain('A label cannot hide from a person')
    const bundle = { resourceType: 'Bundle', type: 'collection' }
    const entry = speaking
      .filter(({ resourceType: type }) => type !== 'Observation')
      .map((one) => ({ resource: changed(one, { id: `brought-${one.id}` }) }))
    await server.send('amina', 'POST', '$import', { ...bundle, entry })
    const imported = await server.sees('grace', 'Goal/brought-new-her-goal')
    expect([imported, await server.sees('grace', 'Task/brought-new-a-promise')]).toEqual([
      true,
      true,
    ])
    const open = { reference: 'Communication/open' }
    const later = changed(promise, { id: 'later', focus: open })
    expect(await server.put('amina', later)).toBe(201)
    expect(await server.put('amina', labelled(message('open'), between), 1)).toBe(200)
    expect(await isSeen(later)).toEqual(['later', true])
  })

  test('on a message does not hide the person’s answer to it', async () => {
    const about = [{ reference: 'Communication/open' }]
    const answer = message('answer', { sender: grace, about })
    const server = await started(message('open'), answer)
    expect(await server.put('amina', labelled(message('open'), between), 1)).toBe(200)
    expect(await server.sees('grace', 'Communication/open')).toBe(false)
    expect(await server.sees('grace', 'Communication/answer')).toBe(true)
  })

  test('does not hide the alert of break-glass from the person or from those who check it', async () => {
    const server = await started()
    const asked = breakGlassRequest('emergency', 'Found unconscious')
    await server.send('stranger', 'POST', '$break-glass', asked)
    const { rows } = await server.sql.query<{ id: string }>(
      `select id from resource where rt = 'Flag'`,
    )
    const flag = `Flag/${rows[0]?.id}`
    for (const who of ['amina', 'admin', 'stranger'])
      for (const label of [between, restricted]) {
        const value = { security: [because(label)] }
        const steps = [{ op: 'add', path: '/meta', value }]
        expect((await server.send(who, 'PATCH', flag, steps, 1)).status).toBe(403)
      }
    expect([await server.sees('grace', flag), await server.sees('patel', flag)]).toEqual([
      true,
      true,
    ])
  })

  test('is not removed by an import of a user who may not remove it', async () => {
    const imported = changed(illness, { id: 'brought' })
    const server = await started()
    const importAs = async (who: string, one: Sample) =>
      await (await server.send(who, 'POST', '$import', one)).text()
    await importAs('admin', labelled(imported, between))
    expect(await server.sees('grace', 'Condition/brought')).toBe(false)
    // from here on she has access only through her organisation
    await server.sql.query('delete from relation where agent = $1', ['amina-yusuf'])
    expect(await importAs('amina', imported)).toContain('does not allow you to import this')
    expect(await server.sees('grace', 'Condition/brought')).toBe(false)
    await importAs('admin', imported)
    expect(await server.sees('grace', 'Condition/brought')).toBe(true)
  })

  test('is not added by an import that changes the author, or makes a promise a suggestion', async () => {
    const server = await started()
    const importAs = async (one: Sample) =>
      await (await server.send('amina', 'POST', '$import', one)).text()
    const reading = changed(own('her-reading'), { id: 'brought-reading' })
    const promise = changed(own('a-promise'), { id: 'brought-promise' })
    for (const one of [reading, promise]) await importAs(one)
    const anothers = changed(labelled(reading, because(between)), { performer: [amina] })
    for (const one of [anothers, changed(promise, { intent: 'proposal' })])
      expect(await importAs(one)).toContain('cannot be hidden from them')
    expect(await server.sees('grace', 'Observation/brought-reading')).toBe(true)
    expect(await server.sees('grace', 'Task/brought-promise')).toBe(true)
  })

  test('hides no consent: an earlier one is visible to the person, who can end it', async () => {
    const byHand = [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }]
    const old = labelled(changed(given, { id: 'old', extension: byHand }), between)
    const shut = changed(labelled(old, between, restricted), { id: 'shut' })
    const server = await started(old, shut)
    expect(await server.sees('grace', 'Consent/old')).toBe(true)
    for (const table of ['resource', 'sp', 'link'])
      await server.sql.query(
        `update ${table} t set room = case r.id when 'old' then 'professional' else 'sealed' end
         from resource r where r.rid = t.rid and r.id in ('old', 'shut')`,
      )
    expect(await server.sees('grace', 'Consent/old')).toBe(false)
    await server.sql.script(sql0016ConsentsOpen.replace('update ref t', 'update link t'))
    const { rows } = await server.sql.query(
      `select id, room from resource where id in ('old', 'shut') order by id`,
    )
    // for the person and professionals: not in a room that can be shared with a carer
    expect(rows).toEqual([
      { id: 'old', room: 'own' },
      { id: 'shut', room: 'restricted' },
    ])
    const her = await server.as('grace')
    const listed = await her(`/fhir/Consent?patient=Patient/${graceId}&status=active`)
    const found = ((await listed.json()) as Bundle).entry ?? []
    const ids = found.map(({ resource }) => resource?.id ?? '').toSorted()
    expect(ids).toEqual(['given', 'her-share', 'old', 'shut'])
    expect(await server.sees('chidi', `Patient/${graceId}`)).toBe(true)
    for (const one of [given, old, shut])
      expect(await server.put('grace', changed(one, { status: 'inactive' }), 1)).toBe(200)
    expect(await server.sees('chidi', `Patient/${graceId}`)).toBe(false)
    expect(await server.sees('grace', 'Consent/old/_history/1')).toBe(true)
  })
})
