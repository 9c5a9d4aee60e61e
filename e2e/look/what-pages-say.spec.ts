import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectSoundWords, looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, signIn } from '../support/people.ts'

const root = `/people/${graceId}`

test('Texts of every page are correct, not repeated, and address the reader', async ({
  page,
  context,
}) => {
  await page.goto('/')

  await test.step('A carer’s pages are about Grace, not about the carer', async () => {
    await signIn(page, 'Chidi Okafor')
    const rooms = ['me', 'conversation', 'team', 'roof', 'support', 'readings', 'who-looked']
    for (const path of ['/my', ...rooms.map((room) => `/my/${room}`)]) {
      await openPage(page, path)
      await expectSoundWords(page, path)
      const headings = await page.locator('main :is(h1, h2, h3, legend, label, a)').allInnerTexts()
      expect(
        headings.filter((words) => /\b(I|me|my|mine)\b/i.test(words)),
        path,
      ).toEqual([])
    }
    await goTo(page, '/my')
    await page.getByText('What is not shown to you, and why').click()
    await expect(page.getByText('only Grace and named professionals')).toBeVisible()
  })

  await test.step('The first pages stay short on a phone', async () => {
    const usual = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    for (const [name, path, most] of [
      ['Chidi Okafor', '/my', 5],
      ['Grace Okafor', '/my', 5],
      ['Amina Yusuf', `${root}/plan`, 5.25],
    ] as const) {
      await signIn(page, name)
      await openPage(page, path)
      const screens = () =>
        page.evaluate(() => document.documentElement.scrollHeight / window.innerHeight)
      await expect.poll(screens, `screens of ${name}’s ${path}`).toBeGreaterThan(2)
      expect(await screens(), `screens of ${name}’s ${path}`).toBeLessThanOrEqual(most)
    }
    if (usual) await page.setViewportSize(usual)
  })

  await test.step('A missing page is reported once', async () => {
    await openPage(page, '/my/nowhere')
    await expect(page.getByText('Page not found')).toHaveCount(1)
    await signIn(page, 'Dr Robin Vale')
    await goTo(page, `${root}/plan`)
    await expect(page.getByText('Page not found')).toHaveCount(1)
    await expect(page.getByText(/no such record|We cannot find/)).toHaveCount(1)
    await looksRight(page, 'not here')
  })

  await test.step('A page of another role is refused as such, not as an error', async () => {
    for (const [name, paths] of [
      ['Ruth Adler', ['/find', '/today', `${root}/plan`]],
      ['Grace Okafor', ['/today', '/find', '/import']],
    ] as const) {
      await signIn(page, name)
      for (const path of paths) {
        await goTo(page, path)
        await expect(page.getByRole('heading', { name: 'Not part of your role' })).toBeVisible()
        await expect(page.getByText(/could not|Something/)).toHaveCount(0)
      }
    }
  })

  await test.step('The number on Today is the number in the list below', async () => {
    await signIn(page, 'Amina Yusuf')
    await goTo(page, '/today')
    const street = page.locator('main li', { has: page.getByRole('link', { name: 'today' }) })
    const count = await street.locator('strong').textContent()
    await expect(page.getByText(/of your \d+ people/)).toHaveText(new RegExp(`^${count} of your`))
    await looksRight(page, 'today')
  })

  await test.step('A page begins at the top, and short words are not broken', async () => {
    await openPage(page, `${root}/plan`)
    expect((await page.locator('header').first().boundingBox())?.y).toBe(0)
    const print = await page.getByRole('button', { name: 'Print' }).boundingBox()
    expect(print?.height).toBeLessThan(50)
  })

  await test.step('Needs are shown as needs in the story', async () => {
    await goTo(page, `${root}/story`)
    await page.getByLabel(/^Needs/).check()
    await expect(page.getByText('Someone to sit at night')).toBeVisible()
    await page.getByLabel(/^Needs/).uncheck()
    await page.getByLabel(/^Conditions/).check()
    await expect(page.getByText('Someone to sit at night')).toHaveCount(0)
    await looksRight(page, 'story')
  })

  await test.step('A new tab is signed in without asking', async () => {
    const tab = await context.newPage()
    await tab.goto('/caseload')
    await expect(tab.getByRole('heading', { name: 'Caseload' })).toBeVisible({ timeout: 60_000 })
    await expectSoundWords(tab, 'caseload')
  })
})
