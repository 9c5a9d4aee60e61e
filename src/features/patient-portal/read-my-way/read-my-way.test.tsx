import { act, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { followLanguage } from '#app/i18n.ts'
import { chooseLanguage } from '#client/session/language.ts'
import { setTextSize } from '#client/session/text-size.ts'
import { graceId } from '#demo-data/identities.ts'
import { giveVoice } from '#test-support/doubles/device-voice.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterEach(() => setTextSize('usual'))
afterAll(async () => await app.close())

const press = async (name: string) => {
  await app.user.click(screen.getByRole('button', { name }))
  await app.settled()
}

describe('The plan on paper', () => {
  test('says the whole plan: words, steps, promises, team, signs, numbers, help and needs', async () => {
    await app.open('/my/plan/paper', 'grace')
    const paper = screen.getByRole('article')
    for (const words of [
      ...[
        'Grace Okafor said yes',
        'Being at home.',
        'I want to sleep past five.',
        'Fit the second',
      ],
      ...['Tom Price promised this', 'Dr Anil Patel', 'Cannot finish a sentence', 'Brightway'],
      ...['What nobody can help with yet', 'Emergency: 999', 'Version 1 of the plan'],
      ...[
        'Help that was offered',
        'Grace Okafor',
        'It helped. “They rest on walks',
        'No answer yet',
      ],
      ...['What I can build on', 'Said on', 'A goal since'],
    ])
      expect(paper.textContent).toContain(words)
    expect(within(paper).getAllByRole('heading', { level: 2 }).length).toBeGreaterThan(8)
    expect(screen.getByText(/Anyone who has the file can read it/)).toBeDefined()
  })

  test('tells a carer which part is not shared, and offers no file', async () => {
    await app.open('/my/plan/paper', 'chidi')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Grace’s plan on paper')
    expect(screen.queryByRole('button', { name: 'Take my plan' })).toBeNull()
  })

  test('asks a professional why before it makes a full copy', async () => {
    await app.open(`/people/${graceId}/plan/paper`, 'amina')
    await app.user.click(screen.getByText('For another service: everything you may see'))
    await press('The data alone (FHIR)')
    expect(screen.getByText(/Enter why the copy is made/)).toBeDefined()
  })

  test('says that the file could not be made when the network is gone', async () => {
    await app.open('/my/plan/paper', 'grace')
    app.failCalls('offline')
    await press('Take my plan')
    expect(screen.getByText('The file could not be made')).toBeDefined()
    app.restoreCalls()
  })
})

test('bigger words stay with the user who chose them, on this device', async () => {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith('gable-own-')))
    localStorage.removeItem(key)
  const isLarge = () => document.documentElement.classList.contains('gable-large')
  await app.open('/my', 'grace')
  await press('Bigger words')
  expect(isLarge()).toBe(true)
  await app.open('/today', 'amina')
  expect(isLarge(), 'on the pages of staff').toBe(false)
  await app.open('/my', 'chidi')
  expect(isLarge(), 'for somebody else').toBe(false)
  expect(screen.getByRole('button', { name: 'Bigger words' })).toBeDefined()
  await app.open('/my', 'grace')
  expect(isLarge(), 'when she comes back').toBe(true)
  expect(JSON.stringify(Object.keys(localStorage)), 'who it was').not.toMatch(/size.*grace/)
  await press('Smaller words')
  expect(isLarge()).toBe(false)
  await app.open('/sign-in', '')
  setTextSize('large')
  await app.open('/my', 'chidi')
  expect(isLarge(), 'chosen before anybody signed in').toBe(true)
  await app.open('/my', 'grace')
  expect(isLarge(), 'over her own choice').toBe(false)
})

test('each reader has their own language, staff read English, and words that somebody wrote stay', async () => {
  const stop = await followLanguage()
  onTestFinished(async () => {
    await app.open('/my', 'grace')
    chooseLanguage('en')
    stop()
  })
  const spoken = () => document.documentElement.lang
  await app.open('/my', 'grace')
  await press('Cymraeg')
  expect(
    await screen.findByRole('heading', { name: 'Helo Grace' }, { timeout: 10_000 }),
  ).toBeDefined()
  expect(spoken()).toBe('cy')
  const mark = screen.getByText('This translation has not been reviewed yet.')
  expect(mark.closest('[lang]')?.getAttribute('lang')).toBe('en')
  const own = screen.getByText(/^Being at home/).closest('[lang]')
  expect(own?.getAttribute('lang'), 'her own words').toBe('en')
  await app.open('/my/roof')
  const red = screen.getByText('Red')
  expect(red.closest('[lang]')?.getAttribute('lang'), 'beside its translation').toBe('en')
  await app.open('/today', 'amina')
  expect(spoken(), 'staff').toBe('en')
  await app.open('/my', 'chidi')
  expect(screen.getByRole('heading', { name: 'Grace’s plan' })).toBeDefined()
  expect(spoken(), 'somebody else').toBe('en')
  await app.open('/my', 'grace')
  await waitFor(() => expect(spoken(), 'when she comes back').toBe('cy'))
  await press('Read in English')
  expect(screen.getByRole('heading', { name: 'Hello Grace' })).toBeDefined()
  expect(screen.queryByText('This translation has not been reviewed yet.')).toBeNull()
})

