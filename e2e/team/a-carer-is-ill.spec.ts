import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('Chidi sees and writes only what Grace shares, says that he is ill, and the plan for that day follows', async ({
  page,
  secondBrowser,
}) => {
  const chidis = await secondBrowser()
  await page.goto('/')
  await signIn(page, 'Grace Okafor')

  await test.step('Grace stops sharing what is written about her, and Chidi may only read what she wants to do', async () => {
    await openPage(page, '/my/who-looked')
    await page.getByRole('button', { name: 'Change what Chidi Okafor sees' }).click()
    const group = (name: string) => page.getByRole('group', { name })
    await group('What may Chidi Okafor see?').getByLabel('what is written about you').uncheck()
    await group('Where may Chidi Okafor write as well?').getByLabel('what you want to do').uncheck()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved. Chidi Okafor can see what you chose.')).toBeVisible()
  })

  await test.step('His page says so, and the service keeps to it', async () => {
    await chidis.goto('/')
    await signIn(chidis, 'Chidi Okafor')
    const about = chidis.getByRole('listitem').filter({ hasText: 'About Grace' }).first()
    await expect(about).toContainText('Not shared with you')
    await expect(about).not.toContainText(/New:|New to you/)
    await expect(chidis.getByText('Fit the second stair rail').first()).toBeVisible()
    await expect(chidis.getByText('Being at home. My church.')).toHaveCount(0)
    await looksRight(chidis, 'what is shared with Chidi')
    const status = async (name: string) => (await chidis.request.get(`/fhir/${name}`)).status()
    expect(await status(`Observation/about-${graceId}-most-important`)).toBe(404)
    expect(await status(`Condition/${graceId}-c0`)).toBe(404)
    const goal = await chidis.request.get('/fhir/Goal/goal-g1')
    const written = await chidis.request.put('/fhir/Goal/goal-g1', {
      data: { ...(await goal.json()), description: { text: 'To stay at home' } },
      headers: { 'If-Match': goal.headers()['etag'] ?? '', Origin: new URL(chidis.url()).origin },
    })
    expect([goal.status(), written.status()]).toEqual([200, 403])
  })

  await test.step('He is ill: it asks once, and sets off what the plan says', async () => {
    await chidis.getByRole('button', { name: 'I am ill today' }).click()
    await chidis.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(chidis.getByRole('heading', { name: 'You are ill today' })).toBeVisible()
    const steps = chidis.locator('#carer-ill')
    await expect(steps).toContainText('Ask Brightway to come six times')
    await expect(steps.getByRole('link', { name: '01632 960113' })).toBeVisible()
    await expect(steps).toContainText('Nobody yet. Amina Yusuf looks for somebody')
    await looksRight(chidis, 'Chidi is ill')
    await goTo(page, '/my')
    await expect(page.getByText('Chidi Okafor is ill today').first()).toBeVisible()
  })

  await test.step('He says that today is amber, and Amina has both on Today, with her tasks', async () => {
    await chidis.getByRole('button', { name: 'Say how today is' }).click()
    await chidis.getByRole('radio', { name: /^Amber/ }).check()
    await chidis.getByLabel('What you see or feel (optional)').fill('She slept in the chair')
    await chidis.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(readOn(chidis, 'She slept in the chair')).toBeVisible()
    await signIn(page, 'Amina Yusuf')
    await goTo(page, '/today')
    await expect(page.getByText('Chidi Okafor is ill. Nobody yet for:')).toBeVisible()
    await expect(page.getByText('Amber, says Chidi Okafor: She slept in the chair')).toBeVisible()
    await goTo(page, `/people/${graceId}/tasks`)
    await expect(page.getByText('Check the tablet box for the evening').first()).toBeVisible()
  })

  await test.step('He is better, what nobody began is taken back, and it is gone from Today', async () => {
    await chidis.getByRole('button', { name: 'I am better again' }).click()
    await chidis.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(chidis.getByRole('button', { name: 'I am ill today' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Done: Check the tablet box/ })).toHaveCount(0)
    await goTo(page, '/today')
    await expect(page.getByText('Amber, says Chidi Okafor')).toBeVisible()
    await expect(page.getByText('Chidi Okafor is ill')).toHaveCount(0)
  })
})
