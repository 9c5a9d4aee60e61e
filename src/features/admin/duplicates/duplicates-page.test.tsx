import { screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const zoe = (id: string, year: number): ResourceWithId =>
  ({
    ...{ resourceType: 'Patient', id, birthDate: `${year}-01-01` },
    name: [{ family: 'O’Neill', given: ['Zoë'] }],
    address: [{ postalCode: 'AB1 2CD' }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }) as ResourceWithId

beforeAll(async () => {
  const years = Array.from({ length: 24 }, (_, at) => 1930 + at)
  app = await openApp(years.flatMap((year) => [zoe(`a-${year}`, year), zoe(`b-${year}`, year)]))
})
afterAll(async () => await app.close())

test('records that look alike are shown twenty pairs at a time, with how many there are', async () => {
  await app.open('/duplicates', 'amina')
  const pairs = () => screen.getAllByRole('button', { name: 'Two different people' }).length
  expect(screen.getByText(/^24 pairs agree/)).toBeTruthy()
  expect(screen.getByText('20 of 24 are shown.')).toBeTruthy()
  expect(pairs()).toBe(20)
  await app.user.click(screen.getByRole('button', { name: 'Show more' }))
  await app.settled()
  expect(pairs()).toBe(24)
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  expect(document.activeElement?.textContent, 'the keyboard goes on there').toBe(
    'All 24 are shown.',
  )
})
