import type { Bundle } from '@medplum/fhirtypes'
import { beforeAll, describe, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { operationRegistry } from '#server/operations/registry.ts'
import { heardBy } from '#test-support/access/access-events.ts'
import { expected, labels, tokenScopes } from '#test-support/access/access-expected.ts'
import { askedBy, findAll, reachedOf } from '#test-support/access/access-links.ts'
import { openMatrix } from '#test-support/access/access-matrix.ts'
import { operationRows, statusFor, tellsOf } from '#test-support/access/access-operations.ts'
import { type AccessUser, type Answer, absent, onTurn } from '#test-support/access/access-users.ts'
import { ofSeveral, personTypes, samples, usedTypes } from '#test-support/access/access-world.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const matrix = openMatrix('reading')

test('every operation has a row', () => {
  const served = operationRegistry.map(({ name, on }) => `${name} ${on}`)
  expect(Object.keys(operationRows).toSorted()).toEqual(served.toSorted())
})

test('Group is the only type about several people by definition', () => {
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

async function listed({ call }: AccessUser, path: string, init: RequestInit = {}) {
  matrix.cells++
  const answer = await call(`/fhir/${path}`, init)
  if (!answer.ok) return { ids: [], beside: 0, total: 0 }
  const { entry = [], total = 0 } = (await answer.json()) as Bundle
  const all = entry.flatMap(({ resource }) => resource?.id ?? [])
  const ids = all.filter((id) => ours.test(id)).toSorted()
  return { ids, beside: all.length - ids.length, total }
}

/** The page, the count, the same search by POST, and the history agree. */
async function tryLists(user: AccessUser, type: string): Promise<void> {
  const wanted = reachedOf(type, user.reaches).toSorted()
  const found = await listed(user, `${type}?_count=100&_total=accurate`)
  const total = wanted.length + found.beside
  expect(found).toEqual({ ids: wanted, beside: found.beside, total })
  expect(await listed(user, `${type}?_summary=count`)).toMatchObject({ total })
  if (!usedTypes.includes(type)) return
  expect(await listed(user, `${type}/_search`, form)).toEqual(found)
  expect(await listed(user, `${type}/_history?_count=100`)).toMatchObject({ ids: wanted, total })
}

const form = {
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: '_count=100&_total=accurate',
}

const cellsOf = samples
  .filter(({ type }) => usedTypes.includes(type))
  .flatMap(({ type, id }) =>
    reads.map((address, at) => ({
      ...{ id, at, name: `${type} ${at}` },
      path: (one: string) => address(type, one),
    })),
  )

const gathering = (types: readonly string[]) => [
  '_history?_count=1000',
  `Patient/${graceId}/$everything`,
  `Patient?_id=${graceId}&${types.map((type) => `_revinclude=${type}:patient`).join('&')}`,
]

eachStore('Who may read Grace’s records', (open, kind) => {
  const openWorld = matrix.worldOn(open)
  const isDue = onTurn(kind, reads.length)

  describe.each(Object.keys(expected).map((who, turn) => [who, turn] as const))(
    '%s',
    (who, turn) => {
      let user: AccessUser
      beforeAll(async () => {
        user = await (await openWorld()).userFor(who)
      })

      test('a hidden record gives the same response as one that does not exist', async () => {
        const { reached, answerTo } = user
        const nowhere = new Map<string, Answer>()
        for (const { id, name, path } of cellsOf.filter((each) => isDue(each.at, turn))) {
          const answer = await answerTo(id, path)
          const { status, body } = answer
          matrix.cells++
          if (reached.has(id)) {
            expect([id, name, status, body.includes('"total":0')]).toEqual([id, name, 200, false])
            continue
          }
          const none = nowhere.get(name) ?? (await answerTo(absent(id), path))
          nowhere.set(name, none)
          expect({ id, name, ...answer }).toEqual({ id, name, ...none })
        }
      })

      test('lists and totals contain exactly the records within access', async () => {
        for (const type of kind === 'postgres' ? personTypes : usedTypes) await tryLists(user, type)
      })

      test('history and $everything leave out hidden records', async () => {
        for (const path of gathering(personTypes)) {
          const { ids } = await listed(user, path)
          expect([path, ids.filter((id) => !user.reached.has(id))]).toEqual([path, []])
        }
        const { ids } = await listed(user, '_history?_count=1000')
        expect(ids).toEqual([...user.reached].toSorted())
      })

      test('a batch and the audit log show only records within access', async () => {
        const entry = samples.map(({ type, id }) => ({
          request: { method: 'GET', url: `${type}/${id}` },
        }))
        const init = { method: 'POST', json: { resourceType: 'Bundle', type: 'batch', entry } }
        const answered = (await (await user.call('/fhir', init)).json()) as Bundle
        matrix.cells += samples.length * 2
        const shown = (answered.entry ?? []).flatMap(({ resource }) => resource?.id ?? [])
        expect(shown.toSorted()).toEqual([...user.reached].toSorted())
        const path = `/fhir/Patient/${graceId}/$who-looked?_count=1000`
        const text = await (await user.call(path)).text()
        const leaked = samples.filter(({ id }) => text.includes(id) && !user.reached.has(id))
        expect(leaked.map(({ id }) => id)).toEqual([])
      })

      test('searches find, count and include nothing through hidden records', async () => {
        const asked = askedBy(user.reaches, kind === 'postgres' ? usedTypes : [])
        const found = await findAll(user, asked, (id) => ours.test(id) || id === graceId)
        matrix.cells += asked.reduce((sum, each) => sum + each.cells, 0)
        const wanted = asked.map(({ url, wanted: ids }) => ({
          ...{ url, found: ids.toSorted(), total: true },
        }))
        expect(found).toEqual(wanted)
      })

      test.each(Object.entries(operationRows))(
        '%s contains only records within access',
        async (name, row) => {
          // it would end the access that the other tests need
          if (name.startsWith('end-break-glass') && who.includes('in an emergency')) return
          const init = row.init ?? (() => ({}))
          const answer = await user.call(`/fhir/${row.path(graceId)}`, init(graceId))
          matrix.cells++
          const text = await answer.clone().text()
          const leaked = samples.filter(({ id }) => tellsOf(text, id) && !user.reached.has(id))
          expect(leaked.map(({ id }) => id)).toEqual([])
          expect(answer.status).toBe(statusFor(who, row))
          if (!row.isHers || user.reaches('Patient', 'open')) return
          const { asked: _here, ...hidden } = await user.answerTo(graceId, row.path, init)
          const { asked: _there, ...none } = await user.answerTo(absent(graceId), row.path, init)
          expect(hidden).toEqual(none)
        },
      )

      test('the event stream contains only records within access', async () => {
        const { before, live, status } = await heardBy(user, await openWorld())
        matrix.cells += samples.length + labels.length
        const expectedIds = samples.filter(({ id }) => before.has(id)).map(({ id }) => id)
        const listens = status === 200
        expect(expectedIds).toEqual(
          samples.filter(({ id }) => listens && user.reached.has(id)).map(({ id }) => id),
        )
        expect(live).toEqual(labels.filter((label) => listens && user.reaches('Goal', label)))
        expect(status).toBe(who in tokenScopes ? 401 : 200)
      })
    },
  )
})
