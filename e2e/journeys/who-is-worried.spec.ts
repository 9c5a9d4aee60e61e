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
