import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { listRequest, saveListRequest } from '#domain/list/saved-list.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const subject = (id: string) => ({ reference: `Patient/${id}` })
const about = (id: string, ...codes: readonly string[]): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  ...codes.map((code) => ({
    ...{ resourceType: 'Condition' as const, id: `${id}-${code}`, subject: subject(id) },
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  })),
]
const stay = (id: string, daysAgo: number): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${id}-${daysAgo}`, status: 'finished' },
  ...{ class: { code: 'IMP' }, subject: subject(id) },
  period: {
    start: `${dayFromToday(-daysAgo)}T10:00:00Z`,
    end: `${dayFromToday(3 - daysAgo)}T10:00:00Z`,
  },
})

const copd = '13645005'
/** 60 people alike a year ago, 15 of whom had a stay; one of the others falls and takes COPD with her. */
const people = Array.from({ length: 59 }, (_, place) => `Alike${place}`).flatMap((id, place) => [
  ...about(id, copd),
  ...(place < 15 ? [stay(id, 200)] : []),
])

beforeAll(async () => {
  app = await openApp([
    ...people,
    ...about('Faller', copd, '161898004', '105529008', '396275006', '15188001'),
    ...[stay('Faller', 500), stay('Faller', 600), stay('Faller', 20), stay('Faller', 100)],
    ...about('Nocode'),
  ])
})
afterAll(async () => await app.close())

const row = (name: string) => {
  const found = screen.getByRole('link', { name: `${name.toUpperCase()}, Zoë` }).closest('li')
  if (!found) throw new Error(`no row of ${name}`)
  return within(found)
}

test('the list says how many of 100 people like this had a stay, from whom, and that it is no forecast', async () => {
  await app.open('/find', 'amina')
  expect(screen.getByLabelText('Order by')).toHaveProperty('value', 'chance')
  expect(screen.getByText(/not what will happen to them/)).toBeTruthy()
  const person = row('Alike20')
  expect(person.getByText('25')).toBeTruthy()
  expect(
    person.getByText(/Of 59 people here who were like this a year ago, 25 in 100/),
  ).toBeTruthy()
  expect(person.getByText(/no emergency stay in the year before/)).toBeTruthy()
})

test('whoever cannot be compared is listed apart, with the reason', async () => {
  await app.open('/find', 'amina')
  expect(screen.queryByRole('link', { name: 'NOCODE, Zoë' })).toBeNull()
  expect(screen.getByText(/nothing coded, no age, or too few people like them/)).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'See them' }))
  await app.settled()
  expect(row('Nocode').getByText('Too few people like this to count')).toBeTruthy()
  expect(row('Nocode').getByText('No score: no coded conditions')).toBeTruthy()
})

test('the filter by what could be changed keeps those for whom it could, and the row says why them', async () => {
  await app.open('/find?order=frailty', 'amina')
  await app.user.click(screen.getByRole('radio', { name: /^Lives alone/ }))
  await app.settled()
  expect(screen.getAllByRole('link', { name: /, Zoë$/ })).toHaveLength(1)
  const faller = row('Faller')
  expect(faller.getByText(/2 emergency stays/).textContent).toBe(
    '2 emergency stays, 6 nights, and two stays or more the year before. ',
  )
  const list = faller.getByRole('list', { name: 'What could be changed' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([...['Home from hospital this month', 'Falls', 'Lives alone']])
  await app.user.click(faller.getByRole('button', { name: '3 more' }))
  expect(faller.getByRole('button', { name: 'fewer', expanded: true })).toBeTruthy()
  expect(faller.getByText(/of 36/)).toBeTruthy()
})

test('the filter by a need that no score counts keeps those who have it, and says how many', async () => {
  await app.open('/find?order=frailty', 'amina')
  const choice = /^Two emergency stays or more in each of the last two years 1$/
  expect(
    screen.getByText(/nobody wrote down whether they live alone. That is not a no/),
  ).toBeTruthy()
  await app.user.click(screen.getByRole('radio', { name: choice }))
  await app.settled()
  expect(screen.getAllByRole('link', { name: /, Zoë$/ })).toHaveLength(1)
  expect(row('Faller').getByText(/and two stays or more the year before/)).toBeTruthy()
})

test('the stage of life is a filter with its counts, and empties with a way back', async () => {
  await app.open('/find?order=frailty', 'amina')
  await app.user.selectOptions(screen.getByLabelText('Stage of life'), 'incurable-cancer')
  await app.settled()
  expect(screen.getByText('Nobody matches')).toBeTruthy()
})

test('filters are saved under a name, shared, said to have changed, deleted and put back', async () => {
  const press = async (name: string) => {
    await app.user.click(screen.getByRole('button', { name }))
    await app.settled()
  }
  await app.open('/find?order=frailty&changeable=falls', 'amina')
  await press('Save this list')
  await press('Save')
  expect(screen.getByText('Give the list a name')).toBeTruthy()
  await app.user.type(screen.getByLabelText('Name of the list'), 'Falls at home')
  await app.user.click(screen.getByRole('checkbox', { name: /My colleagues too/ }))
  await press('Save')
  expect(screen.getByRole('link', { name: 'Falls at home' }).getAttribute('aria-current')).toBe(
    'true',
  )
  await press('Mark as seen')
  expect(screen.getByText(/Nothing has changed since/)).toBeTruthy()
  const address = screen.getByRole('link', { name: 'Falls at home' }).getAttribute('href') ?? ''
  await app.server.seed(about('Stumbler', copd, '161898004'))
  await app.open(address, 'patel')
  expect(row('Stumbler').getByText('Falls')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Delete this list' })).toBeNull()
  await app.open(address, 'amina')
  expect(screen.getByText('1 new, 0 no longer here')).toBeTruthy()
  expect(row('Stumbler').getByText('New here')).toBeTruthy()
  await press('Mark as seen')
  expect(screen.getByText(/Nothing has changed since/)).toBeTruthy()
  await app.user.click(screen.getByRole('radio', { name: /^Lives alone/ }))
  await app.settled()
  expect(
    screen.getByRole('button', { name: 'Save this list' }),
    'filters like any other',
  ).toBeTruthy()
  await press('Keep these filters in “Falls at home”')
  expect(screen.getByRole('radio', { name: /^Lives alone/, checked: true })).toBeTruthy()
  expect(screen.getByText(/Amina Yusuf changed its filters on/)).toBeTruthy()
  await app.open(address, 'patel')
  expect(screen.getByText(/Amina Yusuf changed its filters on/)).toBeTruthy()
  await app.user.click(screen.getByRole('radio', { name: /^Falls/ }))
  await app.settled()
  expect(screen.queryByRole('button', { name: /^Keep these filters/ }), 'not the owner').toBeNull()
  await app.open(address, 'amina')
  await press('Delete this list')
  expect(screen.queryByRole('link', { name: 'Falls at home' })).toBeNull()
  await press('Undo')
  expect(screen.getByRole('link', { name: 'Falls at home' })).toBeTruthy()
})

/** What was saved elsewhere beside what was changed here, for each part of a list that differs. */
const sideBySide = () =>
  within(screen.getByRole('table', { name: /^What was saved on the other page/ }))
    .getAllByRole('rowgroup')
    .slice(1)
    .map((part) => [...part.querySelectorAll('th, td')].map((cell) => cell.textContent))

test('a list that was changed on another page is not saved over without a choice, and nothing typed is lost', async () => {
  const press = async (name: string) => {
    await app.user.click(screen.getByRole('button', { name }))
    await app.settled()
  }
  const elsewhere = async (edit: number, said: Parameters<typeof saveListRequest.write>[0]) => {
    const amina = await app.server.as('amina')
    const answer = await amina('/fhir/Group/$save-list', {
      ...{ method: 'POST', headers: { 'If-Match': `W/"${edit}"` } },
      json: saveListRequest.write(said),
    })
    expect(answer.status).toBe(200)
  }
  await app.open('/find?order=frailty&changeable=falls', 'amina')
  await press('Save this list')
  await app.user.type(screen.getByLabelText('Name of the list'), 'Monday')
  await press('Save')
  const address = screen.getByRole('link', { name: 'Monday' }).getAttribute('href') ?? ''
  const id = new URLSearchParams(address.split('?')[1]).get('list') ?? ''
  const list = {
    ...{ id, name: 'Monday', shared: true, restore: false },
    ...{ order: 'frailty', unscored: false },
  }
  await press('Rename or share')
  const field = screen.getByLabelText('Name of the list')
  await app.user.clear(field)
  await app.user.type(field, 'Tuesday')
  await elsewhere(1, { ...list, changeable: 'alone' })
  await press('Save')
  expect(screen.getByText('You changed “Monday” on another page')).toBeTruthy()
  const stays = 'Not changed here, so it stays as on the other page'
  expect(sideBySide()).toEqual([
    ['Name', '“Monday”', '“Tuesday”'],
    ['Filters', 'Lives alone, Frailty', stays],
    ['Who can open it', 'Your colleagues too', stays],
  ])
  expect(field).toHaveProperty('value', 'Tuesday')
  await press('Save mine over it')
  expect(screen.getByRole('link', { name: 'Tuesday' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Rename or share' })).toBeTruthy()
  await app.user.click(screen.getByRole('radio', { name: /^Falls/ }))
  await app.settled()
  await elsewhere(3, { ...list, name: 'Tuesday', changeable: 'alone', ageFrom: 80 })
  await press('Keep these filters in “Tuesday”')
  expect(sideBySide()).toEqual([
    ['Filters', 'Lives alone, Frailty, age from 80', 'Falls, No coordinator yet, Frailty'],
  ])
  await press('Keep it as it is now')
  expect(screen.getByLabelText('From')).toHaveProperty('value', '80')
  await app.user.click(screen.getByRole('radio', { name: /^Falls/ }))
  await app.settled()
  await press('Keep these filters in “Tuesday”')
  expect(screen.getByText('“Tuesday” has these filters now.')).toBeTruthy()
})

test('a list that was changed elsewhere is not deleted unseen, nor put back unasked', async () => {
  const press = async (name: string) => {
    await app.user.click(screen.getByRole('button', { name }))
    await app.settled()
  }
  const amina = await app.server.as('amina')
  const elsewhere = async (edit: number | undefined, name: string, id: string) => {
    const list = { id, name, shared: true, restore: false, changeable: 'falls', unscored: false }
    const answer = await amina('/fhir/Group/$save-list', {
      ...{ method: 'POST', headers: edit === undefined ? {} : { 'If-Match': `W/"${edit}"` } },
      json: saveListRequest.write(list),
    })
    expect(answer.status).toBe(200)
  }
  await app.open('/find?changeable=falls', 'amina')
  await elsewhere(undefined, 'Bay 1', 'bay')
  await app.open('/find?list=bay', 'amina')
  await elsewhere(1, 'Bay 2', 'bay')
  await press('Delete this list')
  expect(screen.getByText('You changed this list on another page')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Bay 2' })).toBeTruthy()
  await app.open('/find?changeable=falls&from=70&before=bay~2', 'amina')
  await elsewhere(2, 'Bay 4', 'bay')
  const json = listRequest.write({ id: 'bay', restore: false })
  const headers = { 'If-Match': 'W/"3"' }
  const gone = await amina('/fhir/Group/$delete-list', { method: 'POST', json, headers })
  expect(gone.status).toBe(200)
  await press('Keep these filters in “Bay 2”')
  expect(screen.getByText('You deleted “Bay 2” on another page')).toBeTruthy()
  await press('Put it back with mine')
  expect(screen.getByText(/and deleted it then/)).toBeTruthy()
  expect(screen.getByText(/^It stays deleted/)).toBeTruthy()
  const { rows } = await app.server.sql.query(
    `select deleted, name from saved_list where id = 'bay'`,
  )
  expect(rows).toEqual([{ deleted: true, name: 'Bay 4' }])
  expect(screen.getByRole('button', { name: 'Save this list' })).toBeTruthy()
  await press('Leave it deleted')
})

test('a new list whose first answer was lost is saved under its mended name', async () => {
  const press = async (name: string) => {
    await app.user.click(screen.getByRole('button', { name }))
    await app.settled()
  }
  await app.open('/find?changeable=falls', 'amina')
  await press('Save this list')
  const field = screen.getByLabelText('Name of the list')
  await app.user.type(field, 'Lost')
  const { fetch } = globalThis
  const lost: typeof fetch = async (...asked) => {
    const answer = await fetch(...asked)
    if (!String(asked[0] instanceof Request ? asked[0].url : asked[0]).includes('$save-list'))
      return answer
    throw new TypeError('Failed to fetch')
  }
  globalThis.fetch = lost
  try {
    await press('Save')
    expect(screen.getByText('Not saved yet')).toBeTruthy()
  } finally {
    globalThis.fetch = fetch
  }
  await app.user.type(field, ' and found')
  await press('Save')
  expect(screen.getByText('This list is saved already')).toBeTruthy()
  expect(sideBySide()[0]).toEqual(['Name', '“Lost”', '“Lost and found”'])
  await press('Save mine over it')
  expect(screen.getByRole('link', { name: 'Lost and found' }).getAttribute('aria-current')).toBe(
    'true',
  )
})

test('filters fold: open are those in use and the commonest, as each reader left them', async () => {
  localStorage.clear()
  const group = (name: string) => screen.getByText(name, { selector: 'summary' }).closest('details')
  await app.open('/find?order=frailty', 'amina')
  expect(group('What could be changed')?.open).toBe(true)
  expect(group('Frailty')?.open).toBe(false)
  await app.user.click(screen.getByText('Frailty', { selector: 'summary' }))
  await app.settled()
  await app.user.click(screen.getByText('What could be changed', { selector: 'summary' }))
  await app.settled()
  await app.open('/find?order=frailty&changeable=falls&flag=services', 'amina')
  expect(group('Frailty')?.open, 'as it was left').toBe(true)
  expect(group('What could be changed')?.open).toBe(false)
  expect(group('What could be changed')?.textContent, 'folded, it says what is chosen').toMatch(
    /What could be changed.*Falls/,
  )
  await app.open('/find?order=frailty', 'patel')
  expect(group('Frailty')?.open, 'each reader for themselves').toBe(false)
})
