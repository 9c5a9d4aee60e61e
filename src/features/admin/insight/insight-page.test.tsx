import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tryAnswerRuleRequest } from '#domain/suggestion/answer-rule/try-answer-rule-request.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const ruleNamed = (words: string) => {
  const row = screen
    .getAllByRole('listitem', { hidden: true })
    .find((each) => each.textContent?.startsWith(words))
  if (!row) throw new Error(`There is no rule ${words}`)
  return within(row)
}
const hidden = { hidden: true }

test('a manager tries another version of a rule on past answers, is told what is wrong, and uses it with a reason', async () => {
  await app.open('/insight/work', 'ruth')
  const rule = () => ruleNamed('Falling again and again')
  expect(rule().getByText(/Version 1/)).toBeTruthy()
  const when = rule().getByLabelText('What the answers must be')
  expect((when as HTMLTextAreaElement).value).toBe('fallen is yes\nhow-many from 2')
  await app.user.clear(when)
  await app.user.type(when, 'tripped is yes')
  const tryIt = async () => {
    await app.user.click(rule().getByRole('button', { name: /^Try it on past answers/, ...hidden }))
    await app.settled()
  }
  await tryIt()
  expect(rule().getByText(/this assessment has no such question/)).toBeTruthy()
  expect((when as HTMLTextAreaElement).value).toBe('tripped is yes')
  await app.user.clear(when)
  await app.user.type(when, 'fallen is yes{enter}how-many from 3')
  await tryIt()
  const figures = within(rule().getByRole('status', hidden))
  expect(figures.getAllByText('fewer than 5').length).toBeGreaterThan(5)
  await app.user.click(rule().getByRole('button', { name: 'Use this version', ...hidden }))
  const dialog = within(screen.getByRole('dialog', hidden))
  await app.user.type(dialog.getByLabelText(/Why, and who agrees/), 'Two falls came too often')
  const buttons = dialog.getAllByRole('button', { name: 'Use this version', ...hidden })
  if (buttons[0]) await app.user.click(buttons[0])
  await app.settled()
  expect(await rule().findByText(/Version 2/)).toBeTruthy()
})

test('a manager who starts what somebody else has tried anew since is told who, and nothing is used', async () => {
  await app.open('/insight/work', 'ruth')
  const rule = () => ruleNamed('Falling again and again')
  expect(screen.getByText(/what you switch or change counts in every organisation/)).toBeTruthy()
  const version = () =>
    /Version (\d+)/.exec(rule().getByText(/^Version|Version \d/).textContent)?.[1]
  const before = version()
  await app.user.click(rule().getByRole('button', { name: /^Try it on past answers/, ...hidden }))
  await app.settled()
  const admin = await app.server.as('admin')
  const other = tryAnswerRuleRequest.write({
    ...{ rule: 'falls-again', when: ['fallen is yes', 'how-many from 4'] },
    ...{ words: 'Falling', because: '{how-many} falls' },
  })
  const tried = await admin('/fhir/PlanDefinition/$try-answer-rule', {
    method: 'POST',
    json: other,
  })
  expect(tried.status).toBe(200)
  await app.user.click(rule().getByRole('button', { name: 'Use this version', ...hidden }))
  const dialog = within(screen.getByRole('dialog', hidden))
  await app.user.type(dialog.getByLabelText(/Why, and who agrees/), 'As we agreed')
  const [use] = dialog.getAllByRole('button', { name: 'Use this version', ...hidden })
  if (use) await app.user.click(use)
  await app.settled()
  expect(dialog.getByText(/has tried another version of this rule since/)).toBeTruthy()
  expect(dialog.getByText('Someone has just changed this. Please look at it again.')).toBeTruthy()
  expect(version()).toBe(before)
})

test('a manager switches a card off, with a reason', async () => {
  await app.open('/insight/work', 'ruth')
  await app.user.click(screen.getByRole('button', { name: 'Switch off: COPD', ...hidden }))
  const dialog = within(screen.getByRole('dialog', hidden))
  await app.user.type(dialog.getByLabelText(/Why, and who agrees/), 'We use our own pathway')
  const [yes] = dialog.getAllByRole('button', { name: 'Switch off: COPD', ...hidden })
  if (yes) await app.user.click(yes)
  await app.settled()
  expect(screen.getByRole('button', { name: 'Switch on: COPD', ...hidden })).toBeTruthy()
})
