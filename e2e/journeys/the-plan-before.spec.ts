import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

const plan = `/people/${graceId}/plan`

test('Amina opens last month’s plan, compares it with today, and Grace sees what she said yes to', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('The plan as it stood says what it said then', async () => {
    await openPage(page, `${plan}/before?version=2`)
    await expect(page.getByText('I want to go to church again.').first()).toBeVisible()
    await expect(page.getByText('together, every day').first()).toBeVisible()
    await expect(page.getByText('I want to cook jollof')).toHaveCount(0)
    await looksRight(page, 'the plan as it stood')
  })

  await test.step('Compared with today: whole phrases, who wrote them, and in which version Grace said yes', async () => {
    await openPage(page, `${plan}/compare?from=2`)
    const goal = page.getByRole('listitem').filter({ hasText: 'church again' }).first()
    await expect(goal).toContainText('Changed')
    await expect(goal).toContainText('walk to St Anne’s on a Sunday')
    await expect(goal).toContainText('Grace, own words')
    await expect(goal).toContainText('Agreed in version 5')
    const step = page.getByRole('listitem').filter({ hasText: 'every day' }).first()
    await expect(step).toContainText('twice a week')
    await expect(step).toContainText('Amina Yusuf')
    const review = page.getByRole('listitem').filter({ hasText: 'Next review' }).first()
    await expect(review).toContainText('Amina Yusuf')
    const answers = page.getByRole('region', { name: 'Who said yes to what' })
    await expect(answers).toContainText('Every day is too much')
    const suggested = page.getByRole('listitem').filter({ hasText: 'Suggested for: Goal' })
    await expect(suggested).toContainText('or a feast day')
    await expect(suggested).toContainText('Karen Lee')
    await expect(suggested).toContainText('Waits for Grace')
    await expect(suggested).toContainText('She told me about the feast in December')
    await expect(answers.getByRole('row', { name: /Karen Lee/ })).toContainText('1 is their own')
    await looksRight(page, 'two versions compared')
    const only = page.getByRole('button', { name: 'Only what is suggested' })
    // folded on a phone
    if (!(await only.isVisible())) await page.getByText('Choose what is shown').click()
    await only.click()
    await expect(step).toHaveCount(0)
    await expect(suggested).toBeVisible()
    await looksRight(page, 'only what is suggested')
  })

  await test.step('Grace compares in her own page, from the version that she last said yes to', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/plan/compare')
    await expect(page.getByText('“Yes, this is what I said.”')).toBeVisible()
    await expect(
      page.getByRole('listitem').filter({ hasText: 'Suggested for: Goal' }),
    ).toContainText('Waits for you')
    await looksRight(page, 'what has changed in my plan')
  })
})
