import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const person = (id: string, given: string): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1934-01-04' },
  name: [{ family: 'Okafor', given: [given] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})

beforeAll(async () => {
  app = await openApp([person('p-eva', 'Eva'), person('p-ada', 'Ada'), person('p-ida', 'Ida')])
})
afterAll(async () => await app.close())

const row = (name: string) => {
  const [first] = screen.getAllByRole('link', { name: new RegExp(`, ${name}$`) })
  const found = first?.closest('li')
  if (!found) throw new Error(`no row of ${name}`)
  return within(found)
}

async function askAtHome(words: string) {
  await app.open('/my', 'person p-eva')
  await app.user.click(screen.getByRole('button', { name: 'Ask for someone' }))
  await app.user.type(screen.getByLabelText('What makes it hard for you?'), words)
  await app.user.click(screen.getByRole('button', { name: 'Send' }))
  await app.settled()
}

test('a person asks on their own page, and can take it back', async () => {
  await app.open('/my', 'person p-eva')
  await app.user.click(screen.getByRole('button', { name: 'Ask for someone' }))
  await app.user.click(screen.getByRole('button', { name: 'Send' }))
  expect(screen.getByText('Write a few words, so that they know')).toBeTruthy()
  await askAtHome('So many letters')
  expect(screen.getByText(/^You asked Brook Surgery on/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Ask for someone' })).toBeNull()
  await app.user.click(screen.getByRole('button', { name: 'I no longer want this' }))
  await app.settled()
  expect(screen.getByRole('button', { name: 'Ask for someone' })).toBeTruthy()
  await app.open('/find/referrals', 'amina')
  expect(screen.getByText('Nobody is waiting')).toBeTruthy()
})

test('a no needs words, which the person reads', async () => {
  await askAtHome('Nobody tells the others')
  await app.open('/find/referrals', 'amina')
  expect(row('Eva').getByText('“Nobody tells the others”')).toBeTruthy()
  expect(row('Eva').getByText(/Asked by Eva Okafor, the person/)).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'Point to other help: Eva Okafor' }))
  const form = within(screen.getByRole('form'))
  await app.user.click(form.getByRole('button', { name: 'Point to other help' }))
  expect(form.getByText('Enter a few words, so that everyone knows')).toBeTruthy()
  await app.user.type(form.getByRole('textbox'), 'The heart nurse, on 01632 960 001')
  await app.user.click(form.getByRole('button', { name: 'Point to other help' }))
  await app.settled()
  expect(screen.getByText('Saved. Those who asked can read your answer.')).toBeTruthy()
  expect(screen.getByText('Nobody is waiting')).toBeTruthy()
  expect(row('Eva').getByText('Pointed to other help')).toBeTruthy()
  await app.open('/my', 'person p-eva')
  expect(screen.getByText('“The heart nurse, on 01632 960 001”')).toBeTruthy()
})

test('somebody taken on from a list is answered with a yes, and the list says that the answer waits', async () => {
  const patel = await app.server.as('patel')
  const asked = await patel('/fhir/Patient/p-ida/$request-coordinator', {
    method: 'POST',
    json: {
      resourceType: 'Parameters',
      parameter: [{ name: 'why', valueString: 'Third fall' }],
    },
  })
  expect(asked.status).toBe(200)
  await app.open('/people/p-ida/score', 'amina')
  await app.user.click(screen.getByRole('button', { name: 'Take on Ida Okafor' }))
  await app.settled()
  expect(
    screen.getAllByText(/Whoever referred them waits for an answer: Ida Okafor/).length,
  ).toBeGreaterThan(0)
  await app.open('/find/referrals', 'amina')
  expect(screen.queryByRole('button', { name: 'Take on Ida Okafor' })).toBeNull()
  await app.user.click(screen.getByRole('button', { name: /^Say yes: Ida Okafor/ }))
  await app.settled()
  expect(row('Ida').getByText('Accepted')).toBeTruthy()
})

test('a yes takes the person on, and nobody is asked twice', async () => {
  await app.open('/people/p-ada/tasks', 'patel')
  await app.user.click(screen.getByRole('button', { name: 'Refer to a service' }))
  await app.user.click(screen.getByRole('radio', { name: /^A case manager/ }))
  await app.settled()
  await app.user.selectOptions(screen.getByLabelText('Who you are asking'), 'Brook Surgery')
  await app.user.click(screen.getByRole('button', { name: 'Send referral' }))
  expect(screen.getByText('Say why this person needs a case manager')).toBeTruthy()
  await app.user.type(screen.getByLabelText('Why'), 'Third fall')
  await app.user.click(screen.getByRole('button', { name: 'Send referral' }))
  await app.settled()
  expect(screen.queryByRole('button', { name: /^Accept/ }), 'by taking on').toBeNull()
  await app.open('/find/referrals', 'amina')
  expect(screen.getByRole('heading', { name: '1 to answer' })).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'Take on Ada Okafor' }))
  await app.settled()
  expect(row('Ada').getByText('With Amina Yusuf')).toBeTruthy()
  expect(row('Ada').getByText('Accepted')).toBeTruthy()
  await app.open('/people/p-ada/plan', 'amina')
  await app.open('/people/p-ada/tasks', 'patel')
  await app.user.click(screen.getByRole('button', { name: 'Refer to a service' }))
  await app.user.click(screen.getByRole('radio', { name: /^A case manager/ }))
  await app.settled()
  await app.user.selectOptions(screen.getByLabelText('Who you are asking'), 'Brook Surgery')
  await app.user.type(screen.getByLabelText('Why'), 'Again')
  await app.user.click(screen.getByRole('button', { name: 'Send referral' }))
  await app.settled()
  expect(screen.getByText(/There is a case already: ask the coordinator instead/)).toBeTruthy()
})
