import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { byKeyboard } from '../support/hands.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('Brook Surgery hands Grace over, the clinic accepts, and everybody sees who has access', async ({
  page,
}) => {
  const hands = byKeyboard(page)
  const sure = page.getByRole('dialog')
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Amina asks with the keyboard alone, and must give a practice and a reason', async () => {
    await goTo(page, `/people/${graceId}/sharing`)
    await hands.press(page.getByRole('link', { name: 'Change of practice' }))
    await hands.press(page.getByRole('button', { name: 'Continue' }))
    await expect(page.getByText('Select a practice')).toBeVisible()
    await expect(page.getByText('Enter a reason, so that they can decide')).toBeVisible()
    await looksRight(page, 'asking another practice')
    await hands.choose(page.getByLabel('Which practice?'), 'Elsewhere Clinic')
    await hands.write(page.getByLabel('Why?'), 'She moves to her niece')
    await hands.press(page.getByRole('button', { name: 'Continue' }))
    await expect(sure).toContainText('Everyone who works at Elsewhere Clinic')
    await expect(sure).toContainText('Brook Surgery, while the case is open there')
    await looksRight(page, 'who will have access')
    await hands.press(page.getByRole('button', { name: 'Yes, ask them' }))
    await expect(page.getByText('Waiting for Elsewhere Clinic to answer')).toBeVisible()
    await looksRight(page, 'a requested change of practice')
  })

  await test.step('Grace reads who was asked, and that they have access to her plan', async () => {
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my/who-looked')
    await expect(page.getByText('has asked Elsewhere Clinic to be your practice')).toBeVisible()
    await expect(page.getByRole('region', { name: 'What has changed' })).toContainText(
      'Can now see the record: Elsewhere Clinic.',
    )
    await looksRight(page, 'the person’s practice')
  })

  await test.step('The clinic finds it on Today and accepts', async () => {
    await signIn(page, 'Dr Robin Vale')
    await goTo(page, '/today')
    await expect(page.getByText('Brook Surgery asks you to take this person on')).toBeVisible()
    await looksRight(page, 'a request to take a person on')
    await page.getByRole('link', { name: 'Answer' }).click()
    await page.getByRole('button', { name: 'Accept this person' }).click()
    await expect(sure).toContainText('This happens straight away')
    await page.getByRole('button', { name: 'Yes, accept' }).click()
    await expect(page.getByText('Registered with Elsewhere Clinic', { exact: true })).toBeVisible()
    await looksRight(page, 'a person taken on')
  })

  await test.step('Amina sees who was given access, marks it as seen, and undoes that', async () => {
    await goTo(page, `/people/${graceId}/tasks`)
    await page.getByRole('button', { name: 'Add someone to the team' }).click()
    await page.getByLabel('Who to add to the team').selectOption('Practitioner/robin-vale')
    await page.getByRole('button', { name: 'Add to the team' }).click()
    await expect(page.getByText('is in the team', { exact: false })).toBeVisible()
    await signIn(page, 'Amina Yusuf')
    await goTo(page, '/today')
    const changed = page.getByRole('region', { name: /Who can see the record has changed/ })
    await expect(changed).toContainText('Changed by Dr Robin Vale')
    await looksRight(page, 'changes of access on Today')
    await changed.getByRole('button', { name: /^Seen/ }).click()
    await expect(changed).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(changed).toContainText('Changed by Dr Robin Vale')
    await goTo(page, `/people/${graceId}/hand-over`)
    await expect(page.getByText('Accepted', { exact: true })).toBeVisible()
  })
})
