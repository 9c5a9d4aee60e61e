import { beforeAll, describe, expect, test } from 'vitest'
import { expected } from '#test-support/access/access-expected.ts'
import {
  type LabelChange,
  labelChanges,
  labelled,
  mayLabel,
  type Sample,
  waysToLabel,
} from '#test-support/access/access-labels.ts'
import { openMatrix } from '#test-support/access/access-matrix.ts'
import { type AccessUser, type AccessWorld, onTurn } from '#test-support/access/access-users.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const matrix = openMatrix('labels')

const codesOf = (security: readonly object[] | undefined) =>
  (security ?? []).map((label) => ('code' in label ? label.code : '')).toString()

/** A user who may see nothing is tried less often, because every answer is the same. */
const turnsOf = (who: string, kind: 'pglite' | 'postgres') => {
  const few = expected[who]?.('Goal', 'open') ? 3 : 12
  return kind === 'postgres' ? few : few * 8
}

eachStore('Who may change labels of Grace’s records', (open, kind) => {
  const openWorld = matrix.worldOn(open)

  describe.each(Object.keys(expected).map((who, turn) => [who, turn] as const))(
    '%s',
    (who, turn) => {
      let world: AccessWorld
      let user: AccessUser
      beforeAll(async () => {
        world = await openWorld()
        user = await world.userFor(who)
      })

      /** Writes the record with its first labels, tries the change, and reads the record afterwards. */
      const attempt = async (sample: Sample, { from, to }: LabelChange, nth: number) => {
        const resource = labelled(sample, ...from)
        const { kept } = await world.store.write({ resource, expect: 'anything' })
        const way = waysToLabel(sample, to, kept.version)[nth % waysThere]
        if (!way) throw new Error('There is no such way')
        const { name, path, init, statusOf } = way
        const status = statusOf(
          await user.answerTo(
            '«none»',
            () => path,
            () => init,
          ),
        )
        const after = await world.store.read(sample.resourceType, sample.id, everything)
        const isChanged = codesOf(after?.resource?.meta?.security) !== codesOf(from)
        return { id: sample.id, name, isTaken: status < 300, isChanged }
      }

      test.each(labelChanges)('$name only with permission', async (change) => {
        const due = onTurn('pglite', turnsOf(who, kind))
        const tries = change.on
          .flatMap((sample) => Array.from({ length: waysThere }, (_, nth) => ({ sample, nth })))
          .filter((_each, at) => due(at, turn))
        for (const { sample, nth } of tries) {
          matrix.cells++
          const may = mayLabel(who, change, sample)
          const done = await attempt(sample, change, nth)
          expect(done).toEqual({ ...done, isTaken: may, isChanged: may })
        }
      })
    },
  )
})

const waysThere = 8
const everything = { people: { kind: 'all' } } as const
