import type { QuestionnaireResponse, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  answersServer,
  bundle,
  put,
  subject,
  tasksSeenBy,
} from '#test-support/worlds/answers-server.ts'

const yes = (linkId: string, valueBoolean = true) => ({ linkId, answer: [{ valueBoolean }] })
const whole = (linkId: string, valueInteger: number) => ({ linkId, answer: [{ valueInteger }] })

const falls = (id: string, item: readonly object[], more: object = {}) =>
  ({
    ...{ resourceType: 'QuestionnaireResponse', id, status: 'completed', subject },
    questionnaire: 'https://gable.example/fhir/Questionnaire/falls-checklist|1.0',
    ...{ authored: '2026-03-01T10:00:00Z', item, ...more },
  }) as QuestionnaireResponse & { id: string }

const twoFalls = [yes('fallen'), whole('how-many', 2), yes('night'), yes('unsteady', false)]

type Sent = Readonly<{ resourceType: string; id: string; status?: string }>

eachStore('Rules on answers', (open) => {
  const server = async () => await answersServer((await open()).sql, demoQuestionnaires)
  const write = async (call: Caller, resource: Sent, tag = '') =>
    await call(`/fhir/${resource.resourceType}/${resource.id}`, {
      ...{ method: 'PUT', json: resource, headers: tag ? { 'If-Match': tag } : {} },
    })
  const suggestedTo = async (call: Caller) =>
    (await tasksSeenBy(call)).filter(({ intent }) => intent === 'proposal')
  const codesOf = (tasks: readonly Task[]) =>
    tasks.map(({ reasonCode }) => reasonCode?.coding?.[0]?.code).toSorted()
  const one = async (call: Caller, code: string) => {
    const found = (await suggestedTo(call)).find((each) => codesOf([each])[0] === code)
    if (!found) throw new Error(`Nothing from ${code}`)
    return found as Task & { id: string }
  }
  const dismissed = (task: Task & { id: string }) => ({
    ...{ ...task, status: 'rejected' as const, statusReason: { text: 'She has a light' } },
  })
  const tagOf = ({ meta }: Task) => `W/"${meta?.versionId}"`

  test('say what they suggest, why, and by which version of the rule', async () => {
    const { amina } = await server()
    await write(amina, falls('f1', twoFalls))
    expect(codesOf(await suggestedTo(amina))).toEqual(['falls-again', 'falls-home', 'falls-night'])
    expect(await one(amina, 'falls-again')).toMatchObject({
      ...{ id: 'as-f1-by-falls-again', description: 'Falling again and again' },
      reasonReference: { reference: 'QuestionnaireResponse/f1' },
      input: expect.arrayContaining([
        expect.objectContaining({ valueString: '2 falls in the last year' }),
        expect.objectContaining({ valueString: 'fallen=yes;how-many=2' }),
      ]),
    })
  })

  test('never suggest the same again: while it waits, after a no to the same finding, or while it goes on', async () => {
    const { amina } = await server()
    await write(amina, falls('f1', twoFalls))
    await write(amina, falls('f2', twoFalls))
    expect(await suggestedTo(amina)).toHaveLength(3)
    const night = await one(amina, 'falls-night')
    expect((await write(amina, dismissed(night), tagOf(night))).status).toBe(200)
    await write(amina, falls('f3', twoFalls))
    expect(await suggestedTo(amina)).toHaveLength(3)
    const again = await one(amina, 'falls-again')
    const need = {
      ...{ resourceType: 'Condition', id: 'n', subject, code: { text: 'Falls' } },
      clinicalStatus: { coding: [{ code: 'active' }] },
    }
    const taken = { ...again, status: 'accepted' as const, focus: { reference: 'Condition/n' } }
    const together = bundle('transaction', [
      put(need),
      { ...put(taken), request: { ...put(taken).request, ifMatch: tagOf(again) } },
    ])
    expect((await amina('/fhir', { method: 'POST', json: together })).status).toBe(200)
    const three = [yes('fallen'), whole('how-many', 3)]
    await write(amina, falls('f4', three))
    expect((await suggestedTo(amina)).filter(({ status }) => status === 'requested')).toHaveLength(
      1,
    )
    const over = { ...need, clinicalStatus: { coding: [{ code: 'resolved' }] } }
    await write(amina, over, 'W/"1"')
    await write(amina, falls('f5', three))
    expect(codesOf(await suggestedTo(amina)).filter((each) => each === 'falls-again')).toHaveLength(
      2,
    )
  })

  test('that have to be done today are suggested again after a no; others are once the no is four weeks old', async () => {
    const { sql } = await open()
    const { amina } = await answersServer(sql, demoQuestionnaires)
    const delirium = {
      ...{ resourceType: 'Observation', status: 'final', subject, valueInteger: 8 },
      code: { coding: [{ system: 'https://gable.example/codes', code: '4at-score' }] },
    }
    const on = (id: string, day: string) => ({ ...delirium, id, effectiveDateTime: day })
    const say = async (call: Caller, code: string) => {
      const found = (await suggestedTo(call)).find(
        (each) => codesOf([each])[0] === code && each.status === 'requested',
      ) as (Task & { id: string }) | undefined
      if (!found) return false
      const no = await write(call, dismissed(found), tagOf(found))
      expect(no.status).toBe(200)
      return true
    }
    await write(amina, on('d1', '2026-03-01'))
    await write(amina, falls('f1', twoFalls))
    expect([await say(amina, '4at-delirium'), await say(amina, 'falls-night')]).toEqual([
      true,
      true,
    ])
    await write(amina, on('d2', '2026-03-02'))
    await write(amina, falls('f2', twoFalls, { authored: '2026-03-02T08:00:00Z' }))
    expect([await say(amina, '4at-delirium'), await say(amina, 'falls-night')]).toEqual([
      true,
      false,
    ])
    const now = new Date('2026-04-01T10:00:00Z')
    const later = await (await openHandler({ sql, now })).as('amina')
    await write(later, falls('f3', twoFalls, { authored: '2026-04-01T08:00:00Z' }))
    expect(await say(later, 'falls-night')).toBe(true)
  })

  test('keep what waits up to date with newer answers', async () => {
    const { amina } = await server()
    await write(amina, falls('f1', twoFalls))
    const first = await one(amina, 'falls-again')
    const five = [yes('fallen'), whole('how-many', 5)]
    await write(amina, falls('f2', five, { authored: '2026-03-02T08:00:00Z' }))
    const second = await one(amina, 'falls-again')
    expect(second).toMatchObject({
      ...{ id: first.id, status: 'requested', description: first.description },
      reasonReference: { reference: 'QuestionnaireResponse/f2' },
      input: expect.arrayContaining([
        expect.objectContaining({ valueString: '5 falls in the last year' }),
        expect.objectContaining({ valueString: 'fallen=yes;how-many=5' }),
      ]),
    })
    await write(amina, falls('f0', twoFalls, { authored: '2026-02-28T08:00:00Z' }))
    expect(await one(amina, 'falls-again'), 'older answers change nothing').toEqual(second)
    expect(codesOf(await suggestedTo(amina))).toEqual(['falls-again', 'falls-home', 'falls-night'])
  })

  test('are decided once, with a reason or with the record that comes of it', async () => {
    const { amina } = await server()
    await write(amina, falls('f1', twoFalls))
    const night = await one(amina, 'falls-night')
    const tag = tagOf(night)
    const refusedWith = async (task: Task & { id: string }, words: string) => {
      const answer = await write(amina, task, tag)
      expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(words)])
    }
    await refusedWith({ ...night, status: 'rejected' }, 'Say why')
    await refusedWith({ ...night, status: 'accepted' }, 'Write the record')
    const elsewhere = { reference: 'Condition/not-here' }
    await refusedWith({ ...night, status: 'accepted', focus: elsewhere }, 'Write the record')
    await refusedWith({ ...night, description: 'Something else' }, 'keeps its words')
    expect((await write(amina, dismissed(night), tag)).status).toBe(200)
    const now = await one(amina, 'falls-night')
    const answer = await write(amina, { ...now, status: 'requested' }, tagOf(now))
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('already')])
  })

  test('read only finished answers', async () => {
    const { amina } = await server()
    await write(amina, falls('f1', twoFalls, { status: 'in-progress' }))
    expect(await suggestedTo(amina)).toEqual([])
  })
})
