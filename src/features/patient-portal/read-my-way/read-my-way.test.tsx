import { act, screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { setTextSize } from '#client/session/text-size.ts'
import { graceId } from '#demo-data/identities.ts'
import { englishPhrases } from '#domain/plan/document/plan-phrases.ts'
import { usePlanPhrases } from '#features/parts/whole-plan/use-plan-phrases.ts'
import { giveVoice } from '#test-support/doubles/device-voice.ts'
import { drawn } from '#test-support/drawn.ts'
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

function Said() {
  const phrases = usePlanPhrases()
  return <p data-said={JSON.stringify(saidBy(phrases))} />
}

/** Each phrase with stand-ins for what goes into it. */
const saidBy = (phrases: object): unknown =>
  Object.entries(phrases)
    .filter(([name]) => name !== 'language')
    .map(([name, phrase]) => [name, typeof phrase === 'function' ? phrase('A', 'B') : phrase])

test('the phrases of the screens and of the files that the server writes are the same in English', () => {
  const [, said = ''] = /data-said="([^"]*)"/.exec(drawn(<Said />)) ?? []
  const read = JSON.parse(said.replaceAll('&quot;', '"').replaceAll('&#x27;', "'"))
  expect(read).toEqual(JSON.parse(JSON.stringify(saidBy(englishPhrases))))
})

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
      ...['Nobody can meet this need yet', 'Emergency: 999', 'Version 1 of the plan'],
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
    await press('The FHIR document alone')
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

test('bigger words stay for this device, and end with the person’s pages', async () => {
  await app.open('/my', 'grace')
  const { classList } = document.documentElement
  await press('Bigger words')
  expect(classList.contains('gable-large')).toBe(true)
  expect(localStorage.getItem('gable-text-size')).toBe('large')
  await app.open('/today', 'amina')
  expect(classList.contains('gable-large')).toBe(false)
  await app.open('/my', 'grace')
  expect(classList.contains('gable-large')).toBe(true)
  await press('Smaller words')
  expect(classList.contains('gable-large')).toBe(false)
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
