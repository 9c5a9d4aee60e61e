import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import type { DiaryVisit } from '#domain/diary/diary-visit.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { todayBy } from '#test-support/worlds/balbir.ts'
import { beginMeeting } from '#test-support/worlds/meeting-world.ts'

const visit: DiaryVisit = {
  ...{ id: 'v-1', person: 'Huw', personName: 'Zoë Huw', kind: 'diary-visit', reason: '' },
  by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
  ...{ start: '2026-03-12T09:00:00.000Z', end: '2026-03-12T09:30:00.000Z' },
  ...{ place: '4 Mill Lane', state: 'booked' },
}

eachStore('The diary', (open) => {
  const put = async (call: Caller, each: DiaryVisit, version?: number) =>
    (
      await call(`/fhir/Appointment/${each.id}`, {
        ...{ method: 'PUT', json: diaryVisitToFhir(each) },
        headers: version ? { 'If-Match': `W/"${version}"` } : { 'If-None-Match': '*' },
      })
    ).status

  test('A visit is made, moved with a reason, cancelled with a reason, and never deleted or booked again', async () => {
    const { call } = await beginMeeting(open)
    expect(await put(call, visit)).toBe(201)
    const later = { start: '2026-03-13T09:00:00.000Z', end: '2026-03-13T09:30:00.000Z' }
    expect(await put(call, { ...visit, ...later }, 1), 'from when').toBe(422)
    const moved = { ...visit, ...later, movedFrom: visit.start }
    expect(await put(call, moved, 1), 'why').toBe(422)
    expect(await put(call, { ...moved, reason: 'Snow' }, 1)).toBe(200)
    const told = { who: 'Zoë Huw', how: 'by telephone', at: '2026-03-10T09:00:00.000Z' }
    expect(await put(call, { ...moved, reason: 'Snow', told }, 2)).toBe(200)
    const again = { start: '2026-03-14T09:00:00.000Z', end: '2026-03-14T09:30:00.000Z' }
    const second = { ...moved, ...again, movedFrom: later.start, reason: 'Ice', told }
    expect(await put(call, second, 3), 'told of the first change only').toBe(422)
    const gone: DiaryVisit = { ...moved, state: 'cancelled' }
    expect(await put(call, gone, 3), 'why').toBe(422)
    expect(await put(call, { ...gone, reason: 'Amina is ill' }, 3)).toBe(200)
    const inOneLine = { who: 'Her son, by telephone', how: '', at: told.at }
    expect(await put(call, { ...gone, reason: 'Amina is ill', told: inOneLine }, 4)).toBe(200)
    expect(await put(call, { ...moved, reason: 'Snow' }, 5)).toBe(422)
    const elsewhere = { ...gone, ...again, reason: 'Amina is ill' }
    expect(await put(call, elsewhere, 5), 'cancelled, and no other time').toBe(422)
    const deleted = await call('/fhir/Appointment/v-1', {
      ...{ method: 'DELETE', headers: { 'If-Match': 'W/"5"' } },
    })
    expect(deleted.status).toBe(403)
  })

  test('A visit needs a professional, an end within eight hours and no words of its own', async () => {
    const { call } = await beginMeeting(open)
    expect(await put(call, { ...visit, end: visit.start })).toBe(422)
    expect(await put(call, { ...visit, end: '2026-03-12T18:00:00.000Z' })).toBe(422)
    const record = diaryVisitToFhir(visit)
    for (const wrong of [
      { ...record, participant: record.participant.slice(0, 1) },
      { ...record, description: 'Wound care' },
    ]) {
      const answer = await call('/fhir/Appointment/v-1', {
        ...{ method: 'PUT', json: wrong, headers: { 'If-None-Match': '*' } },
      })
      expect(answer.status).toBe(422)
    }
  })

  test('Whoever has not been told of a cancelled or moved visit is on the Today of who would have gone, until it is written down', async () => {
    const { call, server } = await beginMeeting(open)
    const told = { who: 'Zoë Huw', how: 'by telephone', at: '2026-03-10T09:00:00.000Z' }
    const toTell = async (who: string) =>
      (await todayBy(await server.as(who))).items.filter(({ kind }) => kind === 'tell')
    expect(await put(call, visit)).toBe(201)
    expect(await toTell('amina')).toEqual([])
    const gone: DiaryVisit = { ...visit, state: 'cancelled', reason: 'Amina is ill' }
    expect(await put(call, gone, 1)).toBe(200)
    expect(await toTell('amina')).toMatchObject([
      {
        ...{ person: 'Huw', reference: 'Appointment/v-1', text: 'Amina is ill', due: visit.start },
        ...{ detail: 'cancelled', whose: { reference: 'Practitioner/amina-yusuf' } },
      },
    ])
    for (const who of ['karen', 'stranger', 'grace']) expect(await toTell(who), who).toEqual([])
    expect((await todayBy(call)).people.find(({ id }) => id === 'Huw')?.band).toBe('today')
    expect(await put(call, { ...gone, told }, 2)).toBe(200)
    expect(await toTell('amina')).toEqual([])
  })

  test('A diary shows nobody a person whom they may not see, and only professionals write in it', async () => {
    const { call, server } = await beginMeeting(open)
    expect(await put(call, visit)).toBe(201)
    const found = async (who: string) => {
      const answer = await (await server.as(who))(
        '/fhir/Appointment?practitioner=Practitioner/amina-yusuf&date=ge2026-03-12',
      )
      const { entry = [] } = (await answer.json()) as Bundle
      return entry.length
    }
    expect(await found('amina')).toBe(1)
    for (const who of ['stranger', 'ruth', 'grace', 'chidi']) {
      expect(await found(who), who).toBe(0)
      expect(await put(await server.as(who), { ...visit, id: 'v-2' }), who).not.toBe(201)
    }
    expect(await put(call, { ...visit, id: 'v-3', person: 'Far' })).not.toBe(201)
  })
})
