import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const dialog = () => within(screen.getByRole('dialog'))
const press = async (name: string) => {
  await app.user.click(dialog().getByRole('button', { name }))
  await app.settled()
}

test('A step down asks for what brings the person back and for a day ahead, and keeps what was typed', async () => {
  await app.open(`/people/${graceId}/review`, 'amina')
  const verb = 'Step down to a lighter level'
  await app.user.click(screen.getByRole('button', { name: verb }))
  await app.user.type(dialog().getByLabelText(/^Why, and what was agreed/), 'Steady')
  await press(verb)
  expect(dialog().getByText('Say what brings them back')).toBeDefined()
  await app.user.type(dialog().getByLabelText(/^What brings them back/), 'A fall')
  // what was typed is there when the page is opened again
  await app.open(`/people/${graceId}/review`, 'amina')
  await app.user.click(screen.getByRole('button', { name: verb }))
  await press(verb)
  await screen.findByRole('heading', { name: 'On a lighter level' })
  expect(screen.getByText('Steady')).toBeDefined()
  await app.user.click(screen.getByRole('button', { name: 'Back to the usual level' }))
  await app.settled()
  await screen.findByRole('button', { name: verb })
  const { rows } = await app.server.sql.query<{ status: string }>(
    "select content->>'status' as status from resource where rt = 'Task' and content->>'description' like 'Look again%'",
  )
  expect(rows, 'the task to look again').toEqual([{ status: 'cancelled' }])
})

test('A death is recorded after a look at who it is, and is removed only with a reason', async () => {
  await app.open(`/people/${graceId}/review`, 'amina')
  await app.user.click(screen.getByRole('button', { name: 'Record the death' }))
  expect(screen.getByRole('dialog').textContent).toContain('999 100 1018')
  await press('Yes, record the death')
  await screen.findByText('Still to do for those who are left')
  expect(document.body.textContent).toContain('Ask Chidi Okafor how they are')
  expect(screen.queryByRole('button', { name: 'Step down to a lighter level' })).toBeNull()
  const undo = 'This is wrong: remove the record of death'
  await app.user.click(screen.getByRole('button', { name: undo }))
  await press(undo)
  expect(screen.getByRole('dialog').querySelector('[aria-invalid="true"]')).not.toBeNull()
  await app.user.type(dialog().getByRole('textbox'), 'It was her neighbour')
  await press(undo)
  await screen.findByRole('button', { name: 'Record the death' })
  expect(document.body.textContent).not.toContain('Still to do for those who are left')
})
