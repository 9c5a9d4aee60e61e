import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const picture = () => screen.getByRole('img', { name: /hospital/ })
const inWords = () => screen.getByRole('region', { name: 'The same in words' })

test('The picture has lanes with names, and every mark of it is in the words below', async () => {
  await app.open(`/people/${graceId}/story/year`, 'amina')
  const drawn = picture().textContent ?? ''
  for (const lane of ['Where Grace was', 'Who came or called', 'The plan', 'Weight'])
    expect(drawn, lane).toContain(lane)
  const told = within(inWords())
  expect(told.getByText(/^Into hospital/)).toBeDefined()
  expect(told.getByText(/^Home from hospital after/)).toBeDefined()
  const houses = picture().querySelectorAll('.gable-small-house').length
  expect(houses).toBeGreaterThan(0)
  expect(told.getAllByText(/^Version \d+ of the plan/).length).toBeGreaterThanOrEqual(houses)
  const contacts = picture().querySelectorAll('.year__missed').length
  expect(told.queryAllByText(/not reached|not at home/).length).toBe(contacts)
})

test('Another time is chosen with the keyboard, and stays in the address', async () => {
  await app.open(`/people/${graceId}/story/year`, 'amina')
  const wide = screen.getByRole('img', { name: /hospital/ }).getAttribute('aria-label')
  await app.user.selectOptions(screen.getByLabelText('Which time'), 'Three months')
  await app.settled()
  expect(location.search).toBe('?span=quarter')
  expect(picture().getAttribute('aria-label')).not.toBe('')
  expect(wide).not.toBe('')
  await app.open(`/people/${graceId}/story/year?span=1990`, 'amina')
  expect(inWords().textContent).toContain('Nothing is recorded in this time.')
  expect(picture().textContent).toContain('No visit or call is recorded in this time')
})

test('Grace reads her own year in words to her', async () => {
  await app.open('/my/year', 'grace')
  expect(picture().getAttribute('aria-label')).toMatch(/^You /)
  expect(picture().textContent).toContain('Where you were')
  expect(document.body.textContent).not.toContain('Who is worried')
})
