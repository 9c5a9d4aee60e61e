import type { Bundle, Observation } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { standing } from '#test-support/worlds/grace-records.ts'

const reading = (number: number): Observation & { id: string } => ({
  resourceType: 'Observation',
  id: `reading-${number}`,
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference: `Patient/${graceId}` },
})

eachStore('$everything', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(standing, 'brook-surgery')
    await server.seed(Array.from({ length: 1_600 }, (_, number) => reading(number)))
    return await server.as('amina')
  }

  test('gives a record in pages to its end, each resource once', async () => {
    const call = await started()
    const given: string[] = []
    let next: string | undefined = `/fhir/Patient/${graceId}/$everything?_count=400`
    let total = 0
    for (let page = 0; next && page < 10; page += 1) {
      const bundle = (await (await call(next)).json()) as Bundle
      total = bundle.total ?? 0
      given.push(...(bundle.entry ?? []).map((each) => each.fullUrl ?? ''))
      const url = bundle.link?.find((each) => each.relation === 'next')?.url
      next = url && new URL(url).pathname + new URL(url).search
    }
    expect(next).toBeUndefined()
    expect(total).toBeGreaterThan(1_600)
    expect(new Set(given).size).toBe(total)
    expect(given).toHaveLength(total)
  })

  test.each(['_since=2026-01-01T00:00:00Z', '_type=Goal', 'start=2026-01-01'])(
    'is refused for a part of a record (%s)',
    async (part) => {
      const call = await started()
      const answer = await call(`/fhir/Patient/${graceId}/$everything?${part}`)
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('the whole record')
    },
  )
})
