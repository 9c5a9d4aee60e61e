import { screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { meetingLetterToFhir } from '#domain/meeting/letter.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { giveVoice } from '#test-support/doubles/device-voice.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const letter = meetingLetterToFhir({
  ...{ id: 'letter-1', person: graceId, talk: 'talk-1', at: machineNow().toISOString() },
  by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
  ...{ day: dayFromToday(0), question: '', added: '', phone: '' },
  lines: [
    {
      ...{ kind: 'task', words: 'We ring the choir.', owner: 'Amina Yusuf' },
      by: dayFromToday(7),
    },
  ],
})

let app: OpenApp
beforeAll(async () => {
  app = await openApp([letter])
})
afterAll(async () => await app.close())

test('Grace hears her letter alone, and nothing else is read over it', async () => {
  const [voice, take] = giveVoice()
  await app.open('/my', 'grace')
  await app.user.click(screen.getByRole('button', { name: 'Read to me' }))
  await screen.findByRole('region', { name: 'Reading aloud' })
  const before = voice.silenced()
  await app.user.click(screen.getByRole('button', { name: 'Hear it' }))
  await screen.findByText('Dear Grace,', { selector: '[data-not-read] p' })
  expect(voice.silenced()).toBeGreaterThan(before)
  expect(screen.getAllByRole('region', { name: 'Reading aloud' })).toHaveLength(1)
  const from = voice.said.length - 1
  for (let more = 0; more < 12; more += 1) voice.finish()
  const heard = voice.said.slice(from)
  expect(heard[0]).toBe('Dear Grace,')
  expect(heard.join(' ')).toContain('We ring the choir.')
  expect(heard.at(-1)).toBe('Tell Amina Yusuf.')
  await screen.findByRole('button', { name: 'Hear it' })
  take()
})
