import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { byPointer } from '../support/hands.ts'
import { goTo, readOn, signIn } from '../support/people.ts'
import { watchForViolations } from '../support/violations.ts'

const planPath = `/people/${graceId}/plan`

test('Grace changes her own words and agrees, and Karen adds a step', async ({ page }) => {
  const violations = await watchForViolations(page)

  await test.step('Grace opens her plan and reads it in her own words', async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Who would you like to be?' })).toBeVisible({
      timeout: 90_000,
    })
    await expectAccessible(page, 'sign in')
    await signIn(page, 'Grace Okafor')
    await expect(page.getByRole('heading', { name: 'Hello Grace' })).toBeVisible()
    await expect(readOn(page, 'Being at home. My church.')).toBeVisible()
    await expectAccessible(page, 'my plan')
    await expectNoSidewaysScroll(page, 'my plan')
  })

  await test.step('Grace changes what matters to her, and her yes goes with her own words', async () => {
    await page.getByRole('button', { name: /Change my words.*What matters most/ }).click()
    const words = page.getByRole('textbox', { name: 'What matters most to me' })
    await words.fill('Being at home. My church. My garden in the spring.')
    await page.getByRole('button', { name: 'Save my words' }).click()
    await expect(readOn(page, 'My garden in the spring.')).toBeVisible()
    await goTo(page, '/my')
    await expect(page.getByText('What is new since then, you wrote yourself.')).toBeVisible()
    await expect(page.getByText('You said yes to this plan')).toBeVisible()
  })

  await test.step('Karen, from the council, sees the same plan and adds a step', async () => {
    await signIn(page, 'Karen Lee')
    await goTo(page, `${planPath}/conversation`)
    await expect(page.getByRole('heading', { name: 'Our conversation' })).toBeVisible()
    await page.getByRole('button', { name: 'Add a step' }).last().click()
    await page.getByLabel('What will be done').fill('Ring the lunch club about the minibus')
    await byPointer.day(page.getByRole('group', { name: 'By when' }), dayFromToday(54))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(readOn(page, 'Ring the lunch club about the minibus')).toBeVisible()
    await expectAccessible(page, 'our conversation')
    await expectNoSidewaysScroll(page, 'our conversation')
  })

  await test.step('The plan waits for Grace’s agreement to the new version', async () => {
    await goTo(page, planPath)
    await expect(page.getByText('Waiting for agreement.')).toBeVisible()
    await expectAccessible(page, 'the house')
    await expectNoSidewaysScroll(page, 'the house')
  })

  await test.step('Chidi sees what is not shared with him', async () => {
    await signIn(page, 'Chidi Okafor')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page, 'the carer’s page')
    await expectNoSidewaysScroll(page, 'the carer’s page')
  })

  await test.step('A user without access finds nothing of Grace’s', async () => {
    await signIn(page, 'Dr Robin Vale')
    await goTo(page, planPath)
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
    await expect(page.getByText('OKAFOR')).toHaveCount(0)
  })

  expect(violations).toEqual([])
})
