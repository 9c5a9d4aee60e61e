import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const main = () => screen.getByRole('main')
const press = async (name: string) => {
  await app.user.click(within(main()).getByRole('button', { name }))
  await app.settled()
}

test('a person says no, the team reads it on every page, and only the person takes it back', async () => {
  await app.open('/my/said-no', 'grace')
  expect(main().textContent).toContain('You have not said no.')
  await press('I say no: Being looked for')
  expect(main().textContent).toContain('You said no.')
  await app.open(`/people/${graceId}/tasks`, 'amina')
  expect(document.body.textContent).toContain('Said no to being looked for.')
  await app.open(`/people/${graceId}/sharing`)
  expect(main().textContent).toContain('Only they can take it back')
  expect(screen.queryByRole('button', { name: 'They took it back: Being looked for' })).toBeNull()
  await app.open('/my/said-no', 'grace')
  await press('I take my no back: Being looked for')
  expect(main().textContent).toContain('You took your no back.')
  await app.open(`/people/${graceId}/tasks`, 'amina')
  expect(document.body.textContent).not.toContain('Said no to being looked for.')
})

test('a professional writes down a no only with how they were told, and the person reads who wrote it', async () => {
  await app.open(`/people/${graceId}/sharing`, 'amina')
  await press('They said no: Case management')
  await press('Save that they said no')
  expect(main().textContent).toContain('Choose how they told you')
  await app.user.click(within(main()).getByRole('radio', { name: 'By phone' }))
  await press('Save that they said no')
  expect(main().textContent).toContain('By phone, written down by Amina Yusuf.')
  await app.open('/my/said-no', 'grace')
  expect(main().textContent).toContain('Amina Yusuf wrote down that you said no.')
  await app.open(`/people/${graceId}/sharing`, 'amina')
  await press('They took it back: Case management')
  await app.user.click(within(main()).getByRole('radio', { name: 'Face to face' }))
  await press('Save that they took it back')
  expect(main().textContent).toContain('Taken back. Face to face, written down by Amina Yusuf.')
})

test('nobody takes on who said no to case management, on the screen either', async () => {
  await app.open('/my/said-no', 'grace')
  await press('I say no: One person who arranges my care')
  await app.open('/find?known=on-caseload', 'amina')
  expect(main().textContent).toContain('Fewer than 5 people said no to being looked for.')
  await app.open('/my/said-no', 'chidi')
  expect(main().textContent).toContain('Only the person whose plan it is can say no here.')
})
