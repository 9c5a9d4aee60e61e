import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import { raiseConcernRequest } from '#domain/social-care/safeguarding.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp([
    diaryVisitToFhir({
      ...{ id: 'visit-off', person: graceId, personName: 'Grace Okafor', kind: 'diary-visit' },
      by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
      ...{ start: `${dayFromToday(1)}T09:00:00Z`, end: `${dayFromToday(1)}T09:30:00Z` },
      ...{ place: 'At home', state: 'cancelled', reason: 'Amina is on a course' },
    }),
  ])
})
afterAll(async () => await app.close())

test('A visit that was cancelled, of which nobody has told the person, is a line that leads to the day in the diary', async () => {
  await app.open('/today', 'amina')
  const group = within(screen.getByRole('region', { name: /Visits changed: call them/ }))
  expect(group.getByText(/nobody has told them: Amina is on a course/)).toBeTruthy()
  await app.user.click(group.getByRole('link', { name: 'Call them' }))
  await app.settled()
  expect(location.pathname + location.search).toBe(`/diary?day=${dayFromToday(1)}`)
  expect(screen.getByText(/Nobody has told Grace Okafor yet/)).toBeTruthy()
})

test('What waits in social care counts safeguarding, and says it first; what only colleagues do is not counted as hers', async () => {
  await app.open('/today', 'karen')
  expect(screen.queryByText(/safeguarding concern/)).toBeNull()
  expect(screen.getByRole('heading', { level: 1 }).parentElement?.textContent).toContain(
    'Nobody needs anything from you right now.',
  )
  const amina = await app.server.as('amina')
  const raised = await amina('/fhir/$raise-concern', {
    method: 'POST',
    json: raiseConcernRequest.write({
      ...{ patient: graceId, id: 'concern-1', about: 'The tin is empty', risk: 'Grace' },
      ...{ wishes: 'That it stops', consent: 'given', withoutConsent: '' },
      ...{ safety: 'The tin is empty now', sources: [] },
    }),
  })
  expect(raised.status).toBe(200)
  await app.open('/tasks', 'karen')
  await app.open('/today', 'karen')
  const group = within(await screen.findByRole('region', { name: /Social care/ }))
  expect(group.getByText('1 safeguarding concern')).toBeTruthy()
  expect(screen.queryByText(/The tin is empty/), 'no word of it').toBeNull()
  expect(screen.getByText('1 thing waits for you in social care.')).toBeTruthy()
})
