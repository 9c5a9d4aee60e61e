import type { Bundle } from '@medplum/fhirtypes'
import { afterAll, expect, test, vi } from 'vitest'
import { graceId } from '#api/seed/identities.ts'
import { expected } from '#testing/access-expected.ts'
import { type AccessHouse, type Answer, absent, openAccessHouse } from '#testing/access-house.ts'
import { ofSeveral, personTypes, samples, usedTypes } from '#testing/access-world.ts'
import { eachStore } from '#testing/stores.ts'

vi.setConfig({ testTimeout: 600_000 })

let cells = 0
afterAll(() => process.stdout.write(`access matrix, reading: ${cells} cells\n`))

test('only groups are about several people by their nature', () => {
  expect(ofSeveral).toEqual(['Group'])
})

const reads: readonly ((type: string, id: string) => string)[] = [
  (type, id) => `${type}/${id}`,
  (type, id) => `${type}/${id}/_history/1`,
  (type, id) => `${type}/${id}/_history`,
  (type, id) => `${type}?_id=${id}`,
  (type, id) => `${type}?_id=${id}&_summary=count`,
]

const ours = /^(open|between|restricted|sealed)-/

async function listed({ call }: AccessHouse, path: string, init: RequestInit = {}) {
  cells++
  const answer = await call(`/fhir/${path}`, init)
  if (!answer.ok) return { ids: [], beside: 0, total: 0 }
  const { entry = [], total = 0 } = (await answer.json()) as Bundle
  const all = entry.flatMap(({ resource }) => resource?.id ?? [])
  const ids = all.filter((id) => ours.test(id)).toSorted()
  return { ids, beside: all.length - ids.length, total }
}

const form = {
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: '_count=100',
}

eachStore('Who reaches what of Grace', (open) => {
  const opened = async (who: string) => await openAccessHouse((await open()).sql, who)

  const cellsOf = samples
    .filter(({ type }) => usedTypes.includes(type))
    .flatMap(({ type, id }) =>
      reads.map((address, at) => ({
        ...{ id, name: `${type} ${at}` },
        path: (one: string) => address(type, one),
      })),
    )

  test.each(Object.keys(expected))('%s: what is hidden is as if it were not there', async (who) => {
    const { reached, answerTo } = await opened(who)
    const nowhere = new Map<string, Answer>()
    for (const { id, name, path } of cellsOf) {
      const answer = await answerTo(id, path)
      const { status, body } = answer
      cells++
      if (reached.has(id)) {
        expect([id, name, status, body.includes('"total":0')]).toEqual([id, name, 200, false])
        continue
      }
      const none = nowhere.get(name) ?? (await answerTo(absent(id), path))
      nowhere.set(name, none)
      expect({ id, name, ...answer }).toEqual({ id, name, ...none })
    }
  })

  test.each(Object.keys(expected))(
    '%s: lists and totals hold what is reached, and no more',
    async (who) => {
      const house = await opened(who)
      for (const type of personTypes) {
        const wanted = samples
          .flatMap((each) => (each.type === type && house.reached.has(each.id) ? [each.id] : []))
          .toSorted()
        const found = await listed(house, `${type}?_count=100`)
        expect(found).toEqual({
          ids: wanted,
          beside: found.beside,
          total: wanted.length + found.beside,
        })
        expect(await listed(house, `${type}?_summary=count`)).toMatchObject({ total: found.total })
        if (!usedTypes.includes(type)) continue
        expect(await listed(house, `${type}/_search`, form)).toEqual(found)
        const { ids, total } = await listed(house, `${type}/_history?_count=100`)
        expect({ ids, total }).toEqual({ ids: wanted, total: found.total })
      }
    },
  )

  const gathering = (types: readonly string[]) => [
    '_history?_count=1000',
    `Patient/${graceId}/$everything`,
    `Patient?_id=${graceId}&${types.map((type) => `_revinclude=${type}:patient`).join('&')}`,
  ]

  test.each(Object.keys(expected))(
    '%s: what gathers records leaves out what is hidden',
    async (who) => {
      const house = await opened(who)
      for (const path of gathering(personTypes)) {
        const { ids } = await listed(house, path)
        expect([path, ids.filter((id) => !house.reached.has(id))]).toEqual([path, []])
      }
      const { ids } = await listed(house, '_history?_count=1000')
      expect(ids).toEqual([...house.reached].toSorted())
    },
  )

  test.each(Object.keys(expected))(
    '%s: a batch and the trail tell of what is reached only',
    async (who) => {
      const house = await opened(who)
      const entry = samples.map(({ type, id }) => ({
        request: { method: 'GET', url: `${type}/${id}` },
      }))
      const init = { method: 'POST', json: { resourceType: 'Bundle', type: 'batch', entry } }
      const answered = (await (await house.call('/fhir', init)).json()) as Bundle
      cells += samples.length * 2
      const shown = (answered.entry ?? []).flatMap(({ resource }) => resource?.id ?? [])
      expect(shown.toSorted()).toEqual([...house.reached].toSorted())
      const path = `/fhir/Patient/${graceId}/$who-looked?_count=1000`
      const told = await (await house.call(path)).text()
      const leaked = samples.filter(({ id }) => told.includes(id) && !house.reached.has(id))
      expect(leaked.map(({ id }) => id)).toEqual([])
    },
  )
})
