import { expect, test } from 'vitest'
import { queueWrite } from '#client/offline/queue-write.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { openOfflineStore } from './offline-store.ts'

const at = '2026-11-21T08:00:00.000Z'
const task = {
  ...{ resourceType: 'Task' as const, id: 't', status: 'requested' as const },
  ...{ intent: 'order' as const, for: { reference: 'Patient/grace' } },
}
const grace = {
  ...{ id: 'grace', family: 'Okafor', given: 'Grace', takenAt: at },
  records: [{ resourceType: 'Patient' as const, id: 'grace' }, task],
}
const save = { ...{ place: 1, at, person: 'grace', name: 'Grace' }, records: [{ mine: task }] }

/** A device whose storage writes only when the test releases it. */
async function slowDevice() {
  const shelf = memoryShelf()
  let gate: Promise<void> = Promise.resolve()
  const put: typeof shelf.put = async (sealed) => {
    await gate
    await shelf.put(sealed)
  }
  const settings = { deviceKey: btoa('k'.repeat(32)), until: () => '2999-01-01' }
  const open = () =>
    openOfflineStore({ ...settings, shelf: { ...shelf, put }, now: () => new Date(at) })
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    return resolve
  }
  const kinds = async () => (await shelf.all()).map((each) => each.kind)
  return { device: await open(), open, hold, kinds }
}

test('what is being written while a device closes is deleted with the rest', async () => {
  const { device, hold, kinds } = await slowDevice()
  await device.keepPerson(grace)
  const letGo = hold()
  const writes = [device.keepPerson({ ...grace, id: 'other' }), device.keepBag({ records: [] })]
  await new Promise((resolve) => setTimeout(resolve, 20))
  const closed = device.close()
  letGo()
  await Promise.all([...writes, closed])
  expect(await kinds()).toEqual([])
})

test('a closed device stores no downloads, but still keeps unsent saves and drops sent ones', async () => {
  const { device, open, kinds } = await slowDevice()
  await device.keepPerson(grace)
  await device.close()
  await device.keepPerson(grace)
  await device.keepBag({ records: [task] })
  await device.keepWaiting({ ...save, id: 'unsent' })
  await device.keepWaiting({ ...save, id: 'sent' })
  await device.dropWaiting(['sent'])
  expect(await kinds()).toEqual(['waiting'])
  const again = await open()
  expect([again.people(), again.waiting().map((each) => each.id)]).toEqual([[], ['unsent']])
})

test('a save made just as the device closes is there when its writer returns', async () => {
  const { device, open } = await slowDevice()
  await device.keepPerson(grace)
  const mine = { ...task, id: 'new', description: 'Bring the scales' }
  const request = { method: 'PUT' as const, url: 'Task/new', ifNoneMatch: '*' }
  await device.close()
  await queueWrite(device, [{ resource: mine, request }], { at })
  expect((await open()).waiting()[0]?.records[0]?.mine).toMatchObject(mine)
})

test('a change from another tab does not undo one that is being written', async () => {
  const { device, hold } = await slowDevice()
  const letGo = hold()
  const kept = device.keepPerson(grace)
  const read = device.reload()
  letGo()
  await Promise.all([kept, read])
  expect(device.people().map((each) => each.id)).toEqual(['grace'])
})
