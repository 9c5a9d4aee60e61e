import { screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterEach(() => {
  app.restoreCalls()
  vi.unstubAllEnvs()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(screen.getByRole('button', { name }))
  await app.settled()
}
const part = () => screen.getByRole('region', { name: 'Cards in use' })

test('without a team server the card says that a link needs one, and no link opens', async () => {
  await app.open('/my/card', 'grace')
  expect(await screen.findByText(/This card has no link here/)).toBeDefined()
  expect(part().textContent).toContain('There is no card yet')
  await press('Make the card')
  expect(part().textContent).toMatch(/In a wallet or purse.*by Grace Okafor.*On paper only/)
  await app.open(`/card#${'0'.repeat(32)}`, '')
  expect(screen.getByRole('main').textContent).toContain('This link does not open here')
})

test('the person makes a link, a stranger opens the card by it, and it stops when the person says so', async () => {
  await app.open('/sign-in', 'grace')
  vi.stubEnv('VITE_API', 'remote')
  await app.open('/my/card', 'grace')
  await app.user.selectOptions(
    await screen.findByLabelText('Where will this card be kept?'),
    'phone',
  )
  await press('Make the card')
  expect(part().textContent).toMatch(/On a phone.*Works until.*It says illnesses.*never opened/)
  expect(screen.getByText(/we show the code of the link only once/)).toBeDefined()
  const said = screen.getByText(/Scan to see what is written today/)
  const link = within(said).getByText(/\/card#[0-9a-f]{32}$/).textContent ?? ''

  vi.stubEnv('VITE_API', '')
  await app.open('/sign-in', '')
  vi.stubEnv('VITE_API', 'remote')
  const address = new URL(link)
  await app.open(`${address.pathname}${address.hash}`)
  // in no history, and on no photograph of the screen
  expect(location.hash).toBe('')
  await press('Open the card')
  expect(document.activeElement).toBe(screen.getByLabelText('Your name'))
  await app.user.type(screen.getByLabelText('Your name'), 'Sam Reed')
  await app.user.click(screen.getByLabelText('ambulance crew'))
  await app.user.type(screen.getByLabelText('Why you open the card'), 'She fell in the street')
  app.failCalls('offline')
  await press('Open the card')
  expect(screen.getByRole('main').textContent).toContain('There is no internet connection')
  app.restoreCalls()
  await press('Open the card')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Grace Okafor')
  expect(document.title).not.toContain('Grace')
  expect(screen.getByRole('heading', { name: 'Allergies' })).toBeDefined()
  // the next card that is scanned in this tab, perhaps of somebody else, leaves nothing of this one
  await app.open(`/card#${address.hash.slice(1)}`)
  expect(screen.getByRole('main').textContent).not.toMatch(/Grace|Sam Reed/)

  vi.stubEnv('VITE_API', '')
  await app.open('/today', 'amina')
  expect(screen.getByText('She fell in the street')).toBeDefined()
  expect(screen.getByText(/as they said/).textContent).toContain('Sam Reed')
  await app.open('/my/who-looked', 'grace')
  const line = screen.getByText('Sam Reed').closest('li')
  expect(line?.textContent).toMatch(
    /opened your emergency card by its link.*She fell.*ambulance crew/,
  )
  vi.stubEnv('VITE_API', 'remote')
  await app.open('/my/card', 'grace')
  expect(await screen.findByText(/opened once, last on/)).toBeDefined()
  await press(/^End this card.*On a phone/)
  await press('Yes, end it')
  expect(part().textContent).toMatch(/On a phone: ended on .* by Grace Okafor/)
  const answer = await app.server.anyone('/auth/emergency-card', {
    method: 'POST',
    json: {
      resourceType: 'Parameters',
      parameter: ['token', 'name', 'role', 'why'].map((name) => ({
        name,
        valueString: { token: address.hash.slice(1), role: 'ambulance' }[name] ?? 'x',
      })),
    },
  })
  expect(answer.status).toBe(404)
  // what was seen is sent before the window closes
  await app.open('/sign-in', '')
})
