import type { CarePlan, Goal } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { eventFromFhir } from '#domain/agreement/fhir.ts'
import { stillToAgree } from '#domain/agreement/still-to-agree.ts'
import { planFromFhir } from '#domain/plan/fhir.ts'
import { planStatus } from '#domain/plan/plan-status.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { goal, grace, standing } from '#test-support/worlds/grace-records.ts'
import { answer, answersIn, planId, planToAgree, step } from '#test-support/worlds/plan-to-agree.ts'

const today = '2026-03-02'
const partLeftOut = (record: string, words: string) => ({
  extension: [
    {
      url: 'https://gable.example/fhir/not-agreed',
      extension: [
        { url: 'record', valueReference: { reference: record } },
        { url: 'words', valueString: words },
      ],
    },
  ],
})

const undoing = (was: Goal) => {
  const name = `Goal/${was.id}`
  const told = {
    ...{ resourceType: 'Provenance', id: crypto.randomUUID(), recorded: `${today}T09:00:00Z` },
    target: [{ reference: `${name}/_history/9` }, grace],
    activity: { coding: [{ system: 'https://gable.example/codes', code: 'undo' }] },
    agent: [{ who: grace }],
  }
  const ifMatch = `W/"${was.meta?.versionId}"`
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [
      { resource: was, request: { method: 'PUT', url: name, ifMatch } },
      { resource: told, request: { method: 'PUT', url: `Provenance/${told.id}` } },
    ],
  }
}

