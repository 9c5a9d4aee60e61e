import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const both = { keep: 'first', join: 'second' }
const ada = (id: string): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
  name: [{ family: 'Ward', given: ['Ada'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})

beforeAll(async () => {
  app = await openApp([ada('first'), ada('second')])
  const admin = await app.server.as('admin')
  const json = joinRequest.write(both)
  expect((await admin('/fhir/$join-records', { method: 'POST', json })).status).toBe(200)
  for (const text of ['Gout', 'Asthma']) {
    const condition = {
      ...{ resourceType: 'Condition', id: text.toLowerCase(), code: { text } },
      ...{ subject: { reference: 'Patient/first' }, recordedDate: dayFromToday(0) },
    }
    const path = `/fhir/Condition/${condition.id}`
    expect((await admin(path, { method: 'PUT', json: condition })).status).toBe(201)
  }
})
afterAll(async () => await app.close())

test('two records are parted only after somebody has said whose each of the others is', async () => {
  await app.open('/people/first/sharing', 'admin')
  await app.user.click(await screen.findByRole('button', { name: 'Separate these records' }))
  await app.settled()
  const dialog = within(screen.getByRole('dialog', { name: 'Are these two different people?' }))
  const part = async () => {
    await app.user.click(dialog.getByRole('button', { name: 'Yes, separate them' }))
    await app.settled()
  }
  await part()
  expect(dialog.getByText('Say first whose each record is.')).toBeTruthy()
  expect(dialog.getAllByText('Choose whose it is')).toHaveLength(2)
  await app.user.selectOptions(dialog.getByLabelText('Whose is it: Gout'), 'second')
  expect(dialog.getAllByText('Choose whose it is')).toHaveLength(1)
  await app.user.selectOptions(dialog.getByLabelText('Whose is it: Asthma'), 'first')
  await part()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(screen.getByText('These are two records again.')).toBeTruthy()
})
