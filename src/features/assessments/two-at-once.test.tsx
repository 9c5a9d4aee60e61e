import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { whoAnswered } from '#domain/assessment/reassess/who-answered.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const form = `/people/${graceId}/assessments/falls-checklist`
const press = async (name: string) => await app.user.click(screen.getByRole('button', { name }))
const say = async (question: string, answer: 'Yes' | 'No') =>
  await app.user.click(
    within(screen.getByRole('group', { name: question })).getByRole('radio', { name: answer }),
  )
const dizzy = 'Do you get dizzy when you stand up?'
const afraid = 'Are you afraid of falling?'

async function draft(): Promise<QuestionnaireResponse> {
  const amina = await app.server.as('amina')
  const answer = await amina(
    `/fhir/QuestionnaireResponse?patient=Patient/${graceId}&_sort=-_lastUpdated`,
  )
  const { entry = [] } = (await answer.json()) as { entry?: { resource: QuestionnaireResponse }[] }
  const found = entry
    .map(({ resource }) => resource)
    .find(({ questionnaire }) => questionnaire?.includes('falls-checklist'))
  if (!found) throw new Error('There is no draft')
  return found
}

const said = ({ item = [] }: QuestionnaireResponse) =>
  Object.fromEntries(item.map(({ linkId, answer }) => [linkId, answer?.[0]?.valueBoolean]))

test('two people answer one assessment at once, one without a network, and nothing is lost', async () => {
  await app.open(form, 'amina')
  await say('Have you fallen in the last year?', 'No')
  await press('Save and finish later')
  await app.settled()
  const begun = await draft()

  // Karen goes on with it, and has no network from here on
  await app.open(form, 'karen')
  expect(
    screen.getByText('You are continuing with answers that Amina Yusuf saved earlier'),
  ).toBeTruthy()
  expect(screen.getByRole('main').textContent).toContain('Answered by Amina Yusuf')
  app.failCalls('offline', ({ path }) => path.startsWith('/fhir'))
  await say(afraid, 'Yes')
  await say('Can you call for help if you fall?', 'No')
  await press('Save and finish later')
  expect(await screen.findByText('This was not saved')).toBeTruthy()
  expect(screen.getByText('Your answers are kept on this device. Try again.')).toBeTruthy()

  // meanwhile Amina answers more on another device, one question otherwise
  const amina = await app.server.as('amina')
  const more = await amina(`/fhir/QuestionnaireResponse/${begun.id}`, {
    ...{ method: 'PUT', headers: { 'If-Match': `W/"${begun.meta?.versionId}"` } },
    json: {
      ...begun,
      item: [
        ...(begun.item ?? []),
        { linkId: 'afraid', answer: [{ valueBoolean: false }] },
        { linkId: 'dizzy', answer: [{ valueBoolean: true }] },
      ],
    },
  })
  expect(more.status).toBe(200)

  // the network is back: where they differ both answers are shown, and nothing is written until one is chosen
  app.restoreCalls()
  await press('Save and finish later')
  expect(
    await screen.findByText('Amina Yusuf answered the same questions differently'),
  ).toBeTruthy()
  expect(said(await draft())).toMatchObject({ afraid: false })
  await press('Keep mine')
  await press('Save and finish later')
  await app.settled()
  const both = await draft()
  expect(said(both)).toEqual({ fallen: false, afraid: true, dizzy: true, 'help-call': false })
  const by = Object.fromEntries([...whoAnswered(both)].map(([id, { name }]) => [id, name]))
  expect(by).toEqual({
    ...{ fallen: 'Amina Yusuf', dizzy: 'Amina Yusuf' },
    ...{ afraid: 'Karen Lee', 'help-call': 'Karen Lee' },
  })

  // the result says who answered what
  await app.open(form, 'karen')
  expect(
    within(screen.getByRole('group', { name: dizzy })).getByRole('radio', { checked: true }),
  ).toBeTruthy()
  await press('Finish and see the result')
  await app.settled()
  const answers = screen.getByRole('region', { name: 'Answers' })
  expect(within(answers).getAllByText('Amina Yusuf').length).toBe(2)
  expect(within(answers).getAllByText('Karen Lee').length).toBe(2)
})

test('what a colleague answered meanwhile stays through one save and the next', async () => {
  await app.open(form, 'amina')
  await say('Have you fallen in the last year?', 'No')
  await press('Save and finish later')
  await app.settled()
  await app.open(form, 'amina')
  await say(afraid, 'Yes')
  await press('Save and finish later')
  await app.settled()

  const begun = await draft()
  const karen = await app.server.as('karen')
  const more = await karen(`/fhir/QuestionnaireResponse/${begun.id}`, {
    ...{ method: 'PUT', headers: { 'If-Match': `W/"${begun.meta?.versionId}"` } },
    json: {
      ...begun,
      item: [...(begun.item ?? []), { linkId: 'dizzy', answer: [{ valueBoolean: true }] }],
    },
  })
  expect(more.status).toBe(200)

  // each time the page is opened with it, and nothing else is typed
  for (const _save of ['first', 'second', 'third']) {
    await app.open(form, 'amina')
    expect(
      within(await screen.findByRole('group', { name: dizzy })).getByRole('radio', {
        checked: true,
      }),
    ).toBeTruthy()
    await press('Save and finish later')
    await app.settled()
    expect(said(await draft())).toEqual({ fallen: false, afraid: true, dizzy: true })
  }
})
