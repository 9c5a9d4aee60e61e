import { act, screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { graceId } from '#demo-data/identities.ts'
import type { Actor } from '#domain/access/actor.ts'
import { beginSession } from '#server/auth/session.ts'
import { machineNow } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const secret = 'He takes my pension'
let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
const send = async () => {
  await app.user.click(screen.getByRole('button', { name: 'Send to the social worker' }))
  await app.settled()
}

test('Grace tells it from home: nothing of it stays on the device, in the address or in the title', async () => {
  await app.open('/my/talk', 'grace')
  await send()
  expect(screen.getAllByText('Say what is happening').length).toBeGreaterThan(0)
  await app.user.type(screen.getByRole('textbox', { name: /^What is happening/ }), secret)
  await send()
  await screen.findByText('It is sent')
  expect(document.body.textContent).not.toContain(secret)
  expect(`${location.href} ${document.title}`).not.toMatch(/safe|hurt|harm|concern/i)
  expect(stored()).not.toContain(secret)
  await app.open(`/people/${graceId}/safeguarding`, 'karen')
  expect(document.body.textContent).toContain(secret)
})

test('If it is about the only social worker, Grace is told that nobody reads it yet, and whom to call', async () => {
  await app.open('/my/talk', 'grace')
  await app.user.type(screen.getByRole('textbox', { name: /^What is happening/ }), 'She shouts')
  await app.user.click(screen.getByRole('checkbox', { name: 'Karen Lee' }))
  await send()
  await screen.findByText('It is kept, but nobody reads it yet')
  expect(document.body.textContent).toContain('Call your council')
})

test('What could not be sent stays on the page, and is sent again', async () => {
  await app.open('/my/talk', 'chidi')
  const words = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^What is happening/ })
  await app.user.type(words, 'A helper shouts at her')
  app.failCalls('offline')
  await send()
  expect(words.value).toBe('A helper shouts at her')
  app.restoreCalls()
  await send()
  await screen.findByText('It is sent')
})

test('A carer of two people says whom it is about: none is chosen beforehand, and it reaches the right record', async () => {
  await app.open('/my/talk', 'chidi')
  const { actor } = useSession.getState()
  expect(screen.queryByRole('radiogroup')).toBeNull()
  const [own] = actor?.caresFor ?? []
  const both = { ...actor, caresFor: [own, { relatedPerson: 'r-huw', person: 'huw' }] } as Actor
  const token = await beginSession(app.server.sql, both, machineNow())
  const call = app.server.withToken(token)
  await act(async () => useSession.setState({ actor: both }))
  await app.settled()
  const sent: unknown[] = []
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname, search } = new URL(String(input), location.href)
    if (pathname.endsWith('raise-concern')) sent.push(JSON.parse(String(init?.body)))
    const { headers: _signed, ...rest } = init ?? {}
    return await call(`${pathname}${search}`, {
      ...rest,
      headers: { 'Content-Type': 'application/fhir+json' },
    })
  })
  await app.user.type(
    screen.getByRole('textbox', { name: /^What is happening/ }),
    'He locks her in',
  )
  await send()
  expect(screen.getAllByText('Choose who it is about').length).toBeGreaterThan(0)
  expect(sent).toEqual([])
  await app.user.click(screen.getByRole('radio', { name: 'Somebody who shares nothing now' }))
  expect(screen.queryByRole('checkbox', { name: 'Karen Lee' }), 'of the other’s team').toBeNull()
  await app.user.click(screen.getByRole('radio', { name: 'Grace Okafor' }))
  await send()
  await screen.findByText('It is sent')
  expect(JSON.stringify(sent)).toContain(graceId)
  expect(JSON.stringify(sent)).not.toContain('huw')
  vi.unstubAllGlobals()
})
