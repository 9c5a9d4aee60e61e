import { screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const field = () => screen.getByRole('combobox', { name: /Find a person/ })
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)

test('the key / leads to the search, arrows and Enter open a record, and no name is in the address', async () => {
  await app.open('/tasks', 'amina')
  await app.user.keyboard('/')
  expect(document.activeElement).toBe(field())
  await app.user.keyboard('okaf')
  await screen.findByRole('option', { name: /OKAFOR, Grace/ })
  expect(field().getAttribute('aria-activedescendant')).toBeNull()
  await app.user.keyboard('{ArrowDown}')
  const active = field().getAttribute('aria-activedescendant') ?? ''
  expect(document.getElementById(active)?.textContent).toContain('OKAFOR, Grace')
  await app.user.keyboard('{Enter}')
  await app.settled()
  expect(location.pathname).toBe(`/people/${graceId}/plan`)
  expect(location.href).not.toMatch(/okaf/i)
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('Escape closes the list and then empties the field, and the key / can be switched off', async () => {
  await app.open('/tasks', 'amina')
  await app.user.click(field())
  await app.user.keyboard('okaf')
  await screen.findByRole('option', { name: /OKAFOR, Grace/ })
  await app.user.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(field()).toHaveProperty('value', 'okaf')
  await app.user.keyboard('{Escape}')
  expect(field()).toHaveProperty('value', '')
  await app.user.keyboard('{ArrowDown}')
  await app.user.click(await screen.findByRole('button', { name: 'Switch it off' }))
  await app.user.click(screen.getByRole('heading', { level: 1 }))
  await app.user.keyboard('/')
  expect(document.activeElement).not.toBe(field())
  await app.user.click(field())
  await app.user.click(await screen.findByRole('button', { name: 'Switch it on' }))
})

test('before anything is typed it offers whom the user opened last, if they ask for them', async () => {
  await app.open(`/people/${graceId}/plan`, 'amina')
  await app.open(`/people/${graceId}/plan/me`)
  await app.open('/tasks')
  await app.user.click(field())
  await app.settled()
  expect(options(), 'nobody is shown before it is asked for').toEqual([])
  await app.user.click(screen.getByRole('button', { name: 'Opened last' }))
  await screen.findByText('You opened last:')
  expect(options()).toEqual([expect.stringContaining('OKAFOR, Grace')])
  expect(options()[0]).not.toMatch(/999/)
  await app.user.keyboard('{Escape}')
  expect(options()).toEqual([])
  await app.user.keyboard('{ArrowDown}')
  await screen.findByRole('option', { name: /OKAFOR, Grace/ })
})

test('persons, carers and managers have no such search', async () => {
  await app.open('/my', 'grace')
  expect(screen.queryByRole('combobox', { name: /Find a person/ })).toBeNull()
  await app.open('/insight', 'ruth')
  expect(screen.queryByRole('combobox', { name: /Find a person/ })).toBeNull()
})
