import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const part = () => within(screen.getByRole('region', { name: 'Extract for analysts' }))

test('an extract is made only when it is said what for and for whom, and nothing typed is lost', async () => {
  const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:extract')
  // it would lead the window away, in which the next file goes on
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  await app.open('/backup', 'admin')
  await app.user.type(part().getByLabelText('What is the extract for?'), 'Plan for the winter')
  await app.user.click(part().getByRole('button', { name: 'Download the extract' }))
  expect(part().getByText('Say who will have the extract')).toBeTruthy()
  expect(part().queryByText('Say what the extract is for')).toBeNull()
  expect(saved).not.toHaveBeenCalled()

  app.failCalls('offline', ({ path }) => path.includes('$extract'))
  await app.user.type(part().getByLabelText('Who will have it?'), 'Public health team')
  await app.user.click(part().getByRole('button', { name: 'Download the extract' }))
  expect(await part().findByText('Nothing was downloaded')).toBeTruthy()
  app.restoreCalls()
  await app.user.click(part().getByRole('button', { name: 'Download the extract' }))
  expect(await part().findByText('The file is saved on this device.')).toBeTruthy()
  const [file] = saved.mock.calls[0] ?? []
  expect(await (file as Blob).text()).toContain('row,age_band,sex')
  clicked.mockRestore()
  saved.mockRestore()
})
