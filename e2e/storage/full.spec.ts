import { type BrowserContext, expect, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { signIn as chooseIdentity } from '../support/people.ts'
import { expectApi, openApp, readTask, saveTask, signIn } from './record-calls.ts'
import { takeAway, withoutFiles } from './take-away.ts'

test.setTimeout(120_000)

/** Limits the app’s storage to this many bytes; without a number, to the space of the disk. */
type Limit = (quotaSize?: number) => Promise<void>

/** The browser forgets a limit when the page that set it closes, so another page sets it and stays open. */
async function limiting(context: BrowserContext, origin: string): Promise<Limit> {
  const devtools = await context.newCDPSession(await context.newPage())
  return async (quotaSize) => {
    const limit = quotaSize === undefined ? {} : { quotaSize }
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...limit })
  }
}

/** Leaves no free space. */
async function fillUp(context: BrowserContext, page: Page): Promise<Limit> {
  const limitTo = await limiting(context, new URL(page.url()).origin)
  await limitTo(await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0))
  return limitTo
}

/** Saves long texts until one is refused; returns the saved ones and the status of the refusal. */
async function saveUntilRefused(page: Page, token: string, name = 'long') {
  const taken: string[] = []
  for (let number = 0; number < 200; number++) {
    const id = `${name}-${number}`
    const text = Array.from({ length: 60_000 }, () => Math.random().toString(36)).join(' ')
    const { status } = await saveTask(page, { token, id, text })
    if (status !== 201) return { status, taken, refused: id }
    taken.push(id)
  }
  return { status: 201, taken, refused: '' }
}

/** Expects that saved records can be read and refused ones cannot. */
async function expectKept(
  page: Page,
  token: string,
  { taken, refused }: Readonly<{ taken: readonly string[]; refused: string }>,
): Promise<void> {
  for (const id of ['before', ...taken.slice(-2)])
    expect((await readTask(page, token, id)).status, id).toBe(200)
  expect((await readTask(page, token, refused)).status).toBe(404)
}

const readOnly = (page: Page) => page.getByText('You can read what was saved before')

const desk = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

for (const device of [desk, phone])
  test.describe(`On a full disk, ${device.viewport.width} wide`, () => {
    test.use(device)

    test('what is typed stays, what was saved is readable after a reload, and it is saved once there is space', async ({
      page,
      context,
    }) => {
      const words = 'Being at home. My church. My garden in the spring.'
      const field = page.getByRole('textbox', { name: 'What matters most to me' })
      const save = page.getByRole('button', { name: 'Save my words' })
      const refusal = page.getByText('There is no storage space left. What you wrote')
      await openApp(page)
      const token = await signIn(page)
      expect((await saveTask(page, { token, id: 'before', text: 'Before' })).status).toBe(201)
      await chooseIdentity(page, 'Grace Okafor')
      await page.getByRole('button', { name: /Change my words.*What matters most/ }).click()
      const limitTo = await fillUp(context, page)
      const long = await saveUntilRefused(page, token)
      expect(long.status).toBe(507)

      await test.step('Grace’s words are not saved, and stay in the form', async () => {
        await field.fill(words)
        await save.click()
        await expect(refusal).toBeVisible({ timeout: 5_000 })
        await expect(field).toHaveValue(words)
        await expect(readOnly(page)).toBeVisible()
        await expectKept(page, token, long)
        await expectNoSidewaysScroll(page, 'her page on a full disk')
      })

      await test.step('A reload shows what was saved before, and the unsaved words', async () => {
        // this is less than what is in use: space that the browser reserved for open files is free again after a reload
        await limitTo(1_000_000)
        await page.reload()
        await expect(field).toHaveValue(words)
        await expectKept(page, token, long)
        expect((await saveUntilRefused(page, token, 'more')).status).toBe(507)
        await expect(readOnly(page)).toBeVisible()
        await save.click()
        await expect(refusal).toBeVisible({ timeout: 5_000 })
      })

      await test.step('With room again the words are saved, and nothing saved before is missing', async () => {
        await limitTo()
        await save.click()
        await expect(field).toBeHidden()
        await expect(readOnly(page)).toBeHidden()
        await page.reload()
        // where her words stand, and where she is asked about what has changed
        await expect(page.getByText('My garden in the spring.').first()).toBeVisible()
        await expectKept(page, token, long)
        expect(await timesSaved(page, words)).toBe(1)
      })
    })

    test('the first start reports it, and begins when there is room', async ({
      page,
      context,
      baseURL,
    }) => {
      const limitTo = await limiting(context, baseURL ?? '')
      await limitTo(1_000_000)
      await page.goto('/')
      await expect(
        page.getByRole('heading', { name: 'There is no storage space left on this device' }),
      ).toBeVisible({ timeout: 30_000 })
      await expect(page.getByText('Nothing was replaced')).toBeVisible()
      await expect(page.getByRole('button')).toHaveCount(1)
      await expectNoSidewaysScroll(page, 'a first start on a full disk')
      await expectAccessible(page, 'a first start on a full disk')
      await limitTo()
      await page.getByRole('button', { name: 'Try again' }).click()
      await expectApi(page)
    })
  })

test('Without a file store, a change refused for lack of room is not in memory either', async ({
  page,
  context,
}) => {
  await takeAway(context, withoutFiles)
  await openApp(page)
  const token = await signIn(page)
  expect((await saveTask(page, { token, id: 'before', text: 'Before' })).status).toBe(201)
  const limitTo = await fillUp(context, page)
  const long = await saveUntilRefused(page, token)
  expect(long.status).toBe(507)
  await expectKept(page, token, long)
  await page.reload()
  await expectApi(page)
  await expectKept(page, token, long)
  await limitTo()
  // on a busy machine opening the records again can take longer than the call’s timeout; they are open at the second
  // try
  const again = { token, id: long.refused, text: 'There is room' }
  await expect
    .poll(async () => [201, 412].includes((await saveTask(page, again)).status))
    .toBe(true)
  await page.reload()
  await expectApi(page)
  const saved = await readTask(page, token, long.refused)
  expect(saved).toMatchObject({ text: 'There is room', version: '1' })
})

/** Counts the versions of a record that contain this text. */
async function timesSaved(page: Page, words: string): Promise<number> {
  const token = await signIn(page, 'grace')
  return await page.evaluate(
    async ({ token, words }) => {
      const headers = { Authorization: `Bearer ${token}`, Accept: 'application/fhir+json' }
      const response = await globalThis.fetch('/fhir/_history?_count=20', { headers })
      const bundle = (await response.json()) as { entry?: readonly unknown[] }
      return (bundle.entry ?? []).filter((entry) => JSON.stringify(entry).includes(words)).length
    },
    { token, words },
  )
}
