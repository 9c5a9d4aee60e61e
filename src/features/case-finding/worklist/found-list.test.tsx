import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

/** Each test has people of an age of its own. */
const about = (family: string, age: number): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id: `${family}-${age}` },
    birthDate: dayFromToday(-Math.round(age * 365.25 + 100)),
    name: [{ family, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  ...['13645005', '84114007', '73211009', '38341003'].map((code) => ({
    ...{ resourceType: 'Condition' as const, id: `${family}-${age}-${code}` },
    subject: { reference: `Patient/${family}-${age}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  })),
]

const ages = Array.from({ length: 11 }, (_, place) => 41 + place)
let age = 40

beforeAll(async () => {
  app = await openApp(
    ages.flatMap((each) => ['Adams', 'Brown', 'Clark'].flatMap((family) => about(family, each))),
  )
})
beforeEach(async () => {
  age += 1
  localStorage.clear()
  await app.open(`/find?order=frailty&from=${age}&to=${age}`, 'amina')
  // the page before this one was the same
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
})
afterAll(async () => await app.close())

const name = (family: string) => screen.getByRole('link', { name: `${family.toUpperCase()}, Zoë` })
const names = () =>
  screen.getAllByRole('link', { name: /, Zoë$/ }).map(({ textContent }) => textContent)
const said = () => screen.queryAllByText(/On your caseload/).map(({ textContent }) => textContent)
const press = async (keys: string) => {
  await app.user.keyboard(keys)
  await app.settled()
}

test('j and k lead from row to row, the arrows inside the list, and Tab reaches the row at hand alone', async () => {
  await press('j')
  expect(document.activeElement).toBe(name('Adams'))
  await press('jj')
  expect(document.activeElement).toBe(name('Clark'))
  await press('k')
  expect(document.activeElement).toBe(name('Brown'))
  await press('{ArrowUp}')
  expect(document.activeElement).toBe(name('Adams'))
  expect(name('Adams').tabIndex).toBe(0)
  expect(name('Brown').tabIndex).toBe(-1)
})

test('t takes on the row at hand, the next one has the focus, and u puts the person back', async () => {
  await press('jt')
  expect(said().at(-1)).toBe('On your caseload: Zoë Adams.')
  expect(names()).toEqual(['BROWN, Zoë', 'CLARK, Zoë'])
  expect(document.activeElement).toBe(name('Brown'))
  const undoButtons = () => screen.queryAllByRole('button', { name: 'Undo' }).length
  const before = undoButtons()
  await press('u')
  expect(undoButtons(), 'nothing is left to undo').toBe(before - 1)
  expect(names()).toEqual(['ADAMS, Zoë', 'BROWN, Zoë', 'CLARK, Zoë'])
  await press('j')
  expect(document.activeElement, 'from where the focus is').toBe(name('Clark'))
})

test('x selects, and one decision is about everybody who is selected', async () => {
  await press('jxjx')
  const bar = within(screen.getByRole('region', { name: 'Selected people' }))
  expect(bar.getByText('2 selected')).toBeTruthy()
  await press('n')
  expect(screen.getByRole('dialog', { name: 'Not now: 2 people' })).toBeTruthy()
  await app.user.type(screen.getByLabelText('Why not now?'), 'Flood on their street')
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  await app.settled()
  expect(names()).toEqual(['CLARK, Zoë'])
  expect(screen.queryByRole('region', { name: 'Selected people' })).toBeNull()
  await app.user.click(screen.getByRole('radio', { name: /^Not now/ }))
  await app.settled()
  expect(screen.getAllByText(/Flood on their street/)).toHaveLength(2)
  expect(screen.getAllByText(/You said not now, until/)).toHaveLength(2)
})

test('without a reason nothing is decided, and what was typed stays', async () => {
  await press('jd')
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByRole('radio', { name: /until somebody reopens it/ })).toHaveProperty(
    'checked',
    true,
  )
  await app.user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(dialog.getByText('Enter a reason')).toBeTruthy()
  expect(names()).toHaveLength(3)
})

test('everybody on the page is selected at once, and nobody again', async () => {
  const all = screen.getByRole('checkbox', { name: 'Select all on this page' })
  await app.user.click(all)
  expect(screen.getByText('3 selected')).toBeTruthy()
  await app.user.click(all)
  expect(screen.queryByText('3 selected')).toBeNull()
})

test('somebody whom a colleague takes on first is named, and the others are taken on', async () => {
  await app.user.click(screen.getByRole('checkbox', { name: 'Select all on this page' }))
  const patel = await app.server.as('patel')
  await patel('/fhir/Patient/$decide-people', {
    method: 'POST',
    json: {
      resourceType: 'Parameters',
      parameter: [
        { name: 'decision', valueCode: 'take-on' },
        { name: 'person', part: [{ name: 'id', valueString: `Brown-${age}` }] },
      ],
    },
  })
  await press('t')
  const notice = within(screen.getByRole('alert'))
  expect(notice.getByText('Nothing was decided about 1 person')).toBeTruthy()
  expect(notice.getByRole('listitem').textContent).toMatch(
    /Zoë Brown: .*(coordinates|decided first)/,
  )
  expect(said().at(-1)).toBe('On your caseload: 2 people.')
})

test('the keys are silent while somebody types and when they are turned off, and then Tab reaches every row', async () => {
  const before = said()
  await app.user.click(screen.getByRole('searchbox', { name: 'Name or NHS number' }))
  await press('t')
  expect(said()).toEqual(before)
  await app.user.clear(screen.getByRole('searchbox', { name: 'Name or NHS number' }))
  await app.settled()
  name('Adams').focus()
  await press('?')
  const help = within(screen.getByRole('dialog', { name: 'Work the list with the keyboard' }))
  await app.user.click(help.getByRole('checkbox', { name: 'Use single keys on this page' }))
  await app.user.click(help.getByRole('button', { name: 'Close' }))
  await press('t')
  expect(said()).toEqual(before)
  expect(name('Brown').tabIndex).toBe(0)
})

test('what does not tell people apart opens in place', async () => {
  const row = within(name('Adams').closest('li') as HTMLElement)
  await app.user.click(row.getByRole('button', { name: '2 more' }))
  expect(row.getByText(/of 36/)).toBeTruthy()
})

test('people are assigned to a colleague, who is chosen first, and are on that caseload', async () => {
  await app.user.click(screen.getByRole('checkbox', { name: 'Select all on this page' }))
  await app.user.click(screen.getByRole('button', { name: 'Assign to a colleague' }))
  const dialog = within(screen.getByRole('dialog', { name: /coordinates the care of 3 people/ }))
  await app.settled()
  await app.user.click(dialog.getByRole('button', { name: 'Assign' }))
  expect(dialog.getByText('Choose who coordinates')).toBeTruthy()
  const field = dialog.getByLabelText('Colleague')
  await app.settled()
  expect(document.activeElement, 'the field that is missing').toBe(field)
  const choices = within(field).getAllByRole('option')
  expect(
    choices.map(({ textContent }) => textContent),
    'nobody of another organisation, and not oneself',
  ).not.toContainEqual(expect.stringMatching(/Amina Yusuf|Karen Lee/))
  const patel = choices.find(({ textContent }) => textContent?.startsWith('Dr Anil Patel'))
  await app.user.selectOptions(field, patel as HTMLElement)
  await app.user.click(dialog.getByRole('button', { name: 'Assign' }))
  await app.settled()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(screen.queryByRole('link', { name: /, Zoë$/ })).toBeNull()
  await app.open(`/find?order=frailty&known=on-caseload&from=${age}&to=${age}`, 'amina')
  expect(screen.getAllByText(/Dr Anil Patel/).length).toBeGreaterThanOrEqual(3)
})

test('cancelling assigns nobody, and the selection stays', async () => {
  await app.user.click(screen.getByRole('checkbox', { name: /Adams/i }))
  await app.user.click(screen.getByRole('button', { name: 'Assign to a colleague' }))
  const dialog = within(screen.getByRole('dialog', { name: /Zoë Adams/ }))
  await app.user.click(dialog.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(names()).toHaveLength(3)
  expect(screen.getByText('1 selected'), 'the selection stays').toBeTruthy()
})

test('a list is downloaded only with a reason, and what was typed stays when it fails', async () => {
  await app.user.click(screen.getByRole('button', { name: 'Download' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Download this list' }))
  const press = async () => {
    await app.user.click(dialog.getByRole('button', { name: 'Download' }))
    await app.settled()
  }
  await press()
  expect(dialog.getByText('Say what the file is for')).toBeTruthy()
  expect(document.activeElement).toBe(dialog.getByLabelText('What is it for?'))
  await app.user.click(dialog.getByRole('radio', { name: /Without names, to plan/ }))
  await app.user.type(dialog.getByLabelText('What is it for?'), 'A plan for the winter')
  app.failCalls('offline', ({ path }) => path.includes('$export-people'))
  await press()
  expect(dialog.getByText('Nothing was downloaded')).toBeTruthy()
  expect(dialog.getByLabelText('What is it for?')).toHaveProperty('value', 'A plan for the winter')
  expect(dialog.getByRole('radio', { name: /Without names/ })).toHaveProperty('checked', true)
  app.restoreCalls()
})
