import { beforeAll, describe, expect, test } from 'vitest'
import { expected, writing } from '#test-support/access/access-expected.ts'
import { openMatrix } from '#test-support/access/access-matrix.ts'
import { type AccessUser, absent, onTurn } from '#test-support/access/access-users.ts'
import { samples } from '#test-support/access/access-world.ts'
import { bodyFor, creations, writesOf, writtenTypes } from '#test-support/access/access-writes.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const matrix = openMatrix('writing')

/** Ids that the service generated for one call. */
const madeUp = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g
const answerNumber = /(answer-number","valueInteger":)\d+/g
const plain = (text: string) =>
  text.replaceAll(madeUp, '«new»').replaceAll(answerNumber, '$1«number»')

const turns = 5
eachStore('Who may change Grace’s records', (open, kind) => {
  const openWorld = matrix.worldOn(open)
  const isDue = onTurn(kind, turns)

  describe.each(Object.keys(expected).map((who, turn) => [who, turn] as const))(
    '%s',
    (who, turn) => {
      let user: AccessUser
      beforeAll(async () => {
        user = await (await openWorld()).userFor(who)
      })
      /** hidden records, each with the kinds of write whose turn it is */
      const tried = <Way>(waysOf: (type: string, body: object) => readonly Way[]) =>
        samples
          .filter(({ type, label }) => writtenTypes.includes(type) && !writing[who]?.(type, label))
          .flatMap(({ type, id }, at) =>
            waysOf(type, bodyFor(who, type))
              .filter((_way, nth) => isDue(at + nth, turn))
              .map((way) => ({ type, id, way })),
          )

      test('writing to a hidden record gives the same answer as writing to one that does not exist', async () => {
        for (const { id, way } of tried(writesOf)) {
          matrix.cells++
          const of = async (one: string) => {
            const { status, headers, body } = await user.answerTo(one, way.path, way.init)
            return { status, headers: plain(headers), body: plain(body) }
          }
          const none = await of(absent(id))
          expect({ id, name: way.name, ...(await of(id)) }).toEqual({ id, name: way.name, ...none })
        }
      })

      test('nothing is created under an existing hidden id, and the answer gives nothing away', async () => {
        for (const { type, id, way } of tried(creations)) {
          matrix.cells++
          const { name, path, init, statusOf } = way
          const answered = statusOf(await user.answerTo(id, path, init))
          const free = absent(`${id} ${who} ${name}`)
          const none = statusOf(await user.answerTo(free, path, init))
          // a user who may create such records gets 404; anybody else gets the same response as for a free id
          expect([id, name, answered]).toEqual([id, name, none === 201 ? 404 : none])
          const kept = await (await openWorld()).store.read(type, id, { people: { kind: 'all' } })
          expect(kept?.version).toBe(1)
        }
      })
    },
  )
})
