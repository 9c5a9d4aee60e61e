import { expect } from '@playwright/test'
import { test } from '../support/device.ts'
import { expectApi, openApp, readTask, saveTask, signIn } from './record-calls.ts'

test.setTimeout(120_000)

test('Two tabs that save at the same time lose nothing', async ({ context }) => {
  const one = await context.newPage()
  const two = await context.newPage()
  await openApp(one)
  await openApp(two)
  const token = await signIn(one)
  const numbers = Array.from({ length: 30 }, (_, index) => index)
  const saves = numbers.flatMap((number) => [
    saveTask(one, { token, id: `one-${number}`, text: `one ${number}` }),
    saveTask(two, { token, id: `two-${number}`, text: `two ${number}` }),
  ])
  for (const answer of await Promise.all(saves)) expect(answer.status).toBe(201)
  for (const number of numbers) {
    expect(await readTask(one, token, `two-${number}`)).toMatchObject({ text: `two ${number}` })
    expect(await readTask(two, token, `one-${number}`)).toMatchObject({ text: `one ${number}` })
  }
})

test('When the tab that owns the database is closed, another takes over, and no save is lost or doubled', async ({
  context,
}) => {
  const owner = await context.newPage()
  await openApp(owner)
  const other = await context.newPage()
  await openApp(other)
  const token = await signIn(other)
  let answer = await saveTask(other, { token, id: 'handed-over', text: 'version 1' })
  expect(answer).toMatchObject({ status: 201, version: '1' })
  for (let number = 2; number <= 40; number += 1) {
    const version = String(number - 1)
    const saving = saveTask(other, {
      token,
      id: 'handed-over',
      text: `version ${number}`,
      version,
    })
    if (number === 20) void owner.close()
    answer = await saving
    expect(answer).toMatchObject({ status: 200, version: String(number) })
  }
  expect(await readTask(other, token, 'handed-over')).toMatchObject({
    text: 'version 40',
    version: '40',
  })
})

test('A service worker stopped by the browser loses no save', async ({ page, context }) => {
  await openApp(page)
  const token = await signIn(page)
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  for (const number of [1, 2, 3, 4, 5]) {
    await session.send('ServiceWorker.stopAllWorkers')
    const answer = await saveTask(page, { token, id: `stopped-${number}`, text: 'saved' })
    expect(answer).toMatchObject({ status: 201, type: expect.stringContaining('fhir+json') })
  }
})

test('Without a network the app opens again, in a new tab too', async ({ context }) => {
  const page = await context.newPage()
  await openApp(page)
  const token = await signIn(page)
  await saveTask(page, { token, id: 'before', text: 'before' })
  await context.setOffline(true)
  await page.reload()
  await expectApi(page)
  expect(await readTask(page, token, 'before')).toMatchObject({ text: 'before' })
  expect(await saveTask(page, { token, id: 'during', text: 'during' })).toMatchObject({
    status: 201,
  })
  await page.close()
  const reopened = await context.newPage()
  await openApp(reopened)
  expect(await readTask(reopened, token, 'during')).toMatchObject({ text: 'during' })
})
