import type { Bundle, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { takeTodayRequest } from '#domain/today/today-parameters.ts'
import { beginSession } from '#server/auth/session.ts'
import {
  at,
  codes,
  council,
  elsewhere,
  hospital,
  relationsServer,
  relative,
  request,
  restricted,
  type Sent,
  task,
  to,
  tom,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const weekly = {
  url: 'https://gable.example/fhir/task-repeat',
  valueTiming: { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } },
}

eachStore('A guest by a referral', (open) => {
  const withReferral = async (...more: readonly object[]) =>
    await relationsServer(await open(), request(hospital), task(hospital), ...more)

  const referral = to('ServiceRequest/referral')
  const based = { focus: undefined, basedOn: [to('ServiceRequest/referral')] }
  const asking = (code: string) => ({ code: { coding: [{ system: codes, code }] } })

  test.each<readonly [string, Sent]>([
    ['names the guest', task(tom, 'accepted', { id: 'mine' })],
    ['names the guest’s organisation', task(hospital, 'requested', { id: 'mine' })],
    [
      'is based on the referral too',
      task(tom, 'accepted', { ...based, id: 'mine', focus: referral }),
    ],
  ])('gets no longer access by a second task that %s', async (_what, second) => {
    const server = await withReferral()
    expect(await server.put('tom', second)).toBe(403)
    expect(await server.put('tom', { ...second, status: 'draft' })).toBe(201)
    expect(await server.put('tom', second, 1)).toBe(403)
    expect(await server.put('amina', task(hospital, 'cancelled'), 1)).toBe(200)
    expect(await server.reads('tom')).toBe(404)
  })

  test('makes nothing that opens a record after the guest has gone', async () => {
    const server = await relationsServer(await open(), request(tom), task(tom, 'accepted'))
    const ask = async (who: string, name: string, said: Readonly<Record<string, string>>) => {
      const parameter = Object.entries(said).map(([each, value]) => ({
        name: each,
        ...(each === 'carer' ? { valueReference: to(value) } : { valueString: value }),
      }))
      const json = { resourceType: 'Parameters', parameter }
      return (await server.send(who, `/Patient/${graceId}/$${name}`, { method: 'POST', json }))
        .status
    }
    const agreed = 'She said yes'
    expect(await ask('tom', 'set-card-link', { act: 'new', agreed })).toBe(403)
    expect(await ask('amina', 'set-card-link', { act: 'new', agreed })).toBe(200)
    expect(await ask('tom', 'set-card-link', { act: 'renew', agreed })).toBe(403)
    expect(await ask('tom', 'set-card-link', { act: 'end' }), 'a lost one is stopped').toBe(200)
    const carer = `RelatedPerson/${relative.id}`
    expect(await ask('tom', 'carer-offer', { carer })).toBe(200)
    expect(await ask('tom', 'carer-offer', { carer, answer: 'yes' })).toBe(200)
    expect(await ask('tom', 'open-carer-record', { carer, agreed })).toBe(403)
    expect(await ask('tom', 'end-carer', { carer })).toBe(403)
  })

  test('takes a line of Today, and stays no longer for that; nobody takes a line that is not there', async () => {
    const server = await withReferral()
    const take = async (who: string, reference: string, back = false) => {
      const line = { kind: 'silent' as const, person: graceId, reference, due: '2026-02-01', back }
      const json = takeTodayRequest.write(line)
      return (await server.send(who, '/$take-today', { method: 'POST', json })).status
    }
    for (const none of ['Encounter/none', 'Organization/brook-surgery', 'nothing'])
      expect(await take('tom', none), none).toBe(404)
    expect(await take('tom', `Patient/${graceId}`)).toBe(200)
    expect(await take('amina', `Patient/${graceId}`), 'it is taken').toBe(409)
    expect(await server.put('amina', task(hospital, 'cancelled'), 1)).toBe(200)
    expect(await server.reads('tom')).toBe(404)
  })

  test.each([
    ['for the referral', based],
    ['for nothing that ends', { focus: undefined }],
  ])('stays no longer by a task that repeats: %s', async (_what, more) => {
    const server = await withReferral()
    const step = task(tom, 'accepted', {
      ...{ ...more, id: 'step', ...asking('staff-task'), description: 'Walk with her' },
      ...{ requester: tom, authoredOn: '2026-03-01', meta: restricted },
    })
    const isTied = 'basedOn' in more
    expect(await server.put('amina', step)).toBe(201)
    const done = { ...step, status: 'completed', extension: [weekly] }
    expect(await server.put('tom', done, 1)).toBe(200)
    const found = await (await server.send('amina', `/Task?patient=Patient/${graceId}`)).json()
    const next = ((found as Bundle<Task>).entry ?? [])
      .flatMap(({ resource }) => resource ?? [])
      .find(({ id }) => id?.startsWith('next-'))
    expect(next).toMatchObject({ status: 'requested', meta: { security: restricted.security } })
    expect([next?.owner, next?.basedOn]).toEqual(
      isTied ? [expect.objectContaining(tom), [referral]] : [undefined, undefined],
    )
    expect(await server.put('amina', task(hospital, 'cancelled'), 1)).toBe(200)
    expect(await server.reads('tom')).toBe(404)
  })

  test('cannot make their own task one that gives access', async () => {
    const server = await withReferral()
    const plain = { id: 'mine', ...based, code: { text: 'A visit' } }
    expect(await server.put('tom', task(tom, 'accepted', plain))).toBe(201)
    const again = task(tom, 'accepted', { ...plain, ...asking('referral') })
    expect(await server.put('tom', again, 1)).toBe(403)
    const coded = { ...plain, ...asking('referral'), id: 'coded' }
    expect(await server.put('tom', task(tom, 'requested', coded))).toBe(201)
    expect(await server.put('tom', task(tom, 'requested', { ...coded, focus: referral }), 1)).toBe(
      403,
    )
  })

  const version = to('Organization/st-annes-hospital/_history/1')
  const versioned = { focus: to('ServiceRequest/referral/_history/1') }

  /** What a guest may do with the task that gives access, and with the referral; then the guest closes the task. */
  test.each<readonly [string, readonly Sent[], number]>([
    ['passed on to the guest', [task(tom, 'accepted')], 200],
    ['unchanged', [], 200],
    ['handed back to the nurse', [task(to('Practitioner/amina-yusuf'), 'accepted')], 422],
    ['owned by a version of the guest’s organisation', [task(version, 'accepted')], 200],
    ['done for a version of the referral', [task(hospital, 'accepted', versioned)], 422],
    ['for a version of the referral, by the guest', [task(tom, 'accepted', versioned)], 422],
  ])('loses access when the task of the referral is closed: %s', async (_what, steps, status) => {
    const server = await withReferral()
    const step = { id: 'step', ...based, code: { text: 'A visit' } }
    expect(await server.put('tom', task(tom, 'accepted', step))).toBe(201)
    for (const each of steps) expect(await server.put('tom', each, 1)).toBe(status)
    const last = status === 200 ? steps.at(-1) : undefined
    const closed = { ...task(hospital, 'cancelled'), ...last, status: 'cancelled' } as Sent
    expect(await server.put('amina', closed, last ? 2 : 1)).toBe(200)
    expect(await server.reads('tom')).toBe(404)
  })

  test('cannot make anybody else, nor themselves, the performer of the referral', async () => {
    const server = await withReferral()
    for (const performer of [tom, council])
      expect(await server.put('tom', request(performer), 1)).toBe(403)
    expect(await server.put('tom', { ...request(hospital), note: [{ text: 'x' }] }, 1)).toBe(200)
  })

  test('takes on work by an import as by an update, for the referral and until its end', async () => {
    const server = await withReferral()
    const nurse = { ...elsewhere, organisation: 'st-annes-hospital' }
    const Authorization = `Bearer ${await beginSession(server.sql, nurse, at)}`
    const importJson = async (json: object) => {
      const init = { method: 'POST', json, headers: { Authorization } }
      return await (await server.anyone('/fhir/$import', init)).text()
    }
    const self = to('Practitioner/nurse-else')
    const step = task(self, 'accepted', { id: 'step', focus: undefined, code: { text: 'A visit' } })
    expect(await importJson(step)).not.toContain('reason')
    expect(await importJson(task(hospital, 'requested', { id: 'mine' }))).toContain(
      'You have access through a referral',
    )
    const kept = await (await server.send('amina', '/Task/step')).json()
    expect(kept).toMatchObject({ basedOn: [referral] })
    expect(await importJson(step)).not.toContain('reason')
    expect(await server.put('amina', task(hospital, 'cancelled'), 1)).toBe(200)
    const { status } = await server.anyone(`/fhir/Patient/${graceId}`, {
      headers: { Authorization },
    })
    expect(status).toBe(404)
  })

  test('who is one of two performers loses access alone', async () => {
    const both = { ...request(hospital), performer: [hospital, council] }
    const server = await withReferral(both, task(council, 'requested', { id: 'theirs' }))
    expect(await server.put('amina', task(hospital, 'cancelled'), 1)).toBe(200)
    expect([await server.reads('tom'), await server.reads('karen')]).toEqual([404, 200])
    expect(await server.put('amina', both, 2)).toBe(200)
    expect([await server.reads('tom'), await server.reads('karen')]).toEqual([404, 200])
  })
})
