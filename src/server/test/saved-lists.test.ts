import type { Bundle, Group, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { savedListFromFhir } from '#domain/list/saved-list-fhir.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00Z')
const living = (id: string, birthDate: string, gp = 'brook-surgery') => [
  {
    ...{ resourceType: 'Patient', id, birthDate },
    name: [{ family: `Hill${id}`, given: ['Ann'] }],
    generalPractitioner: [{ reference: `Organization/${gp}` }],
  },
  {
    ...{ resourceType: 'Condition', id: `c-${id}`, subject: { reference: `Patient/${id}` } },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
  },
]
const post = (org: string, active = true) => ({
  ...{ resourceType: 'PractitionerRole', id: `post-${org}`, active },
  practitioner: { reference: 'Practitioner/amina-yusuf' },
  organization: { reference: `Organization/${org}` },
})
const over80 = { name: 'ageFrom', valueInteger: 80 }

eachStore('A saved list', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([
      ...living('old', '1940-01-01'),
      ...living('older', '1930-01-01'),
      ...living('young', '1980-01-01'),
      ...living('elsewhere', '1935-01-01', 'other-surgery'),
      post('brook-surgery'),
    ] as ResourceWithId[])
    return server
  }

  const sent = (parameter: readonly ParametersParameter[]) => ({
    method: 'POST',
    json: { resourceType: 'Parameters', parameter },
  })
  const save = async (
    server: OpenHandler,
    who: string,
    more: readonly ParametersParameter[] = [],
    { name = 'Over 80', edit }: Readonly<{ name?: string; edit?: number }> = {},
  ) =>
    await (await server.as(who))('/fhir/Group/$save-list', {
      ...sent([
        { name: 'id', valueString: 'list-1' },
        { name: 'name', valueString: name },
        over80,
        ...more,
      ]),
      ...(edit === undefined ? {} : { headers: { 'If-Match': `W/"${edit}"` } }),
    })
  const act = async (server: OpenHandler, who: string, name: string, more = {}, edit?: number) =>
    await (await server.as(who))(`/fhir/Group/$${name}`, {
      ...sent([{ name: 'id', valueString: 'list-1' }, ...Object.values(more)] as never),
      ...(edit === undefined ? {} : { headers: { 'If-Match': `W/"${edit}"` } }),
    })
  const listsOf = async (server: OpenHandler, who: string) => {
    const answer = (await (
      await (
        await server.as(who)
      )('/fhir/Group/$saved-lists')
    ).json()) as Bundle<Group>
    return (answer.entry ?? []).flatMap(({ resource }) =>
      resource ? savedListFromFhir(resource) : [],
    )
  }
  async function opened(
    server: OpenHandler,
    who: string,
    more: readonly ParametersParameter[] = [],
  ) {
    const asked = sent([{ name: 'cohort', valueString: 'list-1' }, ...more])
    const answer = await (await server.as(who))('/fhir/Patient/$find-people', asked)
    if (!answer.ok) return { status: answer.status, ids: [], news: undefined }
    const found = foundPeople.read((await answer.json()) as Parameters)
    return {
      ...{
        status: answer.status,
        news: found.news,
        ids: found.people.map(({ id }) => id).toSorted(),
      },
      fresh: found.people.filter(({ isNew }) => isNew).map(({ id }) => id),
    }
  }
  const markAs = async (server: OpenHandler, who: string, stamp = '') =>
    (
      await act(server, who, 'mark-list-seen', {
        stamp: { name: 'stamp', valueString: stamp },
      })
    ).status
  const mark = async (server: OpenHandler) =>
    expect(await markAs(server, 'amina', (await opened(server, 'amina')).news?.stamp)).toBe(200)
  const shared = [{ name: 'shared', valueBoolean: true }]

  test('keeps its filters under a name and an id, and holds no people', async () => {
    const server = await started()
    const kept = (await (await save(server, 'amina')).json()) as Group
    expect(kept).toMatchObject({ resourceType: 'Group', actual: false, name: 'Over 80' })
    expect(JSON.stringify(kept)).not.toContain('Patient/')
    expect(await opened(server, 'amina')).toMatchObject({ status: 200, ids: ['old', 'older'] })
    expect(
      (await opened(server, 'amina', [{ name: 'order', valueString: 'frailty' }])).status,
    ).toBe(200)
    expect((await opened(server, 'amina', [{ name: 'band', valueString: 'mild' }])).status).toBe(
      400,
    )
  })

  test('is opened by its owner alone until it is shared, then by colleagues, each of whom sees whom they may see', async () => {
    const server = await started()
    await save(server, 'amina')
    for (const who of ['patel', 'stranger', 'admin'])
      expect((await opened(server, who)).status, who).toBe(404)
    expect(await listsOf(server, 'patel')).toEqual([])
    expect((await save(server, 'amina', shared, { name: ' Over eighty ', edit: 1 })).status).toBe(
      200,
    )
    expect(await listsOf(server, 'patel')).toMatchObject([
      { name: 'Over eighty', isOwn: false, ownerName: 'Amina Yusuf', filters: { ageFrom: 80 } },
    ])
    expect(await opened(server, 'patel')).toMatchObject({ ids: ['old', 'older'] })
    expect((await opened(server, 'stranger')).status).toBe(404)
    for (const who of ['grace', 'chidi', 'ruth']) {
      expect((await opened(server, who)).status, who).toBe(403)
      expect((await save(server, who)).status, who).toBe(403)
    }
  })

  test('is changed and deleted by its owner alone, and can be put back', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    expect((await save(server, 'patel', [], { name: 'Mine' })).status).toBe(403)
    expect((await save(server, 'stranger', [], { name: 'Mine' })).status).toBe(404)
    expect((await act(server, 'patel', 'delete-list')).status).toBe(403)
    expect((await act(server, 'amina', 'delete-list')).status, 'said no version').toBe(428)
    expect((await act(server, 'amina', 'delete-list', {}, 2)).status, 'another version').toBe(412)
    expect((await opened(server, 'patel')).status, 'still there').toBe(200)
    expect((await act(server, 'amina', 'delete-list', {}, 1)).status).toBe(200)
    expect((await opened(server, 'amina')).status).toBe(404)
    expect(await listsOf(server, 'patel')).toEqual([])
    const back = { restore: { name: 'restore', valueBoolean: true } }
    expect((await act(server, 'amina', 'delete-list', back)).status).toBe(428)
    expect((await act(server, 'amina', 'delete-list', back, 1)).status).toBe(200)
    expect((await opened(server, 'patel')).status).toBe(200)
  })

  test('is put back together with a change, or stays deleted and shared with nobody', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    expect((await save(server, 'amina', shared, { name: 'Two', edit: 1 })).status).toBe(200)
    await act(server, 'amina', 'delete-list', {}, 2)
    const withMine = [...shared, { name: 'restore', valueBoolean: true }]
    expect((await save(server, 'amina', withMine, { name: 'Mine', edit: 1 })).status).toBe(412)
    expect(await listsOf(server, 'patel'), 'not even for a moment').toEqual([])
    expect((await save(server, 'amina', shared, { name: 'Mine', edit: 2 })).status).toBe(404)
    expect((await save(server, 'amina', withMine, { name: 'Mine', edit: 2 })).status).toBe(200)
    expect(await listsOf(server, 'patel')).toMatchObject([{ name: 'Mine', edit: 3 }])
  })

  test('whose first answer was lost, and whose name was mended since, was changed elsewhere', async () => {
    const server = await started()
    await save(server, 'amina')
    const again = await save(server, 'amina', [], { name: 'Over eighty' })
    expect([again.status, again.headers.get('etag')]).toEqual([412, 'W/"1"'])
    expect((await save(server, 'amina', [], { name: 'Over eighty', edit: 1 })).status).toBe(200)
  })

  test('is not changed by a page that had read it before it was changed elsewhere', async () => {
    const server = await started()
    const first = (await (await save(server, 'amina')).json()) as Group
    expect(first.meta?.versionId).toBe('1')
    const to90 = { name: 'ageTo', valueInteger: 90 }
    expect((await save(server, 'amina', [to90])).status, 'said no version').toBe(412)
    expect((await save(server, 'amina', [to90], { edit: 1 })).status).toBe(200)
    expect((await save(server, 'amina', [], { name: 'From an older page', edit: 1 })).status).toBe(
      412,
    )
    expect((await save(server, 'amina', [to90], { edit: 1 })).status, 'sent twice').toBe(200)
    expect(await listsOf(server, 'amina')).toMatchObject([
      { edit: 2, name: 'Over 80', filters: { ageFrom: 80, ageTo: 90 } },
    ])
    const both = await Promise.all(
      ['One', 'Two'].map((name) => save(server, 'amina', [to90], { name, edit: 2 })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412])
    await act(server, 'amina', 'delete-list', {}, 3)
    expect((await save(server, 'amina', [to90], { name: 'Gone', edit: 3 })).status).toBe(404)
  })

  test('says to each reader what changed since they marked it as seen', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    expect((await opened(server, 'amina')).news?.since).toBeUndefined()
    await mark(server)
    expect((await opened(server, 'amina')).news).toMatchObject({ come: 0, gone: 0 })
    await server.seed(living('oldest', '1925-01-01') as ResourceWithId[])
    const [died] = living('old', '1940-01-01')
    await server.seed([{ ...died, deceasedBoolean: true }] as ResourceWithId[])
    expect(await opened(server, 'amina')).toMatchObject({
      ...{ ids: ['older', 'oldest'], fresh: ['oldest'] },
      news: { since: now.toISOString(), come: 1, gone: 1 },
    })
    expect((await opened(server, 'patel')).news?.since, 'a reader of their own').toBeUndefined()
    await mark(server)
    expect((await opened(server, 'amina')).news).toMatchObject({ come: 0, gone: 0 })
  })

  test('marks whom its reader was shown, and nobody who came since', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    const { news } = await opened(server, 'amina')
    await server.seed(living('oldest', '1925-01-01') as ResourceWithId[])
    expect(await markAs(server, 'amina', news?.stamp)).toBe(200)
    expect(await opened(server, 'amina')).toMatchObject({
      ...{ fresh: ['oldest'], news: { come: 1, gone: 0 } },
    })
    expect(await markAs(server, 'patel', news?.stamp), 'shown to another').toBe(422)
    expect(await markAs(server, 'amina', 'made-up')).toBe(422)
  })

  test('is compared in its own order, and from the start again when it asks for others', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    await mark(server)
    const byChance = [{ name: 'order', valueString: 'chance' }]
    expect(await opened(server, 'amina', byChance), 'nobody has a chance').toMatchObject({
      ...{ ids: [], news: { come: 0, gone: 0 } },
    })
    const stamp = (await opened(server, 'amina')).news?.stamp
    expect((await save(server, 'amina', shared, { name: 'Another name', edit: 1 })).status).toBe(
      200,
    )
    expect((await opened(server, 'amina')).news).toMatchObject({ come: 0, gone: 0 })
    const changed = async () => (await listsOf(server, 'patel'))[0]?.changedAt
    expect(await changed(), 'another name').toBeUndefined()
    const to90 = { name: 'ageTo', valueInteger: 90 }
    const named = { name: 'Another name', edit: 2 }
    expect((await save(server, 'amina', [...shared, to90], named)).status).toBe(200)
    expect(await changed()).toBe(now.toISOString().replace('.000', ''))
    expect((await save(server, 'amina', [...shared, to90], { edit: 3 })).status).toBe(200)
    expect(await changed(), 'kept').toBeDefined()
    expect((await opened(server, 'amina')).news?.since).toBeUndefined()
    expect(await markAs(server, 'amina', stamp), 'of the other filters').toBe(422)
  })

  test('keeps the order that suited the service when it was saved', async () => {
    const server = await started()
    await save(server, 'amina', [{ name: 'order', valueString: 'suggested' }])
    expect((await listsOf(server, 'amina'))[0]?.filters.order).toBe('frailty')
    await mark(server)
    await server.sql.query('delete from chance_count')
    await server.sql.query(
      `insert into chance_count (day, people, enough) values ('2026-03-01', 3, true)`,
    )
    expect((await opened(server, 'amina')).news).toMatchObject({ come: 0, gone: 0 })
  })

  test('is shared where its owner works, and not where they worked', async () => {
    const server = await started()
    await save(server, 'amina', shared)
    expect((await opened(server, 'patel')).status).toBe(200)
    await server.seed([post('brook-surgery', false)] as ResourceWithId[])
    expect((await opened(server, 'patel')).status).toBe(404)
    expect(await listsOf(server, 'patel')).toEqual([])
    expect((await opened(server, 'amina')).status, 'her own').toBe(200)
    await server.seed([post('brook-surgery')] as ResourceWithId[])
    await server.sql.query(`update saved_list set organisation = 'other-surgery'`)
    expect((await opened(server, 'patel')).status).toBe(404)
    expect((await save(server, 'amina', shared, { edit: 1 })).status).toBe(200)
    expect((await opened(server, 'patel')).status, 'saved where she works now').toBe(200)
  })

  test.each([
    ['without a name', ' ', 422],
    ['with a name that is too long', 'x'.repeat(81), 422],
  ])('is refused %s', async (_title, name, status) => {
    const server = await started()
    expect((await save(server, 'amina', [], { name })).status).toBe(status)
    expect((await save(server, 'amina', [{ name: 'band', valueString: 'x' }])).status).toBe(400)
  })
})
