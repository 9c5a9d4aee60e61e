import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

test('Somebody who came home is called, and their medicines are sorted out row by row', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Today says who is to be called, by when, and whose task it is', async () => {
    await openPage(page, '/today')
    const group = page.getByRole('region', { name: /Home from hospital: call first/ })
    await expect(group.getByText('Yours').first()).toBeVisible()
    await expect(group.getByText(/^By tomorrow/).first()).toBeVisible()
    await group.getByRole('link', { name: 'Call now' }).first().click()
    await expect(page.getByRole('heading', { name: /is home from hospital$/ })).toBeVisible()
    await expectAccessible(page, 'home from hospital')
    await expectNoSidewaysScroll(page, 'home from hospital')
  })

  const call = page.getByRole('region', { name: /^(Call .+ before|The call)/ })
  const save = call.getByRole('button', { name: 'Write the call down' })

  await test.step('Nobody answers: the try is written down, and the call stays due', async () => {
    await save.click()
    await expect(call.getByText('Select whether you reached them')).toBeVisible()
    await call.getByRole('radio', { name: 'I called and nobody answered' }).check()
    await call.getByLabel('What you will do next').fill('I try again at five')
    await save.click()
    await expect(call.getByText(/Amina Yusuf: nobody answered$/)).toBeVisible()
    await expect(page.getByRole('list', { name: /^From the ward/ })).toContainText(
      'Nobody answered',
    )
    await expect(page.getByRole('heading', { name: /^Call .+ before/ })).toBeVisible()
  })

  await test.step('Amina reaches them, and asks what the script says', async () => {
    await call.getByRole('radio', { name: 'We spoke on the phone' }).check()
    await call.getByRole('radio', { name: 'Worse', exact: true }).check()
    await call.getByLabel('In their words, if you like').fill('I cough at night')
    await call.getByRole('radio', { name: 'Yes to all' }).check()
    await expect(call.getByText('No clinician has checked them yet')).toBeVisible()
    // typed answers outlive the page
    await page.reload()
    await expect(call.getByRole('radio', { name: 'Worse', exact: true })).toBeChecked()
    await save.click()
    await expect(page.getByRole('heading', { name: 'The call' })).toBeVisible()
    await expect(call.getByText('Reached in time')).toBeVisible()
    await expect(readOn(call, 'I cough at night')).toBeVisible()
    await expect(page.getByText('Look at this: an answer asks for it').first()).toBeVisible()
  })

  await test.step('A medicine that was stopped is still taken: it comes first, and becomes a task', async () => {
    const table = page.getByRole('region', { name: 'Medicines, before and after' })
    await table
      .getByRole('button', { name: /^Say what is right/ })
      .first()
      .click()
    const form = table.getByRole('form')
    const name = await form.getByLabel('Medicine', { exact: true }).inputValue()
    await form
      .getByRole('group', { name: 'The ward’s list' })
      .getByRole('radio', { name: /^Stopped/ })
      .check()
    await form
      .getByRole('group', { name: 'In their hand now' })
      .getByRole('radio', { name: 'Has it' })
      .check()
    await expect(form.getByText('So: Stopped. What they take does not match')).toBeVisible()
    await form.getByLabel('Why, if anybody said').fill('Kidneys; blood test in a week')
    await form.getByLabel('Who does it').selectOption({ index: 1 })
    await form.getByRole('button', { name: 'Save this medicine' }).click()
    await expect(form.getByText('Enter a day')).toBeVisible()
    await form.getByLabel('Day', { exact: true }).fill('1')
    await form.getByLabel('Month').fill('12')
    await form.getByLabel('Year').fill('2030')
    await form.getByRole('button', { name: 'Save this medicine' }).click()
    await expect(table.getByRole('row').nth(1)).toContainText(name)
    await expect(table.getByRole('row').nth(1)).toContainText('Does not match')
    await expect(
      page.getByText(`Sort out ${name}: what they take is not what the ward says`),
    ).toBeVisible()
    await expectAccessible(page, 'medicines before and after')
  })

  await test.step('The letter is put on the record; a file that is no letter is refused', async () => {
    const box = page.getByLabel('Add the discharge letter')
    await box.setInputFiles({
      name: 'letter.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('MZ'),
    })
    await expect(page.getByText(/What is in this file is not what its name says/)).toBeVisible()
    await box.setInputFiles({
      name: 'letter.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
    })
    await expect(page.getByText('letter.pdf')).toBeVisible()
  })

  await test.step('Today asks for no call any more', async () => {
    const who = await page.getByRole('heading', { level: 1 }).textContent()
    await goTo(page, '/today')
    const group = page.getByRole('region', { name: /Home from hospital: call first/ })
    await expect(group).not.toContainText((who ?? '').split(' ')[0] ?? '')
  })

  await test.step('Somebody on a ward: the ward gets its page, and says when home is expected', async () => {
    await page.getByRole('link', { name: 'Tell the ward' }).first().click()
    await page.getByLabel('To whom you gave it').fill('Nurse in charge, Ward 4')
    await page.getByRole('button', { name: 'It was given' }).click()
    await expect(page.getByText(/Given to Nurse in charge, Ward 4/)).toBeVisible()
    await page.getByRole('link', { name: 'What matters to this person' }).click()
    await expect(page.getByRole('heading', { name: /^What matters to/ })).toBeVisible()
    await expectAccessible(page, 'what matters, for the ward')
    await expectNoSidewaysScroll(page, 'what matters, for the ward')
  })
})
