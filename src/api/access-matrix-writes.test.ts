import { afterAll, expect, test, vi } from 'vitest'
import { expected } from '#testing/access-expected.ts'
import { absent, type InitFor, openAccessHouse } from '#testing/access-house.ts'
import { samples } from '#testing/access-world.ts'
import { eachStore } from '#testing/stores.ts'

vi.setConfig({ testTimeout: 600_000 })

let cells = 0
afterAll(() => process.stdout.write(`access matrix, writing: ${cells} cells\n`))

const types = ['Communication', 'Condition', 'Goal', 'Provenance']
const version = { 'If-Match': 'W/"1"' }
const patch = {
  method: 'PATCH',
  headers: { 'Content-Type': 'application/json-patch+json', ...version },
  body: JSON.stringify([{ op: 'add', path: '/language', value: 'en' }]),
}
const bundle = (type: string, method: string, url: string) => ({
  method: 'POST',
  json: { resourceType: 'Bundle', type, entry: [{ request: { method, url } }] },
})

type Write = readonly [name: string, path: (id: string) => string, init: InitFor]

const writesOf = (type: string, record: object): readonly Write[] => [
  ['delete', (id) => `${type}/${id}`, () => ({ method: 'DELETE' })],
  ['conditional delete', (id) => `${type}?_id=${id}`, () => ({ method: 'DELETE' })],
  ['patch', (id) => `${type}/${id}`, () => patch],
  ['conditional patch', (id) => `${type}?_id=${id}`, () => patch],
  [
    'update',
    (id) => `${type}/${id}`,
    (id) => ({ method: 'PUT', headers: version, json: { ...record, id } }),
  ],
  ['batch', () => '', (id) => bundle('batch', 'GET', `${type}/${id}`)],
  ['batch delete', () => '', (id) => bundle('batch', 'DELETE', `${type}/${id}`)],
  ['transaction', () => '', (id) => bundle('transaction', 'GET', `${type}?_id=${id}`)],
  ['transaction delete', () => '', (id) => bundle('transaction', 'DELETE', `${type}/${id}`)],
]

eachStore('Who changes what of Grace', (open) => {
  test.each(Object.keys(expected))(
    '%s: changing what is hidden sounds like changing what is not there',
    async (who) => {
      const { reached, answerTo } = await openAccessHouse((await open()).sql, who)
      const hidden = samples.filter(({ type, id }) => types.includes(type) && !reached.has(id))
      for (const { type, id, record } of hidden)
        for (const [name, path, init] of writesOf(type, record)) {
          const { asked: _here, ...answer } = await answerTo(id, path, init)
          const { asked: _there, ...none } = await answerTo(absent(id), path, init)
          cells++
          expect({ id, name, ...answer }).toEqual({ id, name, ...none })
        }
    },
  )
})
