import { expect } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { openPage, readOn, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('Grace makes a card with a link, a stranger opens it, her team is told, and she stops it', async ({
  page,
  secondBrowser,
  team,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')
  await openPage(page, '/my/card')
  await page.getByRole('button', { name: 'Make the card' }).click()
  const shown = page.getByText('Scan to see what is written today').locator('bdi')
  const link = (await shown.textContent()) ?? ''
  await expect(page.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  await looksRight(page, 'a card with a link')

  const asked: string[] = []
  const theirs = await secondBrowser()
  theirs.on('request', (request) => asked.push(request.url() + JSON.stringify(request.headers())))
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: 'Emergency card' })).toBeVisible()
  // the browser tells of it a moment later
  await expect.poll(() => new URL(theirs.url()).hash).toBe('')
  await looksRight(theirs, 'opening a card')
  await theirs.getByLabel('Your name').fill('Sam Reed')
  await theirs.getByLabel('ambulance crew').check()
  await theirs.getByLabel('Why you open the card').fill('She fell at the bus stop')
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('heading', { level: 1, name: 'Grace Okafor' })).toBeVisible()
  await expect(theirs.getByText('Penicillin')).toBeVisible()
  await looksRight(theirs, 'an opened card')
  expect(await theirs.context().cookies()).toEqual([])
  const token = link.split('#')[1] ?? 'none'
  // in no address, no header and no line of the server
  expect(asked.filter((each) => each.includes(token))).toEqual([])
  expect(JSON.stringify(team.server.log)).not.toContain(token)

  await signIn(page, 'Amina Yusuf')
  await openPage(page, '/today')
  await expect(readOn(page, 'She fell at the bus stop')).toBeVisible()
  await looksRight(page, 'told of an opened card')

  await signIn(page, 'Grace Okafor')
  await openPage(page, '/my/who-looked')
  await expect(readOn(page, 'opened your emergency card by its link')).toBeVisible()
  await openPage(page, '/my/card')
  await expect(readOn(page, 'Its link was opened once')).toBeVisible()
  await looksRight(page, 'the cards in use')
  await page.getByRole('button', { name: /^End this card/ }).click()
  await page.getByRole('button', { name: 'Yes, end it' }).click()
  await expect(readOn(page, '1 card that was ended')).toBeVisible()

  await theirs.goto(link)
  await theirs.getByLabel('Your name').fill('Kim')
  await theirs.getByLabel('someone else').check()
  await theirs.getByLabel('Why you open the card').fill('To see')
  await theirs.getByRole('button', { name: 'Open the card' }).click()
  await expect(readOn(theirs, 'This link does not open a card')).toBeVisible()
})
