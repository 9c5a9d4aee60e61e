import { expect } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

test('Ruth moves the cut line and sees groups compared at her free places alone, and no name', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Ruth Adler')
  await openPage(page, '/find/population')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^Of [\d,]+ people, whom could we help most/,
  )
  const fair = page.getByRole('region', { name: 'Is that fair?' })
  const before = await fair.getByRole('listitem').allTextContents()

  await test.step('The line moves by whole fives, with the keyboard too', async () => {
    const places = page.getByRole('slider', { name: 'Our free places' })
    const from = Number(await places.inputValue())
    await page.getByRole('button', { name: 'More places' }).click()
    await expect(places).toHaveValue(String(from + 5))
    await places.focus()
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('ArrowRight')
    await expect(page.getByText(`If we had ${from + 45} free places`)).toBeVisible()
    await expect(fair.getByText(`The ${from + 45} people above the line`)).toBeVisible()
    await expect(fair.getByText(/compared only at the line of your free places/)).toBeVisible()
    await expect(fair.getByRole('listitem')).toHaveCount(0)
  })

  await test.step('Nothing was saved, and nobody is named', async () => {
    await expect(page.getByText('You are trying this. Nothing is saved.')).toBeVisible()
    await expect(page.locator('main a[href^="/people/"]')).toHaveCount(0)
    await looksRight(page, 'the population as a manager sees it')
    await page.getByRole('button', { name: /^Back to \d+ free place/ }).click()
    await expect(page.getByRole('heading', { name: /^We have \d+ free place/ })).toBeVisible()
    await expect(fair.getByRole('listitem')).toHaveText(before)
  })

  await test.step('Amina sees the same line with names', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/find/population')
    const below = page.getByRole('region', { name: 'Just below the line' })
    await expect(below.getByRole('link').first()).toBeVisible()
    await looksRight(page, 'the population as a nurse sees it')
  })
})
