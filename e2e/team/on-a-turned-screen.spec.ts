import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const plan = `/people/${graceId}/plan`

async function expectOnlyThePlan(page: Page): Promise<void> {
  await expect(page).toHaveURL(`${plan}/turned`)
  await expect(page.getByRole('heading', { level: 1, name: 'Me' })).toBeVisible()
  await expect(page.getByRole('link')).toHaveCount(0)
}

test('Somebody who never signs in agrees on Amina’s turned tablet, and nothing else opens until she signs in', async ({
  page,
}) => {
  const button = (words: string | RegExp) => page.getByRole('button', { name: words })
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  const read = await page.request.get('/fhir/Goal/goal-g3')
  const changed = await page.request.put('/fhir/Goal/goal-g3', {
    data: { ...(await read.json()), description: { text: 'To cook jollof for Chidi.' } },
    headers: { 'If-Match': read.headers()['etag'] ?? '', Origin: new URL(page.url()).origin },
  })
  expect(changed.status()).toBe(200)
  const before = await (await page.request.get('/fhir/CarePlan/plan-case-3f9c27d1')).json()
  await goTo(page, `${plan}/turned`)
  await button('Turn the screen now').click()
  await expectOnlyThePlan(page)

  await test.step('No address, reload, way back, other tab or call leads out', async () => {
    for (const path of ['/today', `${plan}/roof`, '/sign-in', '/nowhere']) {
      await page.goto(path)
      await expectOnlyThePlan(page)
    }
    await page.reload()
    await page.goBack()
    await expectOnlyThePlan(page)
    await looksRight(page, 'a turned screen')
    const other = await page.context().newPage()
    await other.goto('/caseload')
    await expectOnlyThePlan(other)
    await other.close()
    for (const path of [`/fhir/Patient/${graceId}`, '/fhir/Task', '/fhir/Patient/p-other'])
      expect((await page.request.get(path)).status(), path).toBe(403)
  })

  await test.step('The person reads it and says yes', async () => {
    for (const next of ['What I want to do', 'My team', 'Help I get', 'Who looks after my plan']) {
      await button('Next').click()
      await expect(page.getByRole('heading', { level: 1, name: next })).toBeVisible()
    }
    await button('Next').click()
    await looksRight(page, 'the question on a turned screen')
    await button('Yes, I agree').click()
    await expect(page.getByText('Thank you. Your answer is saved.')).toBeVisible()
  })

  await test.step('Only Amina’s own sign-in ends it, and the yes is to the version that was read', async () => {
    await button(/^Give the tablet back/).click()
    await button('I am Amina Yusuf: sign in').click()
    await expect(page.getByRole('heading', { name: 'Grace’s plan' })).toBeVisible()
    const version = before.meta.versionId
    await expect(page.getByText(`Grace agreed to version ${version}`)).toBeVisible()
    await expect(page.getByText(/turned/i).first()).toBeVisible()
  })
})
