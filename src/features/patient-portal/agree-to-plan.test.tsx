import { screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(screen.getByRole('button', { name }))
  await app.settled()
}
const asked = () => screen.queryByRole('heading', { name: 'Is this right?' })

test('the person who writes something new in a plan that they agreed to is not asked about it', async () => {
  await app.open('/my', 'grace')
  expect(asked()).toBeNull()
  await app.open('/my/conversation', 'grace')
  await press('Add something I want to do')
  await app.user.type(screen.getByRole('textbox', { name: 'What I want to do' }), 'I want to sing')
  await press(/^Save/)
  await app.open('/my', 'grace')
  expect(asked()).toBeNull()
  expect(screen.getByRole('heading', { name: 'You said yes to this plan' })).toBeDefined()
  expect(screen.getByText(/What is new since then, you wrote yourself\./)).toBeDefined()
})