eachStore('What the person wrote themselves', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(`${today}T09:00:00Z`) })
    await server.seed([...standing, ...planToAgree] as never, 'brook-surgery')
    const put = async (
      who: string,
      record: Readonly<{ resourceType: string; id: string }>,
      version = 1,
    ) => {
      const call = await server.as(who)
      const { status } = await call(`/fhir/${record.resourceType}/${record.id}`, {
        ...{ method: 'PUT', json: record },
        headers: version > 0 ? { 'If-Match': `W/"${version}"` } : {},
      })
      return status
    }
    const now = async () => {
      const read = await (await server.as('amina'))(`/fhir/CarePlan/${planId}`)
      const plan = (await read.json()) as CarePlan
      const agreements = await answersIn(sql)
      const status = planStatus({ plan: planFromFhir(plan), agreements, today })
      return { version: plan.meta?.versionId, agreements, status }
    }
    const events = async () => {
      const { rows } = await sql.query<{ id: string; content: never }>(
        `select id, content from resource where rt = 'Provenance' order by rid`,
      )
      return rows.flatMap(
        ({ id, content }) => eventFromFhir({ ...(content as object), id } as never) ?? [],
      )
    }
    const undo = async (text = 'To walk to church') => {
      const call = await server.as('grace')
      const read = (await (await call('/fhir/Goal/goal-1')).json()) as Goal
      const { status } = await call('/fhir', {
        method: 'POST',
        json: undoing({ ...read, description: { text } }),
      })
      return status
    }
    return { ...server, sql, put, now, events, undo }
  }
  const rewritten = { ...goal(grace), description: { text: 'To walk to church and back' } }

  test('is not asked of them: their yes is carried to the version that they made, and says so', async () => {
    const server = await started()
    await server.put('grace', answer('agree', 1), 0)
    expect(await server.put('grace', rewritten)).toBe(200)
    const { version, status, agreements } = await server.now()
    expect([version, status]).toEqual(['2', 'current'])
    const [given, carried] = agreements
    expect(carried).toMatchObject({
      version: '2',
      yes: true,
      how: { way: 'own-words' },
      at: given?.at,
    })
    const listed = await (await server.as('amina'))('/fhir/$caseload')
    expect(await listed.text()).toContain('"agreed","valueBoolean":true')
    const told = (await server.events()).map(({ kind, by }) => `${kind} ${by.voice}`)
    expect(told, 'one yes, which she gave').toEqual(['agree person', 'write-goal person'])
  })

  test('is asked again where somebody else wrote too, about their words alone', async () => {
    const server = await started()
    await server.put('grace', answer('agree', 1), 0)
    expect(await server.put('amina', { ...step, description: 'Ring twice' } as never)).toBe(200)
    expect(await server.put('grace', rewritten)).toBe(200)
    const { version, status, agreements } = await server.now()
    expect([version, status, agreements.length]).toEqual(['3', 'awaiting-person', 1])
    const open = stillToAgree({ agreements, events: await server.events() })
    expect(open?.changed.map(({ record }) => record)).toEqual(['Task/step-1'])
  })

  test('answers what they had left out of a yes, and what else they left out stays so', async () => {
    const server = await started()
    const both = {
      extension: [
        ...partLeftOut('Goal/goal-1', 'Not only there').extension,
        ...partLeftOut('Task/step-1', 'Not by phone').extension,
      ],
    }
    await server.put('grace', answer('agree-in-part', 1, both), 0)
    expect(await server.put('grace', rewritten)).toBe(200)
    const { status, agreements } = await server.now()
    expect(status).toBe('agreed-in-part')
    expect(agreements.at(-1)?.notAgreed).toMatchObject([
      { record: 'Task/step-1', words: 'Not by phone' },
    ])
  })

  test('keeps what they left out when they undo it, write it back word for word, or move its day', async () => {
    const server = await started()
    const leftOut = partLeftOut('Goal/goal-1', 'Not only there')
    await server.put('grace', answer('agree-in-part', 1, leftOut), 0)
    const still = async () => {
      const { status, agreements } = await server.now()
      return [status, agreements.at(-1)?.version, agreements.at(-1)?.notAgreed?.[0]?.words]
    }
    const asItWas = goal(grace)
    expect(await server.put('grace', rewritten)).toBe(200)
    expect(await still()).toEqual(['current', '2', undefined])
    expect(await server.undo(), 'undone').toBe(200)
    expect(await still()).toEqual(['agreed-in-part', '3', 'Not only there'])
    const later = { ...asItWas, target: [{ dueDate: '2026-06-01' }] }
    expect(await server.put('grace', later, 3)).toBe(200)
    expect(await still()).toEqual(['agreed-in-part', '4', 'Not only there'])
    expect(await server.put('grace', rewritten, 4)).toBe(200)
    expect(await still()).toEqual(['current', '5', undefined])
    expect(await server.put('grace', asItWas, 5), 'word for word').toBe(200)
    expect(await still()).toEqual(['agreed-in-part', '6', 'Not only there'])
    await server.put('grace', answer('agree', 6), 0)
    expect(await server.put('grace', rewritten, 6)).toBe(200)
    expect(await server.undo(), 'agreed to since').toBe(200)
    expect(await still()).toEqual(['current', '8', undefined])
  })

  test('is not asked when they undo their own change of their own words', async () => {
    const server = await started()
    await server.put('grace', answer('agree', 1), 0)
    expect(await server.put('grace', rewritten)).toBe(200)
    const again = { ...goal(grace), description: { text: 'To sing at church' } }
    expect(await server.put('grace', again, 2)).toBe(200)
    expect(await server.undo('To walk to church and back')).toBe(200)
    const { version, status } = await server.now()
    expect([version, status]).toEqual(['4', 'current'])
  })

  test('is asked when an undo brings back words that they never answered', async () => {
    const server = await started()
    expect(await server.put('grace', rewritten)).toBe(200)
    await server.put('grace', answer('agree', 2), 0)
    expect(await server.undo()).toBe(200)
    const { version, status, agreements } = await server.now()
    expect([version, status, agreements.length]).toEqual(['3', 'awaiting-person', 1])
  })

  test('is not agreed where they had said no, or nothing; and nobody can send such an answer', async () => {
    const server = await started()
    expect(await server.put('grace', rewritten)).toBe(200)
    expect((await server.now()).status).toBe('awaiting-person')
    await server.put('grace', answer('disagree', 2), 0)
    const again = { ...goal(grace), description: { text: 'To sing at church' } }
    expect(await server.put('grace', again, 2)).toBe(200)
    expect((await server.now()).status).toBe('awaiting-person')
    const carried = {
      extension: [
        {
          url: 'https://gable.example/fhir/agreed-how',
          extension: [{ url: 'way', valueCode: 'own-words' }],
        },
      ],
    }
    for (const who of ['grace', 'amina'])
      expect(await server.put(who, answer('agree', 3, carried), 0), who).toBeGreaterThan(400)
    expect((await server.now()).status).toBe('awaiting-person')
  })

  test('is asked when a colleague writes it in the person’s name', async () => {
    const server = await started()
    await server.put('grace', answer('agree', 1), 0)
    expect(await server.put('amina', rewritten)).toBe(200)
    expect((await server.now()).status).toBe('awaiting-person')
  })
})
