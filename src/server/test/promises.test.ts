import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, goal, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const tom = { reference: 'Practitioner/tom-price' }
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
const karen = { reference: 'Practitioner/karen-lee' }
const team = {
  ...{ resourceType: 'CareTeam', id: 'team-1', status: 'active', subject: grace },
  participant: [amina, tom, karen].map((member) => ({ member })),
} as const
const promise = (status: string) => ({
  ...{ resourceType: 'Task', id: 'rail', status, intent: 'order', for: grace, owner: tom },
  ...{ description: 'Fit the rail', focus: { reference: 'Goal/goal-1' } },
  restriction: { period: { end: '2026-02-20' } },
})

const said = (category: string, sender: object, text = '', happened?: boolean) => ({
  ...{ resourceType: 'Communication', id: crypto.randomUUID() as string, status: 'completed' },
  ...{ category: [{ coding: [{ system: codes, code: category }] }], subject: grace, sender },
  ...{ about: [{ reference: 'Task/rail' }], sent: '2026-03-02T09:00:00Z' },
  ...(text ? { payload: [{ contentString: text }] } : {}),
  ...(happened === undefined
    ? {}
    : { extension: [{ url: 'https://gable.example/fhir/happened', valueBoolean: happened }] }),
})

eachStore('A promise', (open) => {
  async function started(status = 'completed') {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const consent = share(['conversation'], ['read', 'write'])
    const records = [openCase, team, goal(grace), consent, promise(status)]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    const put = async (who: string, record: Readonly<Record<string, unknown>>, version?: number) =>
      (
        await (
          await server.as(who)
        )(`/fhir/${record['resourceType']}/${record['id']}`, {
          ...{ method: 'PUT', json: record },
          ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
        })
      ).status
    const today = async (who: string) => await (await (await server.as(who))('/fhir/$today')).text()
    return { ...server, put, today }
  }

  test('is closed in order by three sides: done, reviewed by another, confirmed by the person', async () => {
    const { put } = await started()
    expect(await put('grace', said('promise-confirmed', grace)), 'before a review').toBe(422)
    expect(await put('tom', said('promise-review', tom)), 'his own').toBe(403)
    expect(await put('chidi', said('promise-review', chidi)), 'a carer').toBe(403)
    expect(await put('grace', said('promise-review', grace)), 'the person').toBe(403)
    expect(await put('karen', said('promise-review', amina)), 'in another name').toBe(403)
    expect(await put('karen', said('promise-review', karen, 'I have seen it'))).toBe(201)
    expect(await put('amina', said('promise-confirmed', amina)), 'for her').toBe(403)
    expect(await put('chidi', said('promise-confirmed', chidi)), 'for his mother').toBe(403)
    expect(await put('grace', said('promise-confirmed', grace))).toBe(201)
  })

  test('that is not done is not reviewed', async () => {
    const { put } = await started('accepted')
    expect(await put('amina', said('promise-review', amina))).toBe(422)
  })

  test('that is changed after its review has to be reviewed again', async () => {
    const { put, wait } = await started()
    await put('amina', said('promise-review', amina))
    wait(1)
    expect(await put('tom', { ...promise('in-progress') }, 1)).toBe(200)
    expect(await put('tom', { ...promise('completed') }, 2)).toBe(200)
    wait(1)
    expect(await put('grace', said('promise-confirmed', grace))).toBe(422)
  })

  test('that did not happen stays on Today until its owner or the coordinator says what was done', async () => {
    const { put, today, wait } = await started()
    expect(await put('amina', said('promise-dealt-with', amina, 'x')), 'nothing was wrong').toBe(
      422,
    )
    await put('grace', said('promise-answer', grace, 'Nobody came', false))
    expect(await put('karen', said('promise-review', karen)), 'against her word').toBe(422)
    for (const who of ['amina', 'tom']) expect(await today(who), who).toContain('did-not-happen')
    expect(await put('karen', said('promise-dealt-with', karen, 'x')), 'neither').toBe(403)
    expect(await put('grace', said('promise-dealt-with', grace, 'x')), 'the person').toBe(403)
    expect(await put('tom', said('promise-dealt-with', tom)), 'without words').toBe(422)
    wait(1)
    const words = {
      ...said('promise-dealt-with', tom, 'I come on Monday'),
      sent: '2026-03-02T09:01:00Z',
    }
    expect(await put('tom', words)).toBe(201)
    for (const who of ['amina', 'tom']) expect(await today(who), who).not.toContain('Fit the rail')
    wait(1)
    const again = {
      ...said('promise-answer', grace, 'Again nobody', false),
      sent: '2026-03-02T09:02:00Z',
    }
    expect(await put('grace', again), 'she is asked again').toBe(201)
    expect(await today('tom')).toContain('did-not-happen')
  })

  test('is confirmed and dealt with in words that stay', async () => {
    const { put } = await started()
    const review = said('promise-review', amina, 'Seen')
    await put('amina', review)
    const other = { ...review, payload: [{ contentString: 'Not seen' }] }
    expect(await put('amina', other, 1)).toBe(403)
    expect(await put('karen', { ...review, status: 'entered-in-error' }, 1)).toBe(403)
    expect(await put('amina', { ...review, status: 'entered-in-error' }, 1)).toBe(200)
    expect(await put('grace', said('promise-confirmed', grace)), 'the review was an error').toBe(
      422,
    )
  })
})
