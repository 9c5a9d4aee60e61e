import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const heading = 'Is life getting better for the people we look after?'

test('a manager and a nurse of a partner see the same page: no measure yet, and no names', async () => {
  for (const who of ['ruth', 'amina']) {
    await app.open('/insight', who)
    expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/OKAFOR/)
  }
})

test('what suggestions became is a page of its own, for managers', async () => {
  await app.open('/insight', 'ruth')
  const nav = within(screen.getByRole('navigation', { name: 'Insight' }))
  expect(nav.getByRole('link', { name: 'Cases and suggestions' })).toBeTruthy()
  await app.open('/insight', 'amina')
  const hers = within(screen.getByRole('navigation', { name: 'Insight' }))
  expect(hers.queryByRole('link', { name: 'Cases and suggestions' })).toBeNull()
})
