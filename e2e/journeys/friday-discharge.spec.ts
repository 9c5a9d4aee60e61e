import { expect } from '@playwright/test'
import { sendMessageHere } from '../support/a-hospital.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'
import { moveClock, setClock } from '../support/set-clock.ts'

test('A discharge at 17:00 on Friday before a bank holiday is called in time, and the medicines are reconciled', async ({
  context,
  page,
}) => {
  // half past four in the afternoon of Friday 28 May 2027; Monday 31 May is a bank holiday
  await setClock(context, '2027-05-28T15:30:00Z')
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('The hospital says that Grace came in on Monday, and at five that she is home', async () => {
    expect(await sendMessageHere(page, { event: 'A01', at: '20270524080000' })).toBe('AA')
    await moveClock(page, '2027-05-28T16:10:00Z')
    expect(await sendMessageHere(page, { event: 'A03', at: '20270528160000' })).toBe('AA')
  })

  await test.step('Today says at once that she is to be called by Sunday at five, and by whom', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/today')
    const group = page.getByRole('region', { name: /Home from hospital: call first/ })
    const line = group.getByRole('listitem').filter({ hasText: 'Okafor' })
    await expect(line.getByText('By 30 May 2027 at 17:00')).toBeVisible()
    await expect(line.getByText('Yours')).toBeVisible()
    await line.getByRole('link', { name: 'Call now' }).click()
    await expect(
      page.getByRole('heading', { name: 'Call Grace before 30 May 2027 at 17:00' }),
    ).toBeVisible()
  })

  await test.step('The page says that nobody works before then, and Amina calls at once', async () => {
    await expect(readOn(page, /The next working day is/)).toContainText('1 June 2027')
    await expectAccessible(page, 'a call before a bank holiday')
    await expectNoSidewaysScroll(page, 'a call before a bank holiday')
    const call = page.getByRole('region', { name: /^(Call .+ before|The call)/ })
    await call.getByRole('radio', { name: 'We spoke on the phone' }).check()
    await call
      .getByRole('group', { name: /How have you been/ })
      .getByRole('radio', { name: 'The same' })
      .check()
    await call.getByRole('button', { name: 'Write the call down' }).click()
    await expect(readOn(call, 'Reached in time')).toBeVisible()
  })

  await test.step('A medicine that was stopped is still in her hand: it does not match, and comes first', async () => {
    const table = page.getByRole('region', { name: 'Medicines, before and after' })
    await table
      .getByRole('button', { name: /^Say what is right/ })
      .first()
      .click()
    const form = table.getByRole('form')
    await form
      .getByRole('group', { name: 'The ward’s list' })
      .getByRole('radio', { name: /^Stopped/ })
      .check()
    await form
      .getByRole('group', { name: 'In their hand now' })
      .getByRole('radio', { name: 'Has it' })
      .check()
    await form.getByRole('button', { name: 'Save this medicine' }).click()
    await expect(table.getByRole('row').nth(1)).toContainText('Does not match')
    await expectAccessible(page, 'medicines after a Friday')
    await expectNoSidewaysScroll(page, 'medicines after a Friday')
  })

  await test.step('On Tuesday nobody has to call her any more', async () => {
    await openPage(page, '/today')
    const group = page.getByRole('region', { name: /Home from hospital: call first/ })
    await expect(group.getByText(/Okafor/)).toHaveCount(0)
  })
})
