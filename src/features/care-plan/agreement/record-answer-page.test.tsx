import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { answersIn } from '#test-support/worlds/plan-to-agree.ts'

const plan = `/people/${graceId}/plan`
let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const type = async (label: string, text: string) => {
  const field = await screen.findByRole('textbox', { name: label })
  await app.user.clear(field)
  await app.user.type(field, text)
}
const choose = async (name: string | RegExp) =>
  await app.user.click(await screen.findByRole('radio', { name }))
const record = async () =>
  await app.user.click(await screen.findByRole('button', { name: 'Record the answer' }))

async function printedCode(): Promise<string> {
  await app.open(`${plan}/to-sign`, 'amina')
  return /Code\s*(\S+)/.exec(document.body.textContent ?? '')?.[1]?.slice(0, 11) ?? ''
}

async function daySigned() {
  const group = within(await screen.findByRole('group', { name: 'Day it was signed' }))
  const parts = dayFromToday(0).split('-').toReversed()
  for (const [at, box] of group.getAllByRole('textbox').entries())
    await app.user.type(box, parts[at] ?? '')
}

test('A signed paper is recorded by the code on the print, and a wrong code is refused with a message', async () => {
  const code = await printedCode()
  expect(code).toMatch(/^\d+-\w{4}-\w{4}$/)
  await app.open(`${plan}/record-answer`)
  await choose(/^On paper/)
  await type('Code on the paper', '9-AAAA-BBBB')
  await record()
  expect(await screen.findByText(/This is not the code of a print of Grace’s plan/)).toBeTruthy()
  await type('Code on the paper', code.toLowerCase().replaceAll('-', ' '))
  await daySigned()
  await type('Name of the witness', 'Mary Bell')
  await type('Who the witness is', 'neighbour')
  await choose('Yes, to all of it')
  await record()
  await screen.findByRole('heading', { level: 1, name: 'How it is organised' }, { timeout: 10_000 })
  expect((await answersIn(app.server.sql)).at(-1)).toMatchObject({
    ...{ yes: true, by: { voice: 'person' } },
    how: { way: 'paper', paperCode: code, witness: { name: 'Mary Bell', role: 'neighbour' } },
  })
})

test('Next of kin is told to be no authority, and nothing is recorded', async () => {
  const before = (await answersIn(app.server.sql)).length
  await app.open(`${plan}/record-answer`, 'amina')
  await choose(/who has the authority/)
  await choose('Next of kin')
  expect(await screen.findByText('Next of kin cannot decide for somebody')).toBeTruthy()
  await choose('Yes, to all of it')
  await record()
  expect((await answersIn(app.server.sql)).length).toBe(before)
})

test('Whoever decides for the person is told by the service that the person is taken to be able to', async () => {
  await app.open(`${plan}/record-answer`, 'amina')
  await choose(/^Deputy/)
  await type('Name of the person who decided', 'Chidi Okafor')
  await type('Document', 'Order of 3 May, seen')
  await record()
  expect(await screen.findByText(/The person is taken to be able to decide this/)).toBeTruthy()
})
