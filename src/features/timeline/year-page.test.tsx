import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const grace = { reference: `Patient/${graceId}` }
const alone = { reference: 'Patient/alone' }

let app: OpenApp

beforeAll(async () => {
  app = await openApp([
    {
      ...{ resourceType: 'Flag', id: 'flag-fall', status: 'active', subject: grace },
      ...{ category: [{ coding: [{ code: 'safety' }] }], code: { text: 'At risk of falls' } },
      period: { start: dayFromToday(-20) },
    },
    {
      ...{ resourceType: 'Condition', id: 'hidden', subject: grace, code: { text: 'Not said' } },
      meta: { security: [{ ...professionalOnly }] },
    },
    {
      ...{ resourceType: 'Patient', id: 'alone', name: [{ given: ['Ivy'], family: 'Hart' }] },
      ...{ birthDate: '1940-02-03', deceasedBoolean: true },
      managingOrganization: { reference: 'Organization/brook-surgery' },
    },
    {
      ...{ resourceType: 'EpisodeOfCare', id: 'case-alone', status: 'active', patient: alone },
      careManager: { reference: 'Practitioner/amina' },
      period: { start: dayFromToday(-300) },
    },
    {
      ...{ resourceType: 'Encounter', id: 'stay-alone', status: 'finished', subject: alone },
      ...{ class: { code: 'EMER' } },
      period: { start: dayFromToday(-90), end: dayFromToday(-90) },
    },
  ])
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
  // what is not recorded is not said as a fact
  expect(picture().getAttribute('aria-label')).toMatch(/^No hospital stay is recorded\./)
  expect(picture().textContent).toContain('no hospital stay recorded')
})

test('Grace reads her own year in words to her', async () => {
  await app.open('/my/year', 'grace')
  expect(picture().getAttribute('aria-label')).toMatch(/^You /)
  expect(picture().textContent).toContain('Where you were')
  expect(document.body.textContent).not.toContain('Who is worried')
  // an alert is told without alarm
  expect(picture().textContent).not.toMatch(/Alerts|Safety/)
  expect(picture().textContent).toContain('A check by the team')
})

test('Grace is told below her year that something in her record is hidden', async () => {
  await app.open('/my/year', 'grace')
  expect(document.body.textContent).toContain('Something in your record is hidden from you')
  expect(document.body.textContent).not.toContain('Not said')
})

test('The nights beside the picture are those of the sentence above it', async () => {
  await app.open(`/people/${graceId}/story/year?span=quarter`, 'amina')
  const said = /for (\d+ nights?) in all/.exec(picture().getAttribute('aria-label') ?? '')?.[1]
  expect(said).toBeDefined()
  // the note is broken into lines
  expect(picture().textContent).toContain(`${said} in`)
})

test('Somebody whom nobody reached, and whose day of death is not recorded, is told as that', async () => {
  await app.open('/people/alone/story/year', 'amina')
  expect(picture().getAttribute('aria-label')).toBe(
    'Ivy has died. The day is not recorded. No hospital stay is recorded. ' +
      'Ivy went to the emergency department once. No visit or call has been recorded yet.',
  )
  expect(picture().textContent).toContain('Last record')
  const finding = screen.getByText('No visit or call has been recorded yet')
  expect(finding).toBeDefined()
})
