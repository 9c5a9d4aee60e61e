import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, readOn, signIn } from '../support/people.ts'

const goalPage = `/people/${graceId}/plan/goals/goal-g1`
const before = 'I want to walk to St Anne’s on a Sunday, with someone beside me.'

test('Amina and Grace write the same sentence at once, and both texts stay until one chooses', async ({
  page,
  context,
}) => {
  // both open the sign-in page before one signs in: a tab opened later would take over that session
  const graces = await context.newPage()
  await Promise.all([page.goto('/'), graces.goto('/')])
  await expect(graces.getByRole('button', { name: 'Grace Okafor' })).toBeVisible({
    timeout: 90_000,
  })
  await signIn(page, 'Amina Yusuf')
  await goTo(page, goalPage)
  await signIn(graces, 'Grace Okafor')
  await goTo(graces, '/my/conversation')

  await test.step('Both start from the same text', async () => {
    await page.getByRole('button', { name: 'Change the goal' }).click()
    await page
      .getByRole('textbox', { name: /The goal, in the person’s own words/ })
      .fill('To walk to St Anne’s with Tom first.')
    await page.getByRole('textbox', { name: 'Why it matters' }).fill('It is where she sings.')
    await graces.getByRole('button', { name: `Change my words : ${before}` }).click()
    await graces
      .getByRole('textbox', { name: 'What I want to do' })
      .fill('To walk to St Anne’s on my own two feet.')
  })

  await test.step('Grace saves first, and Amina’s draft stays', async () => {
    await graces.getByRole('button', { name: 'Save my words' }).click()
    await expect(readOn(graces, 'on my own two feet')).toBeVisible()
    await expect(
      page.getByRole('textbox', { name: /The goal, in the person’s own words/ }),
    ).toHaveValue(/with Tom first/)
  })

  await test.step('Amina sees both texts and the original', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const choice = page.getByRole('alert')
    await expect(choice).toContainText('Two people changed the same sentence')
    await expect(choice).toContainText('on my own two feet')
    await expect(choice).toContainText('with Tom first')
    await expect(choice).toContainText(before)
    await expectAccessible(page, 'two texts')
    await expectNoSidewaysScroll(page, 'two texts')
  })

  await test.step('Amina combines both, and her other change is kept too', async () => {
    await page.getByRole('button', { name: 'Combine both' }).click()
    const words = page.getByRole('textbox', { name: /The goal, in the person’s own words/ })
    await expect(words).toHaveValue(/on my own two feet/)
    await expect(words).toHaveValue(/with Tom first/)
    await words.fill('To walk to St Anne’s on my own two feet, with Tom first.')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(readOn(page, 'It is where she sings.')).toBeVisible()
    await expect(readOn(graces, 'on my own two feet, with Tom first')).toBeVisible()
  })
})
