import { expect, test } from 'vitest'
import {
  type HandOverPeople,
  handOverPeopleRequest,
  sharedAnswer,
  weightsRequest,
} from '#domain/cover/shared-answer.ts'
import { whoCoversAnswer } from '#domain/cover/who-covers.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover, refusalOf } from '#test-support/worlds/cover-world.ts'

const asked: HandOverPeople = {
  ...{
    batch: 'b-1',
    from: 'amina-yusuf',
    reason: 'Amina works fewer days.',
    trial: false,
    undo: false,
  },
  people: [
    { id: 'Huw', to: 'ming-zhao' },
    { id: 'Rahima', to: 'anil-patel' },
  ],
}

const tom = { reference: 'Practitioner/tom-price', display: 'Tom Price' }
const nia = [
  {
    ...{ resourceType: 'Patient', id: 'Nia', name: [{ family: 'Nia', given: ['Ann'] }] },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-Nia', status: 'active' },
    ...{ patient: { reference: 'Patient/Nia' } },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
    managingOrganization: { reference: 'Organization/brook-surgery' },
  },
]

eachStore('Handing people over for good', (open) => {
  async function begin(more: readonly ResourceWithId[] = []) {
    const begun = await beginCover(open, more)
    const share = async (who: string, more: Partial<HandOverPeople> = {}) =>
      await begun.post(
        who,
        'EpisodeOfCare/$hand-over-people',
        handOverPeopleRequest.write({ ...asked, ...more }),
      )
    const weights = async (who = 'amina', from = 'amina-yusuf') =>
      sharedAnswer.read(
        await (
          await begun.post(who, 'EpisodeOfCare/$caseload-weights', weightsRequest.write({ from }))
        ).json(),
      )
    const coordinators = async () => {
      const { rows } = await begun.sql.query<{ id: string; who: string }>(
        `select person as id, content #>> '{careManager,display}' as who from resource
         where rt = 'EpisodeOfCare' order by person`,
      )
      return rows.map(({ id, who }) => `${id}: ${who}`)
    }
    return { ...begun, share, weights, coordinators }
  }

  test('A caseload is the plain sum of what its people count, shown as it is and as it would be', async () => {
    const { share, weights, coordinators } = await begin()
    const { colleagues, people } = await weights()
    expect(colleagues.map(({ who, people: count, weight }) => [who.name, count, weight])).toEqual([
      ['Amina Yusuf', 3, 7],
      ['Dr Anil Patel', 0, 0],
      ['Ming Zhao', 0, 0],
    ])
    expect(people).toMatchObject([
      { id: 'Rahima', weight: 3, inputs: ['no-plan', 'in-hospital'] },
      { id: 'Huw', weight: 2, inputs: ['no-plan'] },
      { id: 'Zofia', weight: 2 },
    ])
    const tried = await share('amina', { trial: true, reason: '' })
    expect(tried.status).toBe(200)
    const after = sharedAnswer.read(await tried.json()).colleagues
    expect(after.map(({ peopleAfter, weightAfter }) => [peopleAfter, weightAfter])).toEqual([
      ...[
        [1, 2],
        [1, 3],
        [1, 2],
      ],
    ])
    expect(await coordinators(), 'only tried').toEqual([
      ...['Huw: Amina Yusuf', 'Rahima: Amina Yusuf', 'Zofia: Amina Yusuf'],
    ])
  })

  test('All of them have another coordinator at once, who is in the team; the person reads who and why', async () => {
    const { server, share, coordinators, today } = await begin()
    const answer = await share('amina')
    expect(answer.status, await answer.clone().text()).toBe(200)
    expect(await coordinators()).toEqual([
      ...['Huw: Ming Zhao', 'Rahima: Dr Anil Patel', 'Zofia: Amina Yusuf'],
    ])
    expect((await today('ming')).people.map(({ id }) => id)).toEqual(['Huw'])
    expect((await today('amina')).people.map(({ id }) => id)).toEqual(['Zofia'])
    const told = await (await server.as('ming'))('/fhir/Patient/Huw/$who-covers')
    expect(whoCoversAnswer.read(await told.json()).changed).toEqual({
      ...{ name: 'Ming Zhao', since: '2026-11-30', before: 'Amina Yusuf' },
      why: 'Amina works fewer days.',
    })
  })

  test('Whoever takes people over has a pack about them with the words of the colleague before, and nobody else has it', async () => {
    const { server, share, pack, absences } = await begin()
    const draft = await pack('amina', { from: 'amina-yusuf', people: ['Huw', 'Rahima', 'Far'] })
    expect(draft.people.map(({ id }) => id).toSorted()).toEqual(['Huw', 'Rahima'])
    expect(draft.people.every(({ note }) => note === undefined)).toBe(true)
    const words = 'Rings twice: she is slow to the door.'
    const [huw, rahima] = asked.people
    const people = [{ id: 'Huw', to: huw?.to ?? '', words }, rahima as (typeof asked.people)[0]]
    expect((await share('amina', { people })).status).toBe(200)
    const mings = await pack('ming', { batch: 'b-1' })
    expect(mings.handed).toMatchObject({ from: { name: 'Amina Yusuf' }, reason: asked.reason })
    expect(mings.people.map(({ id, note }) => [id, note?.words])).toEqual([['Huw', words]])
    const own = (await pack('amina', { batch: 'b-1' })).people
    expect(own.map(({ id, cover }) => [id, cover.name]).toSorted()).toEqual([
      ['Huw', 'Ming Zhao'],
      ['Rahima', 'Dr Anil Patel'],
    ])
    expect((await pack('karen', { batch: 'b-1' })).status, 'not in it').toBe(404)
    expect((await pack('amina', { batch: 'b-2' })).status, 'no such').toBe(404)
    for (const who of ['ruth', 'grace', 'chidi', 'admin'])
      expect((await pack(who, { batch: 'b-1' })).status, who).toBe(403)
    const elsewhere = await pack('tom', { from: 'amina-yusuf', people: ['Huw'] })
    expect(elsewhere.people, 'another organisation').toEqual([])
    expect((await absences('ming')).handed).toMatchObject([
      { batch: 'b-1', people: 2 - 1, from: 'Amina Yusuf', to: 'Ming Zhao' },
    ])
    // between professionals
    const grace = await (await server.as('grace'))('/fhir/Basic?code=cover-note')
    expect(await grace.text()).not.toContain(words)
    expect((await share('amina', { undo: true, people: [] })).status).toBe(200)
    expect((await pack('ming', { batch: 'b-1' })).status, 'taken back').toBe(404)
  })

  test('Nobody is handed over if one of them cannot be', async () => {
    const { share, keep, coordinators } = await begin()
    const before = await coordinators()
    const one = (to: string, id = 'Huw') => ({
      people: [
        { id: 'Zofia', to: 'ming-zhao' },
        { id, to },
      ],
    })
    expect((await share('amina', one('ming-zhao', 'Far'))).status, 'no case here').toBe(404)
    expect((await share('amina', one('tom-price'))).status, 'works elsewhere').toBe(422)
    expect((await share('amina', one('amina-yusuf'))).status, 'the same').toBe(422)
    expect((await share('amina', { reason: ' ' })).status, 'no reason').toBe(422)
    expect((await share('amina', { reason: 'x'.repeat(2001) })).status, 'too long').toBe(422)
    expect((await share('patel', { from: 'ming-zhao' })).status, 'not theirs now').toBe(409)
    for (const who of ['ruth', 'grace', 'admin']) expect((await share(who)).status, who).toBe(403)
    await keep('patel', { cover: 'ming-zhao', from: '2026-11-30', until: '2026-12-01' })
    const away = await refusalOf(await share('amina'))
    expect(away.words).toContain('Dr Anil Patel is away until 2026-12-01')
    expect(await coordinators()).toEqual(before)
  })

  test('It is taken back within seven days by whoever did it, all of it, and not once somebody else coordinates', async () => {
    const { server, share, coordinators, weights, today, passDays } = await begin()
    const before = await coordinators()
    await share('amina')
    expect((await weights()).recent).toMatchObject([
      { batch: 'b-1', people: 2, from: 'Amina Yusuf' },
    ])
    expect((await share('ming', { undo: true })).status, 'by another').toBe(403)
    const back = await share('amina', { undo: true })
    expect(back.status, await back.clone().text()).toBe(200)
    expect(await coordinators()).toEqual(before)
    expect((await today('ming')).people).toEqual([])
    expect((await today('amina')).people).toHaveLength(3)
    expect((await weights()).recent).toEqual([])
    expect((await share('amina', { undo: true })).status, 'twice').toBe(200)
    const told = await (await server.as('patel'))('/fhir/Patient/Huw/$who-covers')
    expect(whoCoversAnswer.read(await told.json()).changed).toBeUndefined()
    await share('amina', { batch: 'b-2' })
    await share('ming', {
      batch: 'b-3',
      from: 'ming-zhao',
      people: [{ id: 'Huw', to: 'anil-patel' }],
    })
    expect((await share('amina', { batch: 'b-2', undo: true })).status, 'moved on').toBe(409)
    passDays(8)
    expect((await share('ming', { batch: 'b-3', undo: true })).status, 'too late').toBe(409)
  })

  test('The same batch sent again gets the same answer, and another under its id is refused', async () => {
    const { share, coordinators } = await begin()
    const first = await share('amina')
    expect(first.status).toBe(200)
    const after = await coordinators()
    const again = await share('amina')
    expect(again.status, await again.clone().text()).toBe(200)
    const told = async (answer: Response) =>
      sharedAnswer.read(await answer.json()).colleagues.map(({ weight: _weight, ...each }) => ({
        ...each,
        weightAfter: 0,
      }))
    expect(await told(again)).toEqual(await told(first))
    expect(await coordinators()).toEqual(after)
    const other = { people: [{ id: 'Zofia', to: 'ming-zhao' }] }
    expect((await share('amina', other)).status, 'other people').toBe(409)
    expect((await share('patel')).status, 'by another').toBe(409)
    expect((await share('amina', { undo: true })).status).toBe(200)
    expect((await share('amina')).status, 'taken back since').toBe(409)
  })

  test('The case of the caller’s organisation is handed over, whatever other cases there are', async () => {
    const { share, sql } = await begin([
      {
        ...{ resourceType: 'EpisodeOfCare', id: 'a-case', status: 'active' },
        ...{ patient: { reference: 'Patient/Nia' }, careManager: tom },
        managingOrganization: { reference: 'Organization/st-annes-hospital' },
      },
      {
        ...{ resourceType: 'CareTeam', id: 'team-a-case', status: 'active' },
        ...{ subject: { reference: 'Patient/Nia' }, participant: [{ member: tom }] },
      },
      ...nia,
    ] as ResourceWithId[])
    const people = [{ id: 'Nia', to: 'ming-zhao' }]
    const answer = await share('amina', { people })
    expect(answer.status, await answer.clone().text()).toBe(200)
    const managers = async () => {
      const { rows } = await sql.query<{ id: string; who: string }>(
        `select id, content #>> '{careManager,reference}' as who from resource
         where rt = 'EpisodeOfCare' and person = 'Nia' order by id`,
      )
      return rows.map(({ who }) => who)
    }
    expect(await managers()).toEqual([tom.reference, 'Practitioner/ming-zhao'])
    expect((await share('amina', { undo: true })).status).toBe(200)
    expect(await managers()).toEqual([tom.reference, 'Practitioner/amina-yusuf'])
  })

  test('Nobody is given back to somebody who has left or is away, and it says so', async () => {
    const { share, keep, end, sql, coordinators } = await begin()
    await share('amina')
    const before = await coordinators()
    await keep('amina', { from: '2026-11-30', until: '2026-12-04', cover: 'anil-patel' })
    const away = await refusalOf(await share('amina', { undo: true }))
    expect(away.status).toBe(409)
    expect(away.words).toContain('Amina Yusuf is away until 2026-12-04: hand the people over again')
    await end('amina')
    await sql.query(
      `update resource set content = jsonb_set(content, '{active}', 'false') where id = 'role-amina-yusuf'`,
    )
    const left = await refusalOf(await share('amina', { undo: true }))
    expect(left.status).toBe(409)
    expect(left.words).toContain('does not work in your organisation any more')
    expect(await coordinators()).toEqual(before)
  })
})
