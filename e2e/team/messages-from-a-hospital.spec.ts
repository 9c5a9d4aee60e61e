import { expect } from '@playwright/test'
import { hospitalTime, sendMessage } from '../support/a-hospital.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('The hospital reports Grace’s discharge, and it appears on Amina’s open Today', async ({
  page,
  team,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, '/today')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Fall at home')).toHaveCount(0)
  expect(await sendMessage(team.server.url, { event: 'A01', at: hospitalTime(30) })).toBe('AA')
  expect(await sendMessage(team.server.url, { event: 'A03', at: hospitalTime(2) })).toBe('AA')
  await expect(page.getByText('Fall at home').first()).toBeVisible()
})

test('The administrator deals with messages on hold', async ({ page, team }) => {
  const stranger = { nhs: '9434765919', name: 'SINGH^Balbir', born: '19500505' }
  expect(
    await sendMessage(team.server.url, { event: 'A01', at: hospitalTime(3), ...stranger }),
  ).toBe('AE')
  const mixedUp = { event: 'A03', at: hospitalTime(1), name: 'OBI^Grace' }
  expect(await sendMessage(team.server.url, mixedUp)).toBe('AE')
  await page.goto('/')
  await signIn(page, 'Administrator')
  await page.getByRole('link', { name: 'Hospital messages on hold' }).click()
  await expect(
    page.getByRole('heading', { name: 'Hospital messages on hold', level: 1 }),
  ).toBeVisible()
  await expect(page.getByText('2 messages')).toBeVisible()
  await expectAccessible(page, 'messages on hold')
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page, 'messages on hold on a phone')

  // the person is not registered yet, so the message stays on hold
  const waiting = page.getByRole('listitem').filter({ hasText: 'SINGH' })
  await waiting.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Still on hold')).toBeVisible()
  await waiting.getByText('The original message').click()
  await expect(waiting.getByText('PID|1||9434765919')).toBeVisible()

  for (const [name, why] of [
    ['SINGH', 'Lives in another county'],
    ['OBI', 'The hospital has sent it again'],
  ] as const) {
    const one = page.getByRole('listitem').filter({ hasText: name })
    await one.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: 'Dismiss it' }).click()
    await expect(page.getByText('Enter a few words')).toBeVisible()
    await page.getByLabel('Why?').fill(why)
    await expectAccessible(page, 'dismissing a message')
    await page.getByRole('button', { name: 'Dismiss it' }).click()
    await expect(one).toHaveCount(0)
  }
  await expect(page.getByText('No messages on hold')).toBeVisible()
  await goTo(page, '/import')
  await expectAccessible(page, 'the import page')
})
