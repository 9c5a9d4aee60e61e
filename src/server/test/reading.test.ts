import type { Bundle, OperationOutcome } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const person = (id: string, more: object = {}) => ({
  resourceType: 'Patient' as const,
  id,
  ...more,
})
const goal = (id: string, text: string) => ({
  resourceType: 'Goal' as const,
  id,
  lifecycleStatus: 'active' as const,
  subject: { reference: 'Patient/p1' },
  description: { text },
})

async function bundleOf(response: Response | Promise<Response>): Promise<Bundle> {
  const answer = await response
  expect(answer.status).toBe(200)
  return (await answer.json()) as Bundle
}

eachStore('Reading over REST', (open) => {
  const start = new Date('2026-03-02T09:00:00Z')
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: start })
    await server.seed([person('p1', { gender: 'female' }), person('p2')], 'brook-surgery')
    return { ...server, amina: await server.as('amina') }
  }
  const listed = (bundle: Bundle) =>
    bundle.entry?.map(
      ({ request, response }) => `${request?.method} ${request?.url} ${response?.etag}`,
    )

  /** g1 at 09:00 and 09:02, g2 at 09:01, g1 deleted at 09:03 */
  async function withHistory() {
    const server = await started()
    const { amina, wait } = server
    await amina('/fhir/Goal/g1', { method: 'PUT', json: goal('g1', 'one') })
    wait(1)
    await amina('/fhir/Goal/g2', { method: 'PUT', json: goal('g2', 'two') })
    wait(1)
    const headers = { 'If-Match': 'W/"1"' }
    await amina('/fhir/Goal/g1', { method: 'PUT', json: goal('g1', 'one more'), headers })
    wait(1)
    await amina('/fhir/Goal/g1', { method: 'DELETE' })
    return server
  }

  test('the history of a record and of a type contains deletions, newest first', async () => {
    const { amina } = await withHistory()
    const g1 = ['DELETE Goal/g1 W/"3"', 'PUT Goal/g1 W/"2"', 'PUT Goal/g1 W/"1"']
    const instance = await bundleOf(amina('/fhir/Goal/g1/_history'))
    expect([instance.type, instance.total, listed(instance)]).toEqual(['history', 3, g1])
    expect(instance.entry?.map((each) => [each.response?.status, !!each.resource])).toEqual([
      ['204', false],
      ['200', true],
      ['201', true],
    ])
    const type = await bundleOf(amina('/fhir/Goal/_history'))
    expect(listed(type)).toEqual([g1[0], g1[1], 'PUT Goal/g2 W/"1"', g1[2]])
    const system = await bundleOf(amina('/fhir/_history'))
    const kinds = Map.groupBy(system.entry ?? [], (each) => each.request?.url?.split('/')[0])
    // for each version of a goal the service has recorded its writer
    expect([kinds.get('Provenance')?.length, system.total]).toEqual([4, 6 + 4])
  })

  test.each([
    ['2026-03-02T09:02:00Z', 2],
    ['2026-03-02T10:02:00+01:00', 2],
    ['2026-03-02T10:02:00%2B01:00', 2],
    ['2026-03-02T09:02:00.001Z', 1],
    ['2026-03-02', 4],
    ['2027-01-01T00:00:00Z', 0],
  ])('the history since %s has %i versions', async (since, count) => {
    const { amina } = await withHistory()
    const bundle = await bundleOf(amina(`/fhir/Goal/_history?_since=${since}`))
    expect([bundle.total, bundle.entry?.length ?? 0]).toEqual([count, count])
  })

  test('the history is paged without gaps', async () => {
    const { amina } = await withHistory()
    const seen: (string | undefined)[] = []
    let next: string | undefined = '/fhir/Goal/_history?_count=3&_since=2026-03-02'
    while (next) {
      const page: Bundle = await bundleOf(amina(next))
      seen.push(...(listed(page) ?? []))
      next = page.link?.find((each) => each.relation === 'next')?.url
    }
    expect([seen.length, new Set(seen).size]).toEqual([4, 4])
    expect((await amina('/fhir/Goal/_history?_count=some')).status).toBe(400)
    expect((await amina('/fhir/Goal/_history?_since=soon')).status).toBe(400)
    expect((await amina('/fhir/Goal/never/_history')).status).toBe(404)
  })

  const post = (amina: Caller, path: string, body: string, headers: Record<string, string> = {}) =>
    amina(path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    })

  test.each([
    ['gender=female', undefined, ['p1']],
    ['gender:not=female&_total=accurate', 1, ['p2']],
    ['gender:missing=true', undefined, ['p2']],
    ['gender:missing=false', undefined, ['p1']],
    ['_total=none', undefined, ['p1', 'p2']],
    ['_total=estimate', 2, ['p1', 'p2']],
    ['_total=accurate&_count=1', 2, ['p1']],
    ['_summary=count', 2, []],
  ])('POST _search %s finds %s: %j', async (body, total, ids) => {
    const { amina } = await started()
    const found = await bundleOf(post(amina, '/fhir/Patient/_search', body))
    expect(found.total).toBe(total)
    expect((found.entry ?? []).map((each) => each.resource?.id)).toEqual(ids)
    const got = await bundleOf(amina(`/fhir/Patient?${body}`))
    expect(got.entry?.map((each) => each.resource?.id)).toEqual(
      found.entry?.map((each) => each.resource?.id),
    )
  })

  test('POST _search takes the parameters of its address too', async () => {
    const { amina } = await started()
    const found = await bundleOf(post(amina, '/fhir/Patient/_search?gender=female', '_count=5'))
    expect(found.entry).toHaveLength(1)
    expect(
      (await post(amina, '/fhir/Patient/_search', '{}', { 'Content-Type': 'application/json' }))
        .status,
    ).toBe(415)
  })

  test('_elements returns the elements asked for, tagged as SUBSETTED', async () => {
    const { amina } = await started()
    const found = await bundleOf(amina('/fhir/Patient?_id=p1&_elements=gender'))
    const [only] = found.entry ?? []
    expect(Object.keys(only?.resource ?? {}).sort()).toEqual([
      'gender',
      'id',
      'meta',
      'resourceType',
    ])
    expect(only?.resource?.meta?.tag?.[0]?.code).toBe('SUBSETTED')
  })

  test('_include follows a reference, and further with :iterate', async () => {
    const { amina, seed } = await started()
    await seed([
      { resourceType: 'Organization', id: 'brook-surgery', name: 'Surgery' },
      person('p1', { managingOrganization: { reference: 'Organization/brook-surgery' } }),
      goal('g1', 'one'),
    ])
    const ids = async (query: string) =>
      (await bundleOf(amina(`/fhir/Goal?${query}`))).entry?.map(
        (each) => `${each.search?.mode} ${each.resource?.id}`,
      )
    const once = '_include=Goal:subject'
    const further = '_include:iterate=Patient:organization'
    expect(await ids(once)).toEqual(['match g1', 'include p1'])
    expect(await ids(`${once}&${further}`)).toEqual([
      'match g1',
      'include p1',
      'include brook-surgery',
    ])
  })

  test.each([
    'colour=red',
    'general-practitioner.colour=red',
    '_sort=colour',
    '_include=Patient:colour',
    '_revinclude=Goal:colour',
    '_has:Goal:colour:status=x',
  ])('?%s is refused with strict handling, and otherwise ignored with a warning', async (query) => {
    const { amina } = await started()
    const strict = await amina(`/fhir/Patient?${query}`, { headers: { Prefer: 'handling=strict' } })
    expect(strict.status).toBe(400)
    expect(((await strict.json()) as OperationOutcome).issue[0]?.details?.text).toContain('colour')
    for (const headers of [{}, { Prefer: 'handling=lenient' }]) {
      const lenient = await bundleOf(amina(`/fhir/Patient?${query}`, { headers }))
      const warning = lenient.entry?.find((each) => each.search?.mode === 'outcome')?.resource
      expect(warning).toMatchObject({ issue: [{ severity: 'warning' }] })
      expect(lenient.entry?.filter((each) => each.search?.mode === 'match')).toHaveLength(2)
    }
  })

  test('strict handling applies to the entries of a batch and of a transaction', async () => {
    const { amina } = await started()
    const entry = [{ request: { method: 'GET', url: 'Patient?colour=red' } }]
    const send = (type: string) =>
      amina('/fhir', {
        method: 'POST',
        json: { resourceType: 'Bundle', type, entry },
        headers: { Prefer: 'handling=strict' },
      })
    expect((await bundleOf(send('batch'))).entry?.[0]?.response?.status).toBe('400')
    expect((await send('transaction')).status).toBe(400)
  })
})
