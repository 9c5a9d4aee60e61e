import { fireEvent, screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import {
  asksRecord,
  calculated,
  initially,
  scale,
  scoreOn,
  sdcQuestionnaire,
  total,
} from '#test-support/worlds/sdc-form.ts'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}
const paste = async (said: unknown) => {
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  fireEvent.change(screen.getByLabelText('Or paste the questionnaire'), { target: { value: text } })
  await press('Check it')
}
const pick = async (group: string, name: string) =>
  await app.user.click(
    within(screen.getByRole('group', { name: new RegExp(`^${group}`) })).getByRole('radio', {
      name,
    }),
  )

const own = (version: string) =>
  sdcQuestionnaire(
    [
      scale('a', { text: 'Stairs', required: true }),
      scale('b', { text: 'Bath', required: true }),
      {
        ...{ linkId: 'kg', type: 'decimal', text: 'Weight' },
        extension: [initially('%weight.entry.resource.value.value')],
      },
      total("%resource.item.where(linkId = 'a' or linkId = 'b').answer.value.weight().sum()"),
    ],
    {
      ...{ version, title: 'Getting about', copyright: 'Ours' },
      extension: [
        scoreOn('total', [
          ['low', 0, 2],
          ['high', 3, 6],
        ]),
        asksRecord(
          'weight',
          'Observation?patient={{%patient.id}}&code=http://loinc.org|29463-7&_sort=-date&_count=1',
        ),
      ],
    },
  )

test('An administrator is told what is wrong with a questionnaire, by question', async () => {
  await app.open('/questionnaires', 'admin')
  await paste('{ "resourceType": ')
  expect(screen.getByText('This cannot be read: it is not JSON')).toBeTruthy()
  await paste({ resourceType: 'Patient' })
  expect(screen.getByText('It is a Patient. Paste one Questionnaire.')).toBeTruthy()
  const broken = { linkId: 'x', type: 'integer', text: 'Days', extension: [calculated('%nowhere')] }
  await paste(sdcQuestionnaire([broken as never]))
  const said = screen.getByText('It cannot be published yet').closest('div')
  expect(said?.textContent).toContain('Days (x) The calculated value: it names %nowhere')
  expect(screen.queryByRole('button', { name: /^Publish/ })).toBeNull()
})

test('It is tried on an invented person, published, asked, and replaced by a new version', async () => {
  await app.open('/questionnaires', 'admin')
  await paste(own('1'))
  await press(/^Try it$/)
  expect(await screen.findByText(/From the record/)).toBeTruthy()
  expect((screen.getByLabelText('Weight') as HTMLInputElement).value).toBe('52.4')
  await pick('Stairs', 'much')
  expect(screen.getByText('Answers still missing: Bath')).toBeTruthy()
  await pick('Bath', 'some')
  await press('See the result')
  expect(screen.getByText('Name of high')).toBeTruthy()
  await press('Publish version 1')
  expect(await screen.findByText('Published: Getting about, 1')).toBeTruthy()

  await app.open(`/people/${graceId}/assessments`, 'amina')
  await app.user.click(await screen.findByRole('link', { name: 'Start Getting about' }))
  await app.settled()
  await pick('Stairs', 'none')
  await pick('Bath', 'some')
  await press('Finish and see the result')
  expect(await screen.findByText('Name of low')).toBeTruthy()

  await app.open('/questionnaires', 'admin')
  await paste(own('2'))
  await press('Publish version 2 and retire version 1')
  expect(await screen.findByText('Published: Getting about, 2')).toBeTruthy()
  expect(screen.getByText('retired: answers stay readable')).toBeTruthy()
})

test('A draft that was never published is deleted after a question, and a published version is not', async () => {
  const admin = await app.server.as('admin')
  const draft = { ...sdcQuestionnaire([scale('a', { text: 'Stairs' })], { title: 'Half done' }) }
  const stored = await admin('/fhir/Questionnaire/half-done', {
    method: 'PUT',
    json: { ...draft, id: 'half-done', status: 'draft', url: 'urn:half-done', version: '1' },
  })
  expect(stored.status).toBe(201)
  await app.open('/questionnaires', 'admin')
  const name = 'Delete the draft: Half done, version 1'
  await press(name)
  await press('Keep it')
  expect(screen.getByRole('button', { name })).toBeTruthy()
  await press(name)
  await press('Delete it')
  await app.settled()
  expect(screen.queryByRole('button', { name })).toBeNull()
  expect((await admin('/fhir/Questionnaire/half-done')).status).toBe(410)
  expect(screen.queryByRole('button', { name: /^Delete the draft: Getting about/ })).toBeNull()
})
