import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

test('Grace reads her plan in pictures, in bigger words, in Urdu and on paper, and takes it with her', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')

  await test.step('The plan with pictures says what the plan says now', async () => {
    await page.getByRole('link', { name: 'With pictures' }).click()
    await expect(page.getByText('I want to walk to church.')).toBeVisible()
    await expect(page.getByText('This has changed since the easy read was made')).toBeVisible()
    await expect(page.getByText('3 times a day')).toHaveCount(0)
    await expectAccessible(page, 'easy read')
    await expectNoSidewaysScroll(page, 'easy read')
  })

  await test.step('Bigger words fit on the screen too', async () => {
    await openPage(page, '/my')
    await page.getByRole('button', { name: 'Bigger words' }).click()
    await expectAccessible(page, 'bigger words')
    await expectNoSidewaysScroll(page, 'bigger words')
    await openPage(page, '/my/plan/easy-read')
    await expectNoSidewaysScroll(page, 'easy read in bigger words')
  })

  await test.step('In Urdu the page runs from right to left, and her own words stay as she wrote them', async () => {
    const html = page.locator('html')
    const mark = page.getByText('This translation has not been reviewed yet.')
    await openPage(page, '/my')
    await expect(mark).toHaveCount(0)
    await page.getByRole('button', { name: 'اردو' }).click()
    await expect(html).toHaveAttribute('dir', 'rtl')
    await expect(html).toHaveAttribute('lang', 'ur')
    await expect(mark).toBeVisible()
    const own = page.getByText('Being at home. My church.')
    await expect(own).toHaveAttribute('lang', 'en')
    await expectAccessible(page, 'the plan in Urdu')
    await expectNoSidewaysScroll(page, 'the plan in Urdu')
    await openPage(page, '/my/plan/easy-read')
    await expect(html).toHaveAttribute('dir', 'rtl')
    await expectAccessible(page, 'easy read in Urdu')
    await expectNoSidewaysScroll(page, 'easy read in Urdu')
    await page.getByRole('button', { name: 'Read in English' }).click()
    await expect(html).toHaveAttribute('dir', 'ltr')
    await expect(mark).toHaveCount(0)
  })

  await test.step('The file opens without Gable, says the plan, and asks nobody for anything', async () => {
    await openPage(page, '/my/plan/paper')
    await expectAccessible(page, 'the plan on paper')
    await expectNoSidewaysScroll(page, 'the plan on paper')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Take my plan' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^plan-.+\.html$/)
    const file = await readFile(await download.path(), 'utf8')
    const other = await page.context().newPage()
    const asked: string[] = []
    other.on('request', (request) => asked.push(request.url()))
    await other.setContent(file)
    await expect(other.getByRole('heading', { name: 'Grace’s plan' })).toBeVisible()
    await expect(other.getByText('I want to sleep past five.')).toBeVisible()
    expect(asked).toEqual([])
    await other.close()
  })
})
