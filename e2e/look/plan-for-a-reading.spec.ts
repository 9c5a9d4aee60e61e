import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, signIn } from '../support/people.ts'

async function weigh(page: Page, kg: string): Promise<void> {
  await page.getByLabel('Weight (kg)').fill(kg)
  await page.getByRole('button', { name: 'Save the reading' }).click()
}

const alert = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words })

test('A reading outside the limits shows the person’s own plan, with numbers to call', async ({
  page,
}) => {
  await page.goto('/')

  await test.step('Grace records a reading herself', async () => {
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my/readings')
    await weigh(page, '95')
    const message = alert(page, 'This is outside the agreed limits')
    await expect(message).toContainText('This is what your plan says to do now:')
    await expect(message).toContainText('Ring Amina the same day')
    await expect(message.getByRole('link', { name: '01632 960100' })).toHaveAttribute(
      'href',
      'tel:01632960100',
    )
    await expect(message).toContainText('Red: help now')
    await looksRight(page, 'the person’s own plan at a reading')
  })

  await test.step('The warning about one reading is not shown for another kind', async () => {
    await page.getByLabel('Oxygen').check()
    await expect(alert(page, 'This is outside the agreed limits')).toHaveCount(0)
  })

  await test.step('Amina sees the same plan beside the reading', async () => {
    await signIn(page, 'Amina Yusuf')
    await goTo(page, `/people/${graceId}/readings?kind=weight`)
    const message = alert(page, 'What the plan says about this').first()
    await expect(message.getByText('Ring Amina the same day')).toBeVisible()
    await expect(message.getByRole('link', { name: '01632 960100' })).toBeVisible()
    await looksRight(page, 'the plan beside an alert')
  })
})
