import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const press = async (name: string) => await app.user.click(screen.getByRole('button', { name }))

test('an assessment is finished after an answer that is still being saved', async () => {
  await app.open(`/people/${graceId}/assessments/phq-9`, 'amina')
  app.failCalls('slow', ({ method, path }) => method === 'POST' && path === '/fhir/')
  for (const question of screen.getAllByRole('group')) {
    const answer = within(question).queryByRole('radio', {
      name: /^(More than half the days|Very difficult)$/,
    })
    if (answer) await app.user.click(answer)
  }
  // the ninth answer raises a concern, which is saved at once
  await press('I understand: I will ask now')
  await press('Finish and see the result')
  await new Promise((resolve) => setTimeout(resolve, 50))
  app.restoreCalls()
  await app.settled()
  expect(screen.queryByText('This was not saved')).toBeNull()
  expect(screen.getByRole('main').textContent).toContain('18 of 27')
})
