import { expect, test } from '@playwright/test'
import { graceId } from '#api/seed/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'

test('Amina calls Grace, then her son, then the team, and finds the address', async ({ page }) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Calling shows the number as a link, and who to try next', async () => {
    await goTo(page, `/people/${graceId}/review?call`)
    const numbers = page.getByRole('list').filter({ hasText: 'Son and carer' }).getByRole('link')
    await expect(numbers.first()).toHaveAttribute('href', 'tel:01632960111')
    await expect(numbers.nth(1)).toHaveText('01632 960112')
    await expect(numbers.nth(2)).toHaveText('01632 960100')
    await looksRight(page, 'calling')
  })

  await test.step('The contact sheet has the rest', async () => {
    await page.getByRole('link', { name: 'Address, next of kin and the whole team' }).click()
    await expect(page.getByRole('heading', { name: 'Contact details' })).toBeVisible()
    await expect(page.getByText('4 Mill Lane')).toBeVisible()
    await expect(page.getByText('Social worker, Riverside Council')).toBeVisible()
    await looksRight(page, 'contact details')
  })
})
