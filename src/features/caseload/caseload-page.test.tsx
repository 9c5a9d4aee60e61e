import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const somebody = (id: string, family: string, more: object): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1950-02-03' },
    name: [{ family, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  } as ResourceWithId,
  {
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
    patient: { reference: `Patient/${id}` },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    period: { start: '2026-01-01' },
    ...more,
  } as ResourceWithId,
]
const mine = { careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' } }

const karens = { careManager: { reference: 'Practitioner/karen-lee', display: 'Karen Lee' } }
const many = Array.from({ length: 15 }, (_, at) => `p-many-${at}`)

let app: OpenApp
beforeAll(async () => {
  app = await openApp([
    ...somebody('p-abel', 'Abel', mine),
    ...somebody('p-orr', 'Orr', { ...mine, status: 'onhold' }),
    ...somebody('p-nobody', 'Noakes', {}),
    ...many.flatMap((id, at) => somebody(id, `Many${at}`, karens)),
  ])
})
afterAll(async () => await app.close())

const names = () =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map((each) => each.textContent?.split(',')[0])
const field = () => screen.getByRole('searchbox', { name: 'Find on this list' })

test('Words find people on the list and stand in no address; each row says why and whence', async () => {
  await app.open('/caseload', 'amina')
  expect(names()).toHaveLength(3)
  const abel = within(screen.getByRole('row', { name: /ABEL/ }))
  expect(abel.getByText(/^\d+ days without contact$|^No plan yet$/)).toBeTruthy()
  expect(abel.getByText(/^From: /)).toBeTruthy()
  await app.user.type(field(), 'orr')
  await screen.findByText('1 of 3 people')
  expect(names()).toEqual(['ORR'])
  expect(location.search).toBe('')
  await app.user.type(field(), 'x')
  await screen.findByText('Nobody at the moment')
  await app.user.click(screen.getByRole('button', { name: 'Show everyone' }))
  await screen.findByText('3 people')
  expect(field()).toHaveProperty('value', '')
})

test('Filters and the order are in the address with their counts, and those nobody coordinates are apart', async () => {
  await app.open('/caseload?show=paused', 'amina')
  expect(names()).toEqual(['ORR'])
  expect(screen.getByRole('option', { name: 'Everyone (3)' })).toBeTruthy()
  await app.user.selectOptions(screen.getByLabelText('Show'), 'all')
  await app.user.selectOptions(screen.getByLabelText('Order'), 'name')
  await screen.findByText('3 people')
  expect(location.search).toBe('?sort=name')
  await waitFor(() => expect(names()[0]).toBe('ABEL'))
  await app.user.click(screen.getByText('More filters'))
  await app.user.selectOptions(screen.getByLabelText('Whose'), 'nobody')
  await waitFor(() => expect(names()).toEqual(['NOAKES']))
  expect(screen.getByText(/Nobody coordinates the care/)).toBeTruthy()
})

test('Without a network the list that stands there stays, with the words that were typed', async () => {
  await app.open('/caseload', 'amina')
  app.failCalls('offline', ({ path }) => path.includes('$caseload'))
  await app.user.type(field(), 'abe')
  await screen.findByText('The list could not be loaded', undefined, { timeout: 15_000 })
  expect(field()).toHaveProperty('value', 'abe')
  expect(names()).toHaveLength(3)
  app.restoreCalls()
  await app.user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(names()).toEqual(['ABEL']))
})

test('Paper has everybody who was searched for, not only those on the screen, and the screen stays as it was', async () => {
  const [media, paper] = [globalThis.matchMedia, globalThis.print]
  const printed: number[] = []
  globalThis.matchMedia = ((query: string) => ({ ...media?.(query), matches: true })) as never
  globalThis.print = () => void printed.push(names().length)
  try {
    await app.open('/caseload', 'karen')
    await app.user.type(field(), 'many')
    await screen.findByText(/^12 of 15 shown\./)
    await app.user.click(screen.getByRole('button', { name: 'Print this list' }))
    await waitFor(() => expect(printed).toEqual([15]))
    await screen.findByText(/^12 of 15 shown\./)
    expect(names()).toHaveLength(12)
  } finally {
    globalThis.matchMedia = media
    globalThis.print = paper
  }
})
