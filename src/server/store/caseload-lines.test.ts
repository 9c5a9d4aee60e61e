import { expect, test } from 'vitest'
import { caseloadLines } from './caseload-lines.ts'
import type { Change } from './store.ts'

/** Lines say how often each person was worked out. */
function opened() {
  const heard: ((changes: readonly Change[]) => void)[] = []
  const asked: (readonly string[] | undefined)[] = []
  let at = Date.parse('2026-03-02T09:00:00Z')
  let list = ['a', 'b', 'c']
  let meanwhile: () => void = () => undefined
  const query = async () => ({ rows: [{ until: null }] })
  const lines = caseloadLines({
    news: {
      onChange: (listener) => heard.push(listener),
      onLost: () => undefined,
      onCounted: () => undefined,
    },
    sql: { query } as never,
    now: () => new Date(at),
  })
  const ask = async (key = 'amina') =>
    [
      ...(await lines(key, new Date(at), async (only) => {
        asked.push(only)
        await Promise.resolve()
        meanwhile()
        meanwhile = () => undefined
        const these = only ? list.filter((each) => only.includes(each)) : list
        return new Map(these.map((each) => [each, `${each}${asked.length}`]))
      })),
    ].map(([, line]) => line)
  const change = (person?: string) =>
    heard.forEach((each) => {
      each([{ seq: 1, type: 'Task', id: 't', version: 1, ...(person ? { person } : {}) }])
    })
  return {
    ...{ ask, asked, change },
    pass: (ms: number) => {
      at += ms
    },
    meanwhile: (act: () => void) => {
      meanwhile = act
    },
    become: (people: readonly string[]) => {
      list = [...people]
    },
  }
}

test('Everybody is worked out once, for each reader apart', async () => {
  const { ask, asked } = opened()
  expect([await ask(), await ask()]).toEqual([
    ['a1', 'b1', 'c1'],
    ['a1', 'b1', 'c1'],
  ])
  await ask('karen')
  expect(asked).toEqual([undefined, undefined])
})

test('Only whose record changed is worked out again; whoever left is gone, and whoever came is there', async () => {
  const { ask, asked, change, become } = opened()
  await ask()
  change('b')
  become(['a', 'b', 'd'])
  change('c')
  change('d')
  expect((await ask()).toSorted()).toEqual(['a1', 'b2', 'd2'])
  expect(asked).toEqual([undefined, ['b', 'c', 'd']])
  await ask()
  expect(asked).toHaveLength(2)
})

test('A change about nobody in particular, such as an absence, counts for everybody; so does a minute', async () => {
  const { ask, asked, change, pass } = opened()
  await ask()
  change()
  await ask()
  pass(59_000)
  await ask()
  expect(asked).toEqual([undefined, undefined])
  pass(2_000)
  await ask()
  expect(asked).toEqual([undefined, undefined, undefined])
})

test('A change that arrives while the list is worked out is not missed', async () => {
  const { ask, asked, change, meanwhile } = opened()
  meanwhile(() => change('a'))
  await ask()
  expect(await ask()).toEqual(['b1', 'c1', 'a2'])
  expect(asked).toEqual([undefined, ['a']])
})
