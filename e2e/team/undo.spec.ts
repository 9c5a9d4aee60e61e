import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { holdCalls } from '../support/calls.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const tablet = 'Ring about the new water tablet'

test('Amina undoes an action, sees when that fails, and leaves no trace for the next user', async ({
  page,
}) => {
  const done = page.getByRole('button', { name: `Done: ${tablet}` })
  const saved = page.getByText(`Saved: ${tablet}`)
  const undo = page.getByRole('button', { name: 'Undo' })
  const closeIt = async () => {
    await done.click()
    await page.getByRole('button', { name: 'Mark as done' }).click()
    await expect(saved).toBeVisible()
    await expect(done).toHaveCount(0)
  }
  const stateOnRecord = async () =>
    (await (await page.request.get('/fhir/Task/act-g2')).json()).status
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, `/people/${graceId}/tasks`)

  await test.step('The task is open again, as before', async () => {
    const before = await stateOnRecord()
    await closeIt()
    expect(await stateOnRecord()).toBe('completed')
    await looksRight(page, 'a completed task with undo')
    await undo.click()
    await expect(done).toBeVisible()
    await expect(saved).toHaveCount(0)
    expect(await stateOnRecord()).toBe(before)
  })

  await test.step('Nothing that would be lost can be typed while the action is being sent', async () => {
    const held = await holdCalls(page, /\/fhir\/(Task\/act-g2)?$/)
    await done.click()
    const words = page.getByLabel('How it went (optional)')
    await words.fill('She takes it now')
    await page.getByRole('button', { name: 'Mark as done' }).click()
    await expect(words).toHaveAttribute('readonly')
    held.letGo()
    await expect(page.getByText('“She takes it now”').first()).toBeAttached()
    await undo.click()
    await expect(done).toBeVisible()
  })

  await test.step('When the server does not answer, Amina sees that the task stays done', async () => {
    await closeIt()
    await page.route('**/fhir/**', async (route) => await route.abort())
    await undo.click()
    await expect(page.getByText('This could not be undone.')).toBeVisible()
    await page.unroute('**/fhir/**')
    expect(await stateOnRecord()).toBe('completed')
  })

  await test.step('Grace, who signs in next, sees nothing of what Amina did', async () => {
    await signIn(page, 'Grace Okafor')
    await expect(page.getByText('This could not be undone.')).toHaveCount(0, { timeout: 1 })
  })
})
