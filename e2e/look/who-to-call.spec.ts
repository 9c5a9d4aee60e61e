import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { byKeyboard, byPointer } from '../support/hands.ts'
import { goTo, readOn, signIn } from '../support/people.ts'

test('Amina finds who to call: Grace, then her son, then the team, and the address', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('A call shows the number as a link, and who to try next', async () => {
    await goTo(page, `/people/${graceId}/review?call`)
    const numbers = page.getByRole('list').filter({ hasText: 'Son and carer' }).getByRole('link')
    await expect(numbers.first()).toHaveAttribute('href', 'tel:01632960111')
    await expect(numbers.nth(1)).toHaveText('01632 960112')
    await expect(numbers.nth(2)).toHaveText('01632 960100')
    await looksRight(page, 'calling')
  })

  await test.step('The contact sheet has the other details', async () => {
    await page.getByRole('link', { name: 'Address, next of kin and the whole team' }).click()
    await expect(page.getByRole('heading', { name: 'Contact details' })).toBeVisible()
    await expect(page.getByText('4 Mill Lane')).toBeVisible()
    await expect(page.getByText('Social worker, Riverside Council')).toBeVisible()
    await looksRight(page, 'contact details')
  })
})

test('Amina corrects Grace’s number, Grace corrects it again, and former details stay readable', async ({
  page,
}) => {
  const hands = byKeyboard(page)
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('The number is corrected with the keyboard alone, and an invalid one is refused', async () => {
    await goTo(page, `/people/${graceId}/contacts`)
    await hands.press(page.getByRole('button', { name: 'Change the details of Grace Okafor' }))
    await hands.press(page.getByRole('button', { name: 'Correct: 01632 960111' }))
    await hands.write(page.getByLabel('Phone number'), 'ask her son')
    await hands.press(save)
    await expect(page.getByText('Enter a phone number with digits')).toBeVisible()
    await looksRight(page, 'an invalid number')
    await hands.write(page.getByLabel('Phone number'), '01632 960777')
    await hands.write(page.getByLabel('When to call'), 'after 5 in the afternoon')
    await hands.press(save)
    await expect(page.getByRole('link', { name: '01632 960777' })).toBeVisible()
    await expect(page.getByText('Recorded by Amina Yusuf')).toBeVisible()
    await looksRight(page, 'a number corrected')
  })

  await test.step('An address that is no longer right is kept as a former one, and can be undone', async () => {
    await page.getByRole('button', { name: /^No longer right: 4 Mill Lane/ }).click()
    await expect(page.getByText('No longer right (1)')).toBeVisible()
    await expect(page.getByText('No address recorded')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(page.getByText('No longer right (1)')).toHaveCount(0)
  })

  await test.step('Grace corrects her own number, in her own name', async () => {
    await signIn(page, 'Grace Okafor')
    await page.getByRole('link', { name: 'Is your own phone number still right?' }).click()
    await page.getByRole('button', { name: 'Correct: 01632 960777' }).click()
    await page.getByLabel('Phone number').fill('01632 960778')
    await save.click()
    await expect(readOn(page, '01632 960778')).toBeVisible()
    await expect(page.getByText('Recorded by Grace Okafor')).toBeVisible()
    await looksRight(page, 'how to reach me')
  })
})

test('Amina records that Grace has died: nobody is asked to call, and open work ends at once', async ({
  page,
}) => {
  const button = (name: string) => page.getByRole('button', { name })
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('A date in the future is refused', async () => {
    await goTo(page, `/people/${graceId}/review`)
    await button('Record the death').click()
    await byPointer.day(page.getByRole('group', { name: 'Date of death' }), dayFromToday(2))
    await button('Yes, record the death').click()
    await expect(page.getByText('This date is in the future')).toBeVisible()
    await byPointer.day(page.getByRole('group', { name: 'Date of death' }), dayFromToday(-1))
    await looksRight(page, 'recording a death')
    await button('Yes, record the death').click()
    await expect(page.getByText('Grace has died')).toBeVisible()
    await expect(page.getByRole('heading', { name: /Get in touch/ })).toHaveCount(0)
  })

  await test.step('Grace’s promises have ended, and what is for those who are left is done one by one', async () => {
    await expect(page.getByText('Still to do for those who are left')).toBeVisible()
    await expect(page.getByText('Fit the second stair rail')).toHaveCount(0)
    await looksRight(page, 'open after a death')
    for (const what of [/^Mark as done: Tell the family/, /^Mark as done: Ask Chidi/]) {
      await page.getByRole('button', { name: what }).click()
      await page.getByRole('dialog').getByLabel('What was the outcome?').fill('Chidi was called.')
      await page.getByRole('dialog').getByRole('button', { name: 'Mark as done' }).click()
      await expect(page.getByRole('button', { name: what })).toHaveCount(0)
    }
    for (const what of [/^Stop it: Arrange that/, /^Stop it: Tell those/]) {
      await page.getByRole('button', { name: what }).click()
      await page.getByRole('dialog').getByLabel('Why it is no longer needed').fill('Chidi did it.')
      await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
      await expect(page.getByRole('button', { name: what })).toHaveCount(0)
    }
    await expect(page.getByText('It cannot be closed yet')).toHaveCount(0)
    await expect(button('Close the case')).toBeVisible()
    await looksRight(page, 'a case to be closed')
  })

  await test.step('A wrong record of death is removed', async () => {
    await button('This is wrong: remove the record of death').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('It was her neighbour.')
    await dialog.getByRole('button', { name: /^This is wrong/ }).click()
    await expect(page.getByRole('heading', { name: 'Get in touch with Grace' })).toBeVisible()
    await looksRight(page, 'a corrected death')
  })
})
