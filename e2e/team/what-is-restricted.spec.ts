import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('Amina restricts a note to named professionals, and restricted records say so, to Grace as well', async ({
  page,
  team,
}) => {
  const why = 'Somebody in the house reads over her shoulder'
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('A note says who may read it, and why', async () => {
    await goTo(page, `/people/${graceId}/story`)
    await page.getByRole('button', { name: 'Write a note' }).click()
    await page.getByLabel('Your note to the other professionals').fill('She asks to be seen alone.')
    await page.getByLabel('Only professionals named in this person’s care').check()
    await page.getByRole('button', { name: 'Save the note' }).click()
    await expect(page.getByLabel('Why it is restricted')).toBeFocused()
    await expect(page.getByText('Enter why it is restricted')).toBeVisible()
    await page.getByLabel('Why it is restricted').fill(why)
    await looksRight(page, 'restricted-note-form')
    await page.getByRole('button', { name: 'Save the note' }).click()
    await expect(page.getByText(`Reason: “${why}”`)).toBeVisible()
    await expect(page.getByText('The person, their family')).toBeVisible()
    await looksRight(page, 'restricted-note')
  })

  await test.step('The sharing page says what Amina cannot see, and why', async () => {
    await goTo(page, `/people/${graceId}/sharing`)
    await expect(page.getByRole('heading', { name: 'What you see here' })).toBeVisible()
    await looksRight(page, 'what-you-see')
  })

  await test.step('A restricted goal has its label in the plan, with the reason', async () => {
    const goal = await (await page.request.get('/fhir/Goal/goal-g1')).json()
    const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
    const url = 'https://gable.example/fhir/restricted-why'
    goal.meta.security = [
      { system, code: 'R', extension: [{ url, valueString: 'A risk at home' }] },
    ]
    const headers = {
      ...{ 'Content-Type': 'application/fhir+json', 'If-Match': `W/"${goal.meta.versionId}"` },
      Origin: team.server.url,
    }
    const put = await page.request.put('/fhir/Goal/goal-g1', { headers, data: goal })
    expect(put.status()).toBe(200)
    await goTo(page, `/people/${graceId}/plan/conversation`)
    await expect(page.getByText('Reason: “A risk at home”').first()).toBeVisible()
    await looksRight(page, 'restricted-goal')
  })

  await test.step('Grace reads the same label, and what is not shown to her', async () => {
    await signIn(page, 'Grace Okafor')
    await expect(page.getByRole('heading', { name: 'What you see here' })).toBeVisible()
    await looksRight(page, 'grace-what-you-see')
    await goTo(page, '/my/conversation')
    await expect(page.getByText('Only you and the professionals named').first()).toBeVisible()
    await expect(page.getByText('She asks to be seen alone.')).toHaveCount(0)
    await looksRight(page, 'grace-restricted-goal')
  })
})
