import type { Consent } from '@medplum/fhirtypes'
import { screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const news = () => screen.queryByRole('heading', { name: /shares with you has changed/ })

async function share(end: string): Promise<void> {
  const call = await app.server.as('grace')
  const found = (await (await call(`/fhir/Consent?patient=Patient/${graceId}`)).json()) as {
    entry: readonly { resource: Consent }[]
  }
  const given = found.entry
    .map(({ resource }) => resource)
    .find((each) => each.id === 'share-chidi')
  const stood = given ?? found.entry[0]?.resource
  if (!stood) throw new Error('Grace shares nothing')
  const provision = { ...stood.provision, period: { ...stood.provision?.period, end } }
  const { status } = await call(`/fhir/Consent/${stood.id}`, {
    ...{ method: 'PUT', json: { ...stood, provision } },
    headers: { 'If-Match': `W/"${stood.meta?.versionId}"` },
  })
  expect(status).toBe(200)
}

test('a carer is told that the person shares for longer, until they have looked', async () => {
  await app.open('/my/team', 'chidi')
  await app.open('/my', 'chidi')
  expect(news()).toBeNull()
  await share('2199-03-01')
  await app.open('/my', 'chidi')
  expect(news()).not.toBeNull()
  expect(screen.getByRole('main').textContent).toContain('until 1 March 2199')
  await app.open('/my/team', 'chidi')
  await app.open('/my', 'chidi')
  expect(news()).toBeNull()
  await app.open('/my/who-looked', 'grace')
  expect(screen.getAllByText(/is now shared until 1 March 2199/).length).toBeGreaterThan(0)
})
