import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

test('A fortnight away is written down with who covers, a refusal loses nothing, and the cover sees for whom', async () => {
  await app.open('/cover', 'amina')
  await app.user.click(await screen.findByRole('button', { name: 'Write down days away' }))
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findAllByText('Choose who covers')).not.toEqual([])
  const covers = screen.getByLabelText('Who covers')
  await app.user.selectOptions(covers, within(covers).getByRole('option', { name: /^Ming Zhao/ }))
  const first = screen.getByRole('group', { name: 'First day away' })
  const year = within(first).getByLabelText('Year')
  const typed = (year as HTMLInputElement).value
  await app.user.clear(year)
  await app.user.type(year, '2001')
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/An absence is written down from today on/)).toBeDefined()
  await app.user.clear(year)
  await app.user.type(year, typed)
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Away now')).toBeDefined()
  expect(document.body.textContent).toContain('Ming Zhao covers')

  await app.open('/caseload', 'ming')
  expect((await screen.findAllByText(/^For/)).length).toBeGreaterThan(0)
  await app.open('/today', 'ming')
  expect(await screen.findByText(/You cover for/)).toBeDefined()
})
