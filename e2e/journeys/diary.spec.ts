import { expect, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'
import { setClock } from '../support/set-clock.ts'

const diary = '/diary?day=2027-05-28'

type Planned = Readonly<{ who: RegExp; time: string; place: string }>

async function plan(page: Page, { who, time, place }: Planned): Promise<void> {
  await page.getByRole('button', { name: 'Plan a visit or a call' }).click()
  const form = page.getByRole('form', { name: 'Plan a visit or a call' })
  const name = await form.getByRole('option', { name: who }).first().textContent()
  await form.getByLabel('Who').selectOption({ label: name ?? '' })
  await form.getByLabel('Time', { exact: true }).fill(time)
  await form.getByLabel('Where').fill(place)
  await form.getByRole('button', { name: 'Save in the diary' }).click()
  await expect(form).toHaveCount(0)
}

test('A visit is planned, put in the order of travel and cancelled; Grace reads it, and the diary says who is to be told', async ({
  context,
  page,
}) => {
  // eight in the morning of a Friday
  await setClock(context, '2027-05-28T07:00:00Z')
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, diary)
  const list = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) })
  const grace = list.filter({ hasText: 'Okafor' })

  await test.step('What is missing is said, and nothing typed is lost', async () => {
    await expect(page.getByText('Nothing on this day')).toBeVisible()
    await page.getByRole('button', { name: 'Plan a visit or a call' }).click()
    const form = page.getByRole('form', { name: 'Plan a visit or a call' })
    await form.getByLabel('Where').fill('12 Mill Lane, BS3 4TT')
    await form.getByRole('button', { name: 'Save in the diary' }).click()
    await expect(form.getByText(/Select a person$/).first()).toBeVisible()
    await expectAccessible(page, 'a visit with what is missing')
    await expectNoSidewaysScroll(page, 'a visit with what is missing')
    await form.getByRole('button', { name: /^(Not now|Cancel)/ }).click()
  })

  await test.step('Amina plans two visits, and goes to the second one first', async () => {
    await plan(page, { who: /OKAFOR/i, time: '10:00', place: '12 Mill Lane, BS3 4TT' })
    await plan(page, {
      who: /^(?!OKAFOR|Okafor|Select)/,
      time: '11:30',
      place: '3 High Street, BS4 1AA',
    })
    await expect(list).toHaveCount(2)
    await expect(list.first()).toContainText('10:00')
    await page.getByRole('button', { name: /^Go to .*Okafor later$/ }).click()
    await expect(list.last()).toContainText('Okafor')
    await expectAccessible(page, 'the order of a day')
    await expectNoSidewaysScroll(page, 'the order of a day')
  })

  await test.step('She moves it, then cancels it with a reason', async () => {
    await page.getByRole('button', { name: /^Move the visit to .*Okafor$/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Time', { exact: true }).fill('14:00')
    await dialog.getByRole('button', { name: 'Move it' }).click()
    await expect(dialog.getByText('Enter a few words')).toBeVisible()
    await dialog.getByRole('textbox', { name: /^Why/ }).fill('The clinic called me')
    await dialog.getByRole('button', { name: 'Move it' }).click()
    await expect(readOn(grace, /Moved from .*10:00: The clinic called me/)).toBeVisible()
    await page.getByRole('button', { name: /^Cancel the visit to .*Okafor$/ }).click()
    await dialog.getByRole('textbox').fill('I am ill')
    await dialog.getByRole('button', { name: 'Cancel it' }).click()
    await expect(readOn(grace, 'Cancelled: I am ill')).toBeVisible()
  })

  await test.step('On any other day the diary says who is to be told, with the number', async () => {
    await goTo(page, '/diary?day=2027-06-02')
    await expect(page.getByRole('heading', { name: '2 June 2027' })).toBeVisible()
    const told = page.getByRole('region', { name: 'Nobody has told them yet' })
    await expect(told.getByText(/Okafor/)).toBeVisible()
    await expect(told.getByRole('link', { name: /^0/ }).first()).toBeVisible()
    await expectAccessible(page, 'who is to be told')
    await expectNoSidewaysScroll(page, 'who is to be told')
  })

  await test.step('Grace reads that it is cancelled, and why', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/calendar')
    await expect(readOn(page, /Cancelled: I am ill/)).toBeVisible()
    await expectAccessible(page, 'a cancelled visit')
    await expectNoSidewaysScroll(page, 'a cancelled visit')
  })

  await test.step('Amina rings her son and writes it down: nobody is to be told any more', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, diary)
    await grace.getByRole('button', { name: 'Write down who was told' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Her son, by telephone')
    await page.getByRole('dialog').getByRole('button', { name: 'Write down who was told' }).click()
    await expect(readOn(grace, /Told: Her son, by telephone/)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Nobody has told them yet' })).toHaveCount(0)
  })
})
