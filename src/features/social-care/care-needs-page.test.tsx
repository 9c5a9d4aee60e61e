import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const checklist: QuestionnaireResponse & { id: string } = {
  resourceType: 'QuestionnaireResponse',
  ...{ id: 'nurse-asked', status: 'completed', subject: { reference: `Patient/${graceId}` } },
  questionnaire: `${libraryUrl('daily-living-checklist')}|1.0`,
  authored: dayFromToday(-20),
  author: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  item: [
    { linkId: 'toilet', answer: [{ valueCoding: { code: '1', display: 'With some help' } }] },
    ...['eat', 'cook', 'shop'].map((linkId) => ({
      ...{ linkId, answer: [{ valueCoding: { code: '0', display: 'By myself' } }] },
    })),
  ],
}

let app: OpenApp

beforeAll(async () => {
  app = await openApp([checklist])
})
afterAll(() => app.close())

const about = (outcome: string) => {
  const found = screen
    .getAllByText('Asked already')
    .map((each) => each.parentElement)
    .find((each) => each?.textContent?.startsWith(`Asked already: ${outcome}`))
  if (!found) throw new Error(`Nothing is said of ${outcome}`)
  return found
}

test('Karen sees what Amina has asked, with who and when, and takes it into her words', async () => {
  await app.open(`/people/${graceId}/care-needs`, 'karen')
  await app.user.click(
    screen.getByRole('button', { name: /^(Start an|Go on with the) assessment$/ }),
  )
  await app.settled()
  const toilet = about('Using the toilet')
  expect(toilet.textContent).toContain('Using the toilet With some help')
  expect(toilet.textContent).toContain('Amina Yusuf')
  expect(within(toilet).getByRole('link').getAttribute('href')).toContain('?result=nurse-asked')
  await app.user.click(within(toilet).getByRole('button', { name: /^Add these to the words/ }))
  await app.settled()
  const words = screen.getByRole<HTMLTextAreaElement>('textbox', {
    name: 'What was said about it: Using the toilet',
  })
  expect(words.value).toMatch(
    /^Using the toilet With some help \(Amina Yusuf, .+, Daily living checklist\)$/,
  )
  expect(about('Eating and drinking well').textContent).toContain('Shopping By myself')
})

test('What colleagues asked cannot be loaded: Karen is told, and asks all the same', async () => {
  app.failCalls(500, ({ path }) => /Questionnaire(\/_search)?$/.test(path))
  await app.open(`/people/${graceId}/care-needs`, 'karen')
  await app.user.click(
    screen.getByRole('button', { name: /^(Start an|Go on with the) assessment$/ }),
  )
  await screen.findByText('What colleagues have asked cannot be shown just now')
  expect(screen.getByRole('button', { name: 'Finish the assessment' })).toBeTruthy()
  app.restoreCalls()
})
