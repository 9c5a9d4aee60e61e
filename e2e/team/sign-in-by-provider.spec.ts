import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test as base } from '../support/team-server.ts'
import { watchForViolations } from '../support/violations.ts'

const accounts = {
  amina: { nhsid_useruid: '999000000000', organisation_code: 'Z99001' },
  grace: { nhs_number: '9991001018', identity_proofing_level: 'P9' },
  chidi: { nhs_number: '9991002014', identity_proofing_level: 'P9' },
  unproven: { nhs_number: '9991001018', identity_proofing_level: 'P5' },
  newcomer: { nhsid_useruid: '999999999999', organisation_code: 'Z99001' },
}

/** A real OpenID provider beside the team server, which has no demonstration identities. */
const test = base.extend<{ provider: TestProvider }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  provider: async ({}, use) => {
    const provider = await startOpenIdProvider(accounts)
    await use(provider)
    await provider.stop()
  },
  teamEnv: async ({ provider }, use) =>
    await use({
      GABLE_DEMO: '',
      GABLE_OIDC_ISSUER: provider.issuer,
      GABLE_OIDC_CLIENT_ID: provider.clientId,
      GABLE_OIDC_CLIENT_SECRET: provider.clientSecret,
      GABLE_OIDC_LABEL: 'work account',
      GABLE_CONTACT: 'Ring the service desk: 01632 960199.',
    }),
})

async function signInAs(page: Page, account: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with your work account' }).click()
  await page.getByRole('button', { name: account, exact: true }).click()
}

test('Amina opens a link to Grace’s plan, signs in with her provider, and gets the plan', async ({
  page,
}) => {
  const violations = await watchForViolations(page)
  await page.goto(`/people/${graceId}/plan`)
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await expectAccessible(page, 'the sign-in page')
  await expectNoSidewaysScroll(page, 'the sign-in page')
  await signInAs(page, 'amina')
  await expect(page).toHaveURL(new RegExp(`/people/${graceId}/plan$`))
  await expect(page.getByText('Amina Yusuf').first()).toBeVisible()
  const cookies = await page.context().cookies()
  const cookie = cookies.find((each) => each.name === '__Host-gable')
  expect(cookie).toMatchObject({ httpOnly: true, secure: true })
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
  expect(kept).not.toContain(cookie?.value)
  expect(violations).toEqual([])

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page
    .getByRole('button', { name: /sign me out/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
})

test('Grace and Chidi sign in by their verified numbers, each to their own pages', async ({
  page,
}) => {
  await page.goto('/')
  await signInAs(page, 'grace')
  await expect(page).toHaveURL(/\/my$/)
  await expect(page.getByText('Grace Okafor').first()).toBeVisible()
  await page.context().clearCookies()
  await page.goto('/')
  await page.getByRole('link', { name: /sign in as a carer/ }).click()
  await page.getByRole('button', { name: 'chidi' }).click()
  await expect(page.getByText('Chidi Okafor').first()).toBeVisible()
})

test('A user who cannot be signed in sees why, and who to call', async ({ page }) => {
  await page.goto('/')
  await signInAs(page, 'newcomer')
  await expect(page.getByText('We cannot find you here')).toBeVisible()
  await expect(page.getByText('01632 960199')).toBeVisible()
  await expectAccessible(page, 'the sign-in page with an error')
  await expectNoSidewaysScroll(page, 'the sign-in page with an error')
  await page.context().clearCookies()
  await page.goto('/')
  await signInAs(page, 'unproven')
  await expect(page.getByText('You need to prove who you are first')).toBeVisible()
  await page.context().clearCookies()
  await page.goto('/')
  await signInAs(page, 'Call it off')
  await expect(page.getByText('Signing in was cancelled')).toBeVisible()
})

test('A provider that does not answer is reported, and the sign-in page stays open', async ({
  page,
  provider,
}) => {
  await page.goto('/today')
  await provider.stop()
  await page.getByRole('link', { name: 'Sign in with your work account' }).click()
  await expect(page.getByText('The sign-in service is not answering')).toBeVisible()
})