test('what staff print to be signed names help that was offered, what nobody can help with, and who said a strength', async () => {
  await app.open(`/people/${graceId}/plan/to-sign`, 'amina')
  for (const name of ['Help that was offered', 'What nobody can help with yet'])
    expect(screen.getByRole('heading', { name })).toBeDefined()
  const strong = screen.getByRole('region', { name: 'What I can build on' })
  expect(strong.textContent).toMatch(/Said on \d/)
  expect(screen.getByText(/A folding seat/).closest('li')?.textContent).toContain('No answer yet')
})

test('what staff print to be signed speaks the language of the person, and their own page English', async () => {
  await app.open(`/people/${graceId}/plan/to-sign`, 'amina')
  await press('Polski')
  const asked = await screen.findByRole('heading', { name: 'Czy tak jest dobrze?' })
  expect(asked.closest('[lang]')?.getAttribute('lang')).toBe('pl')
  expect(screen.getByText('This translation has not been reviewed yet.')).toBeDefined()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Grace’s plan, to sign')
})

describe('Reading aloud', () => {
  test('goes sentence by sentence, pauses, goes on, and stops when the page is left', async () => {
    const [voice, takeVoice] = giveVoice()
    onTestFinished(takeVoice)
    await app.open('/my/me', 'grace')
    await press('Read to me')
    expect(voice.said).toEqual(['Back to the house'])
    const finish = () => act(async () => voice.finish())
    await finish()
    await finish()
    await finish()
    const bar = screen.getByRole('region', { name: 'Reading aloud' })
    expect(bar.textContent).toContain('Being at home.')
    expect(voice.said.at(-1)).toBe('Being at home.')
    await press('Pause')
    await finish()
    expect(voice.said.at(-1)).toBe('Being at home.')
    await press('Go on reading')
    await finish()
    expect(voice.said.slice(-3)).toEqual(['Being at home.', 'Being at home.', 'My church.'])
    const before = voice.silenced()
    await app.open('/my/team', 'grace')
    expect(voice.silenced()).toBeGreaterThan(before)
    expect(screen.queryByRole('region', { name: 'Reading aloud' })).toBeNull()
    await finish()
    expect(voice.said.at(-1)).toBe('My church.')
  })

  test('can be stopped with the Escape key', async () => {
    const [, takeVoice] = giveVoice()
    onTestFinished(takeVoice)
    await app.open('/my/me', 'grace')
    await press('Read to me')
    await app.user.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Reading aloud' })).toBeNull()
  })

  test('says so if the device has no voice', async () => {
    const [, takeVoice] = giveVoice(0)
    onTestFinished(takeVoice)
    await app.open('/my/me', 'grace')
    await app.user.click(screen.getByRole('button', { name: 'Read to me' }))
    expect(
      await screen.findByText('This device has no voice to read with', {}, { timeout: 5_000 }),
    ).toBeDefined()
  })
})

describe('Easy read', () => {
  const card = (words: string) => {
    const found = screen.getByText(words).closest('.easy-read__card')
    if (!(found instanceof HTMLElement)) throw new Error(`no card with ${words}`)
    return found
  }

  test('shows what somebody wrote, and the plan’s present words where it has changed since', async () => {
    await app.open('/my/plan/easy-read', 'grace')
    expect(card('I want to walk to church.').querySelectorAll('svg')).toHaveLength(2)
    expect(
      screen.getByText('Your plan has changed since this was made', { exact: false }),
    ).toBeDefined()
    expect(screen.queryByText('Carers come to my house 3 times a day.')).toBeNull()
    const changed = card('Brightway home care')
    expect(changed.textContent).toContain('This has changed since the easy read was made')
    expect(changed.textContent).toContain('4 visits a day')
    const amber = screen.getByRole('heading', { name: /Amber/ }).closest('.easy-read__card')
    expect(amber?.textContent).toContain('By day call 01632 960100.')
    expect(amber?.textContent).toContain('At night call 111.')
    expect(document.querySelector('.gable-words')).toBeNull()
    expect(screen.getByText(/Karen Lee made these words and pictures, together/)).toBeDefined()
    await app.user.click(screen.getByRole('button', { name: 'Ask Amina Yusuf for a new one' }))
    await app.settled()
    expect(screen.getByText('You asked. Amina Yusuf can see it.')).toBeDefined()
  })

  test('is written by a professional line by line, and the old line goes as soon as the plan changes', async () => {
    await app.open(`/people/${graceId}/plan/easy-read`, 'amina')
    const name = 'I want to cook jollof again for Chidi’s birthday.'
    await press(`Make it easy to read: ${name}`)
    await press('Save the easy lines')
    expect(screen.getByText(/Enter a short line/)).toBeDefined()
    await app.user.type(screen.getByLabelText('Line 1'), 'I cook for Chidi.')
    await app.user.selectOptions(screen.getByLabelText('Picture for line 1'), 'food')
    await press('Save the easy lines')
    expect(screen.getByRole('button', { name: 'Take these lines back' })).toBeDefined()
    await app.open('/my/plan/easy-read', 'grace')
    expect(card('I cook for Chidi.').querySelectorAll('svg')).toHaveLength(1)
    const hers = await app.server.as('grace')
    const goal = await (await hers('/fhir/Goal/goal-g3')).json()
    await hers('/fhir/Goal/goal-g3', {
      method: 'PUT',
      json: { ...goal, description: { text: 'I want to bake bread.' } },
      headers: { 'Content-Type': 'application/fhir+json', 'If-Match': 'W/"1"' },
    })
    await app.open('/my', 'grace')
    await app.open('/sign-in', '')
    await app.open('/my/plan/easy-read', 'grace')
    expect(screen.queryByText('I cook for Chidi.')).toBeNull()
    expect(card('I want to bake bread.').textContent).toContain('This has changed')
  })
})
