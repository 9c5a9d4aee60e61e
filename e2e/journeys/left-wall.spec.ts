import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'

const root = `/people/${graceId}`
/** A red point. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

test('Grace answers what she is offered, writes for a crisis and chooses a picture, and Amina finds it', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')

  await test.step('She says no to a seat, and why', async () => {
    await openPage(page, '/my/support')
    await page.getByRole('button', { name: /^Answer.*A folding seat/ }).click()
    await page.getByRole('radio', { name: 'No, this is not for me' }).check()
    await page.getByLabel('Why not? You can leave this empty.').fill('I would be ashamed of it.')
    await looksRight(page, 'an answer to help')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(readOn(page, 'I would be ashamed of it.')).toBeVisible()
    await expect(page.getByText('Not taken up')).toBeVisible()
    await looksRight(page, 'help to look after myself')
  })

  await test.step('She begins a crisis plan in her own words', async () => {
    await openPage(page, '/my/roof')
    await page.getByRole('button', { name: 'Write a crisis plan' }).click()
    await page.getByLabel('First signs').and(page.locator('textarea')).fill('I stop sleeping.')
    await looksRight(page, 'a line of my crisis plan')
    await page.getByRole('button', { name: 'Save my words' }).click()
    // the page also asks whether the plan with these words is right
    const signs = page.getByRole('region', { name: 'First signs' })
    await expect(readOn(signs, 'I stop sleeping.')).toBeVisible()
    await looksRight(page, 'my crisis plan')
  })

  await test.step('She chooses a picture: it is drawn again on the device', async () => {
    await openPage(page, '/my/me')
    await page.getByRole('button', { name: 'Add a picture' }).click()
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
    await page.getByLabel('What the picture shows').fill('Me in my blue hat')
    await looksRight(page, 'a picture of me')
    await page.getByRole('button', { name: 'Save the picture' }).click()
    const picture = page.getByRole('img', { name: 'Me in my blue hat' })
    await expect(picture).toBeVisible()
    await expect(picture).toHaveAttribute('src', /^data:image\/jpeg;base64,/)
  })

  await test.step('Amina reads it, and records the care home', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, `${root}/plan/support`)
    await expect(readOn(page, 'I would be ashamed of it.')).toBeVisible()
    await looksRight(page, 'help that was offered')
    await openPage(page, `${root}/contacts`)
    await page.getByRole('button', { name: 'Lives in a care home' }).click()
    await page.getByLabel('Name of the care home').fill('Brook House')
    await page.getByLabel('Phone by day').fill('01632 960150')
    await page.getByLabel('Phone at night').fill('01632 960151')
    await looksRight(page, 'a care home')
    await page.getByRole('button', { name: 'Save the care home' }).click()
    await expect(page.getByRole('button', { name: 'Change the care home' })).toBeVisible()
    await looksRight(page, 'contact details with a care home')
  })

  await test.step('In an emergency both are there', async () => {
    await openPage(page, `${root}/emergency`)
    await expect(readOn(page, 'I stop sleeping.')).toBeVisible()
    await expect(page.getByRole('link', { name: '01632 960151' })).toBeVisible()
    await looksRight(page, 'the emergency page')
  })
})
