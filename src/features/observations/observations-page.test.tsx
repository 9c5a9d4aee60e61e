import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const readings = '/people/p-3f9c27d1/readings?kind=weight'
let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

async function add(amount: string) {
  const field = screen.getByRole('textbox', { name: 'Weight (kg)' })
  await app.user.clear(field)
  await app.user.type(field, amount)
}

async function save() {
  await app.user.click(screen.getByRole('button', { name: 'Save the reading' }))
  await app.settled()
}

test('A weight in stones is kept in kilograms, and its trend comes to Amina, who sees why, answers and closes it', async () => {
  await app.open(readings, 'amina')
  await app.user.click(screen.getByRole('button', { name: /^Watch for this.*Weight up by 2 kg/ }))
  await app.settled()
  await add('70')
  await save()
  await add('12 st 4 lb')
  expect(screen.getByText(/12 st 4 lb, kept as 78\.0 kg/)).toBeTruthy()
  await save()
  const alert = await screen.findByText(/^Weight up .* kg in 3 days/)
  const notice = alert.closest<HTMLElement>('.alert-notice')
  if (!notice) throw new Error('No alert')
  // the service raises it, and the page hears of that a moment after the reading
  await within(notice).findByText(/^Yours\. Answer by/)
  await app.user.click(within(notice).getByText('Why did this come?'))
  await app.settled()
  expect(notice.textContent).toContain('Weight up by 2 kg or more in 3 days, version 1')
  expect(notice.textContent).toContain('Worked out again from these readings: the same.')
  const done = within(notice).getByRole('textbox', { name: 'What was done about it' })
  await app.user.type(done, 'Rang her')
  await app.user.click(within(notice).getByRole('button', { name: 'Save, and keep it open' }))
  await app.settled()
  await app.open('/today', 'amina')
  expect(document.body.textContent).toContain('Answered, not closed yet')
  expect(document.body.textContent).toContain('Done so far: Rang her, Amina Yusuf')
})

test('What Amina types about an alert stays when another reading comes, and does not close that one', async () => {
  await app.open(readings, 'amina')
  const words = () =>
    screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What was done about it' })
  await app.user.type(words(), 'She rang back')
  await add('81')
  await save()
  expect(words().value).toBe('She rang back')
  const checked = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name }).checked
  expect([checked(/^78\.0/), checked(/^81/)]).toEqual([true, false])
})

test('A unit that nobody can compare is refused, with those that can', async () => {
  await app.open(readings, 'amina')
  await add('200 oz')
  await save()
  expect(screen.getAllByText('Enter it in kg, g, lb, st').length).toBeGreaterThan(0)
})

async function worry(how: string, words: string, label: string) {
  await app.user.selectOptions(screen.getByRole('combobox', { name: label }), how)
  await app.user.type(screen.getByRole('textbox', { name: /^What worries you/ }), words)
  await app.user.click(screen.getByRole('button', { name: 'Save how worried you are' }))
  await app.settled()
}

test('Grace says how worried she is, and Amina’s page says that she worries more than the team', async () => {
  await app.open('/my/readings', 'grace')
  await app.user.click(screen.getByRole('button', { name: 'Save how worried you are' }))
  expect(screen.getAllByText('Choose a number from 0 to 10').length).toBeGreaterThan(0)
  await worry('8', 'The stairs', 'How worried are you about your health?')
  expect(document.body.textContent).toContain('Last time you said 8 of 10')
  await app.open(readings, 'amina')
  expect(document.body.textContent).toContain('The team has not said how worried it is.')
  await worry('3', 'Nothing new', 'How worried are you about Grace?')
  expect(document.body.textContent).toMatch(/Grace.* worries more than we do: 8, we say 3/)
})
