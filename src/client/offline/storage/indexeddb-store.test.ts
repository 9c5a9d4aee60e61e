import { IDBDatabase, IDBFactory, IDBObjectStore, IDBRequest, IDBTransaction } from 'fake-indexeddb'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { type EncryptedEntry, openIndexedDbStore } from './indexeddb-store.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  const all = { IDBDatabase, IDBObjectStore, IDBRequest, IDBTransaction }
  for (const [name, value] of Object.entries(all)) vi.stubGlobal(name, value)
  for (const name of ['IDBIndex', 'IDBCursor']) vi.stubGlobal(name, class {})
})
afterAll(() => {
  vi.unstubAllGlobals()
})

const sealed = (key: string): EncryptedEntry => ({
  ...{ key, owner: 'her', kind: 'text', until: '2026-12-01T18:00:00Z' },
  ...{ iv: new Uint8Array([1, 2]), data: new Uint8Array([3, 4]).buffer },
})

const keysOn = async (name?: string) => (await openIndexedDbStore(name).all()).map(({ key }) => key)

/** Makes the next call of this method fail as a browser does when the disk is full. */
function noRoomFor(method: 'put' | 'delete', when: 'at once' | 'at the end') {
  const full = new DOMException('no room', 'QuotaExceededError')
  vi.spyOn(IDBObjectStore.prototype, method).mockImplementationOnce(function (
    this: IDBObjectStore & { transaction: { _abort: (name: string) => void } },
  ) {
    if (when === 'at once') throw full
    const request = this.get('nothing')
    this.transaction._abort('QuotaExceededError')
    return request
  })
}

test('stored entries are there for the next page until they are removed', async () => {
  const shelf = openIndexedDbStore()
  await shelf.put(sealed('a'))
  await shelf.put(sealed('b'))
  await shelf.put({ ...sealed('b'), kind: 'along' })
  await shelf.put(sealed('c'))
  expect(await openIndexedDbStore().all()).toEqual([
    sealed('a'),
    { ...sealed('b'), kind: 'along' },
    sealed('c'),
  ])
  await shelf.remove(['a', 'c', 'never there'])
  expect(await keysOn()).toEqual(['b'])
  expect(await keysOn('another')).toEqual([])
})

test('a full disk is reported by its name, and nothing is stored by half', async () => {
  const shelf = openIndexedDbStore()
  await shelf.put(sealed('a'))
  for (const when of ['at once', 'at the end'] as const) {
    noRoomFor('put', when)
    await expect(shelf.put(sealed('b'))).rejects.toMatchObject({ name: 'QuotaExceededError' })
    noRoomFor('delete', when)
    await expect(shelf.remove(['a'])).rejects.toMatchObject({ name: 'QuotaExceededError' })
    expect(await keysOn()).toEqual(['a'])
  }
  await shelf.put(sealed('b'))
  expect(await keysOn()).toEqual(['a', 'b'])
})

test('a store the browser closed to make room is opened again', async () => {
  const shelf = openIndexedDbStore()
  await shelf.put(sealed('a'))
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The database connection is closing', 'InvalidStateError')
  })
  await shelf.put(sealed('b'))
  expect(await keysOn()).toEqual(['a', 'b'])
})

test('where the browser stores nothing each call fails with the reason, and the next one tries again', async () => {
  const kept = indexedDB
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('Not here', 'SecurityError')
    },
  })
  const shelf = openIndexedDbStore()
  await expect(shelf.put(sealed('a'))).rejects.toThrow('Not here')
  await expect(shelf.all()).rejects.toThrow('Not here')
  vi.stubGlobal('indexedDB', kept)
  await shelf.put(sealed('a'))
  expect(await keysOn()).toEqual(['a'])
})
