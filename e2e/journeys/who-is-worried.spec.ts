import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll, looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

async function says(page: Page, question: string, score: string, words: string): Promise<void> {
  await page.getByLabel(question).selectOption(score)
  await page.getByLabel(/^What worries you/).fill(words)
  await page.getByRole('button', { name: 'Save how worried you are' }).click()
  await expect(readOn(page, /^Saved\. Your team can read it/)).toBeVisible()
}

test('Grace and the team say how worried they are, and the difference is said in words', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')
  await goTo(page, '/my/readings')
  await says(page, 'How worried are you about your health?', '8', 'The stairs at night')
  await expect(readOn(page, /^Last time you said 8 of 10/)).toBeVisible()
  await looksRight(page, 'how worried Grace is')

  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/readings`)
  await expect(readOn(page, 'The team has not said how worried it is.')).toBeVisible()
  await says(page, 'How worried are you about Grace?', '3', '')
  await expect(readOn(page, /worries more than we do: 8, we say 3/)).toBeVisible()
  await expectAccessible(page, 'who is worried')
  await expectNoSidewaysScroll(page, 'who is worried')
})

test('Grace lets Chidi write readings; he says how worried he is and what he takes as an amber sign, and the team reads both', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')
  await openPage(page, '/my/who-looked')
  await page.getByRole('button', { name: /Chidi/ }).first().click()
  const form = page.locator('.share-form')
  await form
    .getByRole('group', { name: /^What may/ })
    .getByRole('checkbox', { name: 'your health record' })
    .check()
  await form
    .getByRole('group', { name: /^Where may/ })
    .getByRole('checkbox', { name: 'readings, such as your weight' })
    .check()
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(readOn(page, /can write in: .*readings/)).toBeVisible()

  await signIn(page, 'Chidi Okafor')
  await openPage(page, '/my/readings')
  await says(page, 'How worried are you about Grace?', '7', 'She sleeps in the chair')
  await page.getByRole('button', { name: 'Write an amber sign' }).click()
  const sign = page.getByRole('form', { name: 'Your own amber sign' })
  await sign
    .getByRole('textbox', { name: /^What tells you/ })
    .fill('2 kg up in 3 days, or sleeping in the chair')
  await sign.getByRole('combobox').selectOption('weight')
  await sign.getByRole('textbox', { name: 'Up by this much or more (kg)' }).fill('2')
  await sign.getByRole('textbox', { name: 'Within how many days' }).fill('3')
  await looksRight(page, 'an amber sign of a carer')
  await sign.getByRole('button', { name: 'Save the amber sign' }).click()
  await expect(readOn(page, 'No professional has agreed to it yet.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Weight (kg)' }).fill('79.5')
  await page.getByRole('button', { name: 'Save the reading' }).click()
  await expect(readOn(page, 'This is an amber sign.')).toBeVisible()
  await looksRight(page, 'a reading of a carer that is an amber sign')
  await expectNoSidewaysScroll(page, 'the readings of a carer')

  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/readings`)
  await expect(readOn(page, /Chidi Okafor: 7 of 10/)).toBeVisible()
  await page.getByRole('button', { name: 'Agree to this sign' }).click()
  await expect(readOn(page, /Amina Yusuf agreed to it/)).toBeVisible()
  await expectAccessible(page, 'an amber sign that was agreed')
  await expectNoSidewaysScroll(page, 'an amber sign that was agreed')
})
