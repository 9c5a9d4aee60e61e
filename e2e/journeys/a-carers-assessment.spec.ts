import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

test('Karen completes a carer’s assessment that Chidi began at home', async ({ page }) => {
  await page.goto('/')

  await test.step('Chidi writes at home what he does, and that he only gets out when it is not safe', async () => {
    await signIn(page, 'Chidi Okafor')
    await openPage(page, '/my/caring')
    await page.getByRole('button', { name: 'Go to your own plan and needs' }).click()
    await expect(page.getByText('Go to your own plan and needs')).toHaveCount(0)
    await goTo(page, '/my/caring')
    await page.getByRole('button', { name: 'Write down how it is first' }).click()
    await page.getByLabel('What I do as a carer').fill('I cook, and I sit up at night')
    const freeTime = page.getByRole('group', { name: 'Free time' })
    await freeTime.getByRole('radio', { name: 'Only in a way that is not safe' }).check()
    await page.getByRole('button', { name: 'Save what I wrote' }).click()
    await expect(readOn(page, 'I cook, and I sit up at night')).toBeVisible()
  })

  await test.step('Karen finds it on her page', async () => {
    await signIn(page, 'Karen Lee')
    await openPage(page, '/social-care')
    const begun = page.getByRole('region', { name: /^Begun at home/ })
    await expectAccessible(page, 'social care')
    await expectNoSidewaysScroll(page, 'social care')
    await begun.getByRole('link', { name: /okafor/i }).click()
    await expect(page.getByRole('heading', { name: 'Carer’s assessment' })).toBeVisible()
  })

  await test.step('She is not asked again what he answered, and asks the rest', async () => {
    await page.getByRole('button', { name: 'Start an assessment' }).click()
    await expect(page.getByText(/^Answered by Chidi Okafor/).first()).toBeVisible()
    await expect(page.getByRole('group', { name: 'Free time' })).toHaveCount(0)
    const yes = (question: RegExp) =>
      page.getByRole('group', { name: question }).getByRole('radio', { name: 'Yes' }).check()
    await yes(/^Is the care necessary/)
    await yes(/significant impact on the carer’s wellbeing/)
    await expect(page.getByText('All three conditions are met')).toBeVisible()
    await expectAccessible(page, 'a carer’s assessment')
    await page.getByRole('button', { name: 'Finish the assessment' }).click()
    await expect(page.getByText(/^Answered by Chidi Okafor/).first()).toBeVisible()
  })

  await test.step('She decides, with her reason, and his plan is to be written', async () => {
    await page.getByRole('radio', { name: 'There is a right to support as a carer' }).check()
    await page.getByLabel('Your reason').fill('He has no night of sleep')
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await expect(readOn(page, 'He has no night of sleep')).toBeVisible()
    await openPage(page, '/social-care')
    await expect(page.getByRole('heading', { name: 'Social care' })).toBeVisible()
    const toPlan = page.getByRole('region', { name: /^Right to support/ })
    await expect(toPlan.getByRole('link', { name: /okafor/i })).toBeVisible()
  })
})
