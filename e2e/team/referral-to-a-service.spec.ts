import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { openPage, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const list = [
  'name,how to refer,provider,what,area,waiting weeks,eligibility,telephone,social,last checked',
  'Walking group,Come to the gate,Park friends,A slow walk on Tuesdays,Riverside,0,Anybody,,yes,2020-03-01',
  'Night sitters,,Brightway,,,,,,,',
].join('\n')

test('A list of services is read in, Grace is referred to one, and she reads what came of it', async ({
  page,
  secondBrowser,
}) => {
  test.slow()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Amina reads in a list: one line is refused with its reason', async () => {
    await openPage(page, '/services')
    await page
      .getByLabel('A CSV file, or a FHIR Bundle')
      .setInputFiles({ name: 'services.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await expect(page.getByText('1 line cannot be taken')).toBeVisible()
    await expect(page.getByText(/Line 3 Night sitters: Say how to refer/)).toBeVisible()
    await page.getByRole('button', { name: 'Take them in' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Walking group' })
    await expect(row.getByText(/^Old: checked on/)).toBeVisible()
    await page.getByRole('textbox', { name: 'What are you looking for?' }).fill('walking')
    await expect(page.getByText('1 service', { exact: true })).toBeVisible()
    await looksRight(page, 'the directory of services')
  })

  const karens = await secondBrowser()
  await test.step('Karen adds her team at the council, which answers here', async () => {
    await karens.goto('/')
    await signIn(karens, 'Karen Lee')
    await openPage(karens, '/services')
    await karens.getByRole('button', { name: 'Add a service' }).click()
    const form = karens.getByRole('form', { name: 'Add a service' })
    await form.getByRole('textbox', { name: 'Name of the service' }).fill('Home adaptations')
    await form.getByRole('textbox', { name: 'Who runs it' }).fill('Riverside Council')
    await form
      .getByRole('combobox', { name: 'Who answers here' })
      .selectOption({ label: 'Riverside Council' })
    await form.getByRole('textbox', { name: 'How to ask' }).fill('Refer here')
    await form.getByRole('textbox', { name: 'Weeks to wait' }).fill('6')
    await looksRight(karens, 'a new service')
    await form.getByRole('button', { name: 'Save the service' }).click()
    await karens.getByRole('textbox', { name: 'What are you looking for?' }).fill('adaptations')
    await expect(karens.getByText('About 6 weeks')).toBeVisible()
  })

  await test.step('Amina refers Grace to it', async () => {
    await openPage(page, `/people/${graceId}/tasks`)
    await page.getByRole('button', { name: 'Refer to a service' }).click()
    const form = page.getByRole('form', { name: 'Refer to a service' })
    await form
      .getByRole('combobox', { name: 'Which service of the directory' })
      .selectOption({ label: 'Home adaptations, Riverside Council' })
    await expect(form.getByText('People wait about 6 weeks.')).toBeVisible()
    await form.getByRole('textbox', { name: 'What you are asking for' }).fill('A second stair rail')
    await form.getByRole('textbox', { name: 'Why' }).fill('She fell on the landing')
    await looksRight(page, 'a referral to a service')
    await form.getByRole('button', { name: 'Send referral' }).click()
    await expect(page.getByText('Sent, not answered yet')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Accept:/ })).toHaveCount(0)
  })

  await test.step('Karen answers: it takes some weeks', async () => {
    await openPage(karens, '/today')
    await expect(karens.getByText('You are asked to help: A second stair rail')).toBeVisible()
    await openPage(karens, `/people/${graceId}/tasks`)
    await karens.getByRole('button', { name: 'Accept: A second stair rail' }).click()
    await karens.getByRole('button', { name: 'Waiting list: A second stair rail' }).click()
    await karens
      .getByRole('textbox', { name: 'How long the person waits, and for what' })
      .fill('The fitter comes in six weeks.')
    await karens.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(karens.getByText('On the waiting list')).toBeVisible()
    await looksRight(karens, 'a referral that waits')
  })

  await test.step('Grace reads what came of it, in plain words', async () => {
    const graces = await secondBrowser()
    await graces.goto('/')
    await signIn(graces, 'Grace Okafor')
    await openPage(graces, '/my/support')
    await expect(graces.getByText(/will help. There is a wait/)).toBeVisible()
    await expect(graces.getByText('The fitter comes in six weeks.')).toBeVisible()
    await looksRight(graces, 'who was asked to help')
  })
})
