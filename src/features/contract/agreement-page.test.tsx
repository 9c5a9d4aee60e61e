import { fireEvent, screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

test('quality before money: the gate is shut until the measures open it, and each line says its source', async () => {
  await app.open('/insight/agreement', 'ruth')
  expect(
    await screen.findByRole('heading', { name: 'The gate is shut: nothing would be shared' }),
  ).toBeTruthy()
  choose('People can live the way they want', 'better')
  choose('Promises are kept', 'better')
  choose('Carers are worn out', 'same')
  // half of 3% of 10 million
  expect(
    await screen.findByRole('heading', { name: 'Partners would share £150,000.00' }),
  ).toBeTruthy()
  expect(screen.getByText('would get £54,000.00')).toBeTruthy()
  expect(screen.getByText('Local terms: two measures better and none worse')).toBeTruthy()
})

test('what cannot be worked out is said in words, and what was typed stays', async () => {
  await app.open('/insight/agreement', 'ruth')
  await screen.findByLabelText('Terms')
  choose('Terms', 'mssp-a')
  choose('People', '499')
  expect(await screen.findByText(/^With fewer than 500 people/)).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('People').value).toBe('499')
})
