import { fireEvent, screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

/** Thirty people over 90 with heart failure; every third has had a stay. */
const people = Array.from({ length: 30 }, (_, place): ResourceWithId[] => {
  const id = `Weak${String(place).padStart(2, '0')}`
  const subject = { reference: `Patient/${id}` }
  const stay = {
    ...{ resourceType: 'Encounter', id: `${id}-stay`, status: 'finished', subject },
    class: { code: 'IMP' },
    period: { start: `${dayFromToday(-100)}T10:00:00Z`, end: `${dayFromToday(-97)}T10:00:00Z` },
  } as ResourceWithId
  return [
    {
      ...{ resourceType: 'Patient', id, birthDate: '1930-01-01' },
      name: [{ family: id, given: ['Zoë'] }],
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    } as ResourceWithId,
    {
      ...{ resourceType: 'Condition', id: `${id}-hf`, subject },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
    } as ResourceWithId,
    ...(place % 3 === 0 ? [stay] : []),
  ]
}).flat()

beforeAll(async () => {
  app = await openApp(people)
})
afterAll(async () => await app.close())

const patience = { timeout: 10_000 }

const step = (name: RegExp) => within(screen.getByRole('region', { name }))

test('a rule is written as a sentence, tried, looked at, agreed by a second person and switched on', async () => {
  await app.open('/find/rules', 'amina')
  fireEvent.click(await screen.findByRole('button', { name: 'Write a new rule' }))
  fireEvent.change(screen.getByLabelText('What should it be called?'), {
    target: { value: 'Very old, and in hospital' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Begin' }))
  await screen.findByRole('heading', { level: 1, name: 'Very old, and in hospital' }, patience)
  fireEvent.change(screen.getByLabelText('Age: How many'), { target: { value: '90' } })
  fireEvent.change(screen.getByLabelText('A line about'), { target: { value: 'emergency-stay' } })
  fireEvent.click(screen.getByRole('button', { name: 'Add a line' }))
  await screen.findByRole('heading', { name: 'Tried on today’s records' }, patience)
  const rows = within(step(/rule as a sentence/).getAllByRole('list')[0] ?? document.body)
  expect(rows.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringContaining('people are left'),
    expect.stringContaining('fewer'),
  ])

  const look = await screen.findByRole('region', { name: /Look at real people/ }, patience)
  for (const button of await within(look).findAllByRole(
    'button',
    { name: /^Right person: / },
    patience,
  ))
    fireEvent.click(button)
  await screen.findByText('10 of 10 looked at, chosen by lot', {}, patience)
  expect(screen.queryByRole('button', { name: 'I agree: switch it on' })).toBeNull()
  fireEvent.click(
    await screen.findByRole('button', { name: 'Ask Dr Anil Patel to agree' }, patience),
  )
  await screen.findByRole('button', { name: 'Ask Dr Anil Patel again' }, patience)
  const address = window.location.pathname

  await app.open('/', 'patel')
  const asked = await screen.findByRole('region', { name: /^Asked to agree to a rule/ }, patience)
  expect(within(asked).getByText(/Amina Yusuf asked you on/)).toBeTruthy()
  fireEvent.click(within(asked).getByRole('link', { name: 'Very old, and in hospital' }))
  await screen.findByRole('heading', { level: 1, name: 'Very old, and in hospital' }, patience)
  expect(window.location.pathname).toBe(address)
  fireEvent.click(await screen.findByRole('button', { name: 'I agree: switch it on' }, patience))
  await screen.findByRole('heading', { name: 'Version 1 waits for its day' }, patience)
  await app.open('/', 'patel')
  expect(screen.queryByRole('region', { name: /^Asked to agree to a rule/ })).toBeNull()
}, 60_000)

test('a manager reads the rule in fives, without people and without anything to change', async () => {
  await app.open('/find/rules', 'ruth')
  fireEvent.click(await screen.findByRole('link', { name: 'Very old, and in hospital' }))
  await screen.findByRole('heading', { level: 1, name: 'Very old, and in hospital' }, patience)
  expect(screen.queryByRole('button', { name: 'Switch it off' })).toBeNull()
  expect(
    screen.getByText(/where two figures could be subtracted to find one, neither is shown/),
  ).toBeTruthy()
  expect(screen.queryByText(/Weak/)).toBeNull()
  expect(document.querySelectorAll('main a[href^="/people/"]')).toHaveLength(0)
})
