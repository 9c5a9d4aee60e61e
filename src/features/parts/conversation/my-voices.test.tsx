import type { Parameters } from '@medplum/fhirtypes'
import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { noteVoiceChangeRequest, voicesParameters } from '#domain/voice/voices.ts'
import { machineNow, minutesBefore } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const person = 'p-3f9c27d1'

beforeAll(async () => {
  app = await openApp([
    {
      ...{ resourceType: 'Communication', id: 'talk-held', status: 'completed' },
      subject: { reference: `Patient/${person}` },
      sender: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
      category: [{ coding: [{ system: gableCodeSystem, code: 'review' }] }],
      sent: minutesBefore(machineNow(), 60).toISOString(),
      payload: [{ contentString: 'We talked' }],
    },
  ])
})
afterAll(async () => await app.close())

async function shown() {
  const response = await (await app.server.as('ruth'))('/fhir/$voices')
  return voicesParameters.read((await response.json()) as Parameters).voices
}

test('a person says who may read the words, reads what was changed after them, and takes the leave back', async () => {
  await app.open('/my', 'grace')
  await app.user.click(await screen.findByRole('heading', { name: 'How was our talk?' }))
  const asked = within(screen.getByRole('region', { name: 'How was our talk?' }))
  const group = (name: RegExp) => within(asked.getByRole('group', { name }))
  await app.user.click(group(/what matters to you/).getByLabelText('Yes'))
  await app.user.click(group(/decide together/).getByLabelText('Yes'))
  expect(asked.queryByRole('group', { name: /without your name/ })).toBeNull()
  await app.user.type(asked.getByRole('textbox'), 'The call came too late')
  await app.user.click(group(/without your name/).getByLabelText('Yes, show them'))
  await app.user.click(asked.getByRole('button', { name: 'Send the answers' }))
  expect(await screen.findByRole('heading', { name: 'What you told us' })).toBeTruthy()
  const [voice] = await shown()
  expect(voice?.words).toBe('The call came too late')
  const note = { voice: voice?.id ?? '', version: 0, words: 'We ring before noon' }
  const ruth = await app.server.as('ruth')
  await ruth('/fhir/$note-voice-change', {
    ...{ method: 'POST', json: noteVoiceChangeRequest.write(note) },
  })
  await app.open('/my', 'grace')
  const title = 'What we changed after what you told us'
  await app.user.click(await screen.findByRole('heading', { name: title }))
  const mine = within(screen.getByRole('region', { name: title }))
  expect(mine.getByText('We ring before noon')).toBeTruthy()
  await app.user.click(mine.getByRole('button', { name: 'Stop showing these words' }))
  expect(await mine.findByText('Only your team can read these words.')).toBeTruthy()
  expect(await shown()).toEqual([])
  expect(mine.getByText('We ring before noon')).toBeTruthy()
})
