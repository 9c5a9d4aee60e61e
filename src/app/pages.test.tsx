import { screen, waitFor, within } from '@testing-library/react'
import type { RouteObject } from 'react-router'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { emptyPages } from '#test-support/screens/empty-pages.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { annHill } from '#test-support/worlds/grace-server.ts'
import { codeLost } from './navigation/code-lost.ts'
import { mostPatience } from './navigation/page-patience.ts'
import { createRoutes } from './routes.tsx'

const longFamily = 'Featherstonehaugh-Wriothesley-Cholmondeley-Okonkwo-Nwachukwu-Adichie'
let app: OpenApp

beforeAll(async () => {
  const grace = [...graceRecords(dayFromToday(0))].find(({ id }) => id === graceId)
  if (grace?.resourceType !== 'Patient') throw new Error('Grace is not there')
  app = await openApp([{ ...grace, name: [{ family: longFamily, given: ['Grace'] }] }, annHill])
  await app.begin('/sign-in', '')
})
afterEach(() => app.restoreCalls())
afterAll(async () => await app.close())

/** `notFor`: a user who may not open it */
type Page = Readonly<{
  path: string
  who: string
  heading: string | RegExp
  notFor?: string
  makesNoRequest?: true
  isShownFirst?: true
}>

const work: readonly Page[] = [
  { path: '/today', who: 'amina', heading: /^Good .+, Amina$/, notFor: 'grace' },
  { path: '/caseload', who: 'amina', heading: 'Caseload', notFor: 'ruth' },
  {
    ...{ path: '/find', who: 'amina', heading: 'Find people we could help', notFor: 'grace' },
    isShownFirst: true,
  },
  {
    ...{ path: '/find/population', who: 'amina', heading: /whom could we help most\?$/i },
    notFor: 'grace',
  },
  { path: '/insight/tried', who: 'ruth', heading: 'What we tried', notFor: 'grace' },
  { path: '/insight/unmet', who: 'ruth', heading: 'Needs nobody can meet', notFor: 'grace' },
  {
    ...{ path: '/insight/evaluation', who: 'amina', notFor: 'grace' },
    heading: 'Did it help the people we took on?',
  },
  { path: '/find/rules', who: 'amina', heading: 'Rules for finding people', notFor: 'grace' },
  { path: '/tasks', who: 'amina', heading: 'Tasks', notFor: 'chidi' },
  { path: '/services', who: 'amina', heading: 'Services', notFor: 'chidi' },
  { path: '/social-care', who: 'karen', heading: 'Social care', notFor: 'ruth' },
  { path: '/meetings', who: 'amina', heading: 'Team meetings', notFor: 'ruth' },
  { path: '/cover', who: 'amina', heading: 'Cover and caseloads', notFor: 'grace' },
  { path: '/messages', who: 'amina', heading: 'Messages', notFor: 'ruth' },
  { path: '/diary', who: 'amina', heading: 'Diary', notFor: 'ruth' },
  { path: '/find/feeds', who: 'admin', heading: 'Cost and activity', notFor: 'grace' },
  { path: '/find/in-hospital', who: 'amina', heading: 'In hospital', notFor: 'ruth' },
  { path: '/find/gaps', who: 'amina', heading: 'What is due', notFor: 'grace' },
  { path: '/find/referrals', who: 'amina', heading: 'Referrals to us', notFor: 'ruth' },
  {
    ...{ path: '/emergency', who: 'amina', heading: 'Open a record in an emergency' },
    ...{ notFor: 'ruth', makesNoRequest: true },
  },
  {
    ...{ path: '/waiting', who: 'amina', heading: 'Waiting on this device' },
    ...{ notFor: 'ruth', makesNoRequest: true },
  },
  {
    ...{ path: '/insight', who: 'ruth', notFor: 'grace' },
    heading: 'Is life getting better for the people we look after?',
  },
  { path: '/insight/work', who: 'ruth', heading: 'How we are doing', notFor: 'amina' },
  {
    ...{ path: '/insight/agreement', who: 'ruth', notFor: 'amina' },
    heading: 'What would an agreement mean?',
  },
  {
    ...{ path: '/import', who: 'admin', heading: 'Import records' },
    ...{ notFor: 'grace', makesNoRequest: true },
  },
  {
    path: '/hospital-messages',
    who: 'admin',
    heading: 'Hospital messages on hold',
    notFor: 'grace',
  },
  { path: '/duplicates', who: 'admin', heading: 'Possible duplicates', notFor: 'grace' },
  { path: '/organisations', who: 'admin', heading: 'Organisations', notFor: 'grace' },
  { path: '/licences', who: 'admin', heading: 'Licences of assessments', notFor: 'grace' },
  { path: '/questionnaires', who: 'admin', heading: 'Questionnaires', notFor: 'grace' },
  {
    ...{ path: '/backup', who: 'admin', heading: 'Backup and move' },
    ...{ notFor: 'grace', makesNoRequest: true },
  },
]

const ofGrace: readonly Page[] = (
  [
    ['plan', 'Grace’s plan'],
    ['plan/me', 'Me'],
    ['plan/conversation', 'Our conversation'],
    ['plan/team', 'My team'],
    ['plan/support', 'What supports us'],
    ['plan/roof', 'How it is organised'],
    ['plan/before', 'Grace’s plan as it stood on another day'],
    ['plan/compare', 'Grace’s plan: what has changed'],
    ['plan/capacity', 'Can Grace decide about this plan?'],
    ['plan/to-sign', 'Grace’s plan, to sign'],
    ['plan/record-answer', 'Record Grace’s answer'],
    ['plan/turned', 'Turn the screen to Grace'],
    ['plan/goals/goal-g1', /^I want to walk/],
    ['plan/promises', 'Promises to Grace'],
    ['plan/paper', 'Grace’s plan on paper'],
    ['plan/easy-read', 'Grace’s plan, made easy to read'],
    ['score', 'Scores'],
    ['review', 'Review'],
    ['prepare', 'Get ready with Grace'],
    ['summary', 'Grace on one page'],
    ['tasks', 'Tasks and referrals'],
    ['readings', 'Readings'],
    ['emergency', 'What to know first'],
    ['story', 'The story so far'],
    ['story/year', 'Grace’s year'],
    ['home-from-hospital', 'Grace is home from hospital'],
    ['home-from-hospital/for-the-ward', 'What matters to Grace'],
    ['assessments', 'Understand'],
    ['assessments/phq-9', /^PHQ-9/],
    ['contacts', 'Contact details'],
    ['due', 'What is due'],
    ['messages', 'Messages'],
    ['calendar', 'Appointments'],
    ['carers', 'Carers'],
    ['carer-assessment', 'Carer’s assessment'],
    ['care-needs', 'Care and support needs'],
    ['support-plan', 'Support plan'],
    ['safeguarding', 'Safeguarding'],
    ['hand-over', 'Change of practice'],
    ['sharing', 'Who can see this, and who has looked'],
  ] as const
).map(([path, heading]) => ({
  ...{ path: `/people/${graceId}/${path}`, who: 'amina', heading, notFor: 'ruth' },
}))

const my: readonly Page[] = (
  [
    ['/my', 'Hello Grace'],
    ['/my/me', 'Me'],
    ['/my/plan/paper', 'My plan on paper'],
    ['/my/plan/easy-read', 'My plan, made easy to read'],
    ['/my/promises', 'What was promised to me'],
    ['/my/goals/goal-g1', /^I want to walk/],
    ['/my/readings', 'My readings'],
    ['/my/prepare', 'Get ready'],
    ['/my/record', 'My record'],
    ['/my/year', 'My year'],
    ['/my/contacts', 'How to reach me'],
    ['/my/messages', 'Messages'],
    ['/my/calendar', 'Appointments'],
    ['/my/carers', 'Who helps me'],
    ['/my/caring', 'You as a carer'],
    ['/my/care-needs', 'Help with daily life'],
    ['/my/support-plan', 'Support plan'],
    ['/my/talk', 'Does somebody hurt you or scare you?'],
    ['/my/plan/before', 'My plan as it stood on another day'],
    ['/my/plan/compare', 'My plan: what has changed'],
    ['/my/who-looked', 'Who has looked'],
    ['/my/card', 'My emergency card'],
  ] as const
).map(([path, heading]) => ({ path, who: 'grace', heading, notFor: 'amina' }))

const signIn: Page = { path: '/sign-in', who: '', heading: 'Who would you like to be?' }
const card: Page = { path: '/card', who: '', heading: 'Emergency card', makesNoRequest: true }
const pages = [...work, ...ofGrace, ...my, signIn, card]
const fetching = pages.filter(({ makesNoRequest }) => !makesNoRequest)

/**
 * The records of one part of a page are refused: the text that used to be shown instead, and another part that is still
 * shown.
 */
const refusedParts = [
  ['amina', `/people/${graceId}/tasks`, 'ServiceRequest', 'No referrals yet', 'To do'],
  ['amina', `/people/${graceId}/tasks`, 'CareTeam', 'No team yet', 'Referrals'],
  ['amina', `/people/${graceId}/story`, 'Communication', 'Nothing here yet', 'Not part'],
  ['amina', `/people/${graceId}/score`, 'RiskAssessment', 'No score has been saved', 'Frailty'],
  ['amina', `/people/${graceId}/sharing`, 'PractitionerRole', 'No practice is', 'Who looked'],
  ['amina', `/people/${graceId}/contacts`, 'CareTeam', 'No team yet', 'Next of kin'],
  ['amina', `/people/${graceId}/assessments`, 'QuestionnaireResponse', 'Not asked yet', 'Not part'],
  ['grace', '/my/readings', 'Observation', 'No readings yet', 'What did you measure?'],
] as const

const main = () => screen.getByRole('main')
const heading = () => within(main()).getByRole('heading', { level: 1 })

/** A page of a person is loaded inside the person’s frame, which is opened first. */
async function openFrame({ path, who }: Page): Promise<void> {
  if (path.startsWith('/people') && !screen.queryByRole('region', { name: 'Person' }))
    await app.open(`/people/${graceId}/hand-over`, who)
}

/** Timers of the loading delay never fire, so that no page shows that it is loading. */
function withEndlessPatience(): void {
  const after = globalThis.setTimeout
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => timers.mockRestore())
  timers.mockImplementation(((...called: Parameters<typeof after>) =>
    called[1] === mostPatience ? 0 : after(...called)) as typeof after)
}

test('a page whose code does not load says so, in its frame', async () => {
  await app.open('/import', 'amina')
  // as if the network was lost meanwhile
  vi.doMock('#features/care-plan/goal-page.tsx', () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  await app.open(`/people/${graceId}/plan/goals/any`)
  expect(within(main()).getByRole('alert').textContent).toContain('there is a problem')
  expect(screen.getByRole('navigation', { name: 'About this person' })).toBeDefined()
  vi.doUnmock('#features/care-plan/goal-page.tsx')
})

test('code that could not be fetched is an unreachable service, and a fault in code stays one', () => {
  const fetched = new TypeError(
    'Failed to fetch dynamically imported module: http://localhost/x.js',
  )
  const style = new Error('Unable to preload CSS for http://localhost/assets/page.css')
  for (const each of [fetched, style])
    expect(() => codeLost(each)).toThrow(
      expect.objectContaining({ kind: 'unreachable', message: 'Gable did not answer.' }),
    )
  const fault = new Error('not code')
  expect(() => codeLost(fault)).toThrow(fault)
})

test('a route whose code is fetched leaves what to show if it does not load to the route around it', () => {
  const all = (routes: readonly RouteObject[]): readonly RouteObject[] =>
    routes.flatMap((route) => [route, ...all(route.children ?? [])])
  const router = createRoutes()
  const fetched = all(router.routes).filter(({ lazy }) => lazy)
  router.dispose()
  expect(fetched.length).toBeGreaterThan(30)
  expect(fetched.filter(({ errorElement }) => errorElement).map(({ path }) => path)).toEqual([])
})

describe('A page', () => {
  test.each(pages)(
    '$path has one top heading in focus, a title, and no two buttons of one name',
    async ({ path, who, heading: words }) => {
      await app.open(path, who)
      expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
      expect(heading().textContent).toMatch(words)
      if (who) expect(document.activeElement).toBe(heading())
      expect(document.title).toMatch(/.+ · Gable$/)
      const all = within(main())
        .getAllByRole('heading')
        .map((each) => each.textContent)
      expect(new Set(all).size, all.join(' | ')).toBe(all.length)
      const buttons = [...main().querySelectorAll('button')].map(
        (each) => each.getAttribute('aria-label') ?? each.textContent,
      )
      expect(new Set(buttons).size, buttons.join(' | ')).toBe(buttons.length)
      if (path.startsWith('/people'))
        expect(screen.getByRole('region', { name: 'Person' }).textContent).toContain(
          longFamily.toUpperCase(),
        )
    },
  )

  test.each(fetching.filter(({ isShownFirst }) => !isShownFirst))(
    '$path is shown only when complete, and the previous page stays until then',
    async ({ path, who, heading: words }) => {
      const elsewhere = who ? '/sign-in' : '/nowhere'
      await app.open(elsewhere, who)
      const before = heading().textContent
      withEndlessPatience()
      const seen = new Set<string>()
      const watch = new MutationObserver(() => {
        if (document.querySelector('.gable-skeleton')) seen.add('loading')
        seen.add(document.querySelector('h1')?.textContent ?? '')
      })
      watch.observe(document.body, { childList: true, subtree: true })
      await app.open(path, who)
      watch.disconnect()
      expect(heading().textContent).toMatch(words)
      expect([...seen].filter((each) => each !== before)).toEqual([heading().textContent])
    },
  )

  test('a line above the previous page shows that the next one is slow, until it is loaded', async () => {
    await app.open('/import', 'amina')
    withEndlessPatience()
    app.failCalls('slow')
    const arrived = app.begin('/caseload')
    expect(document.querySelector('.gable-page-change')).toBeNull()
    await waitFor(() => expect(document.querySelector('.gable-page-change')).not.toBeNull())
    expect(heading().textContent).toBe('Import records')
    app.restoreCalls()
    await arrived
    await app.settled()
    expect(heading().textContent).toBe('Caseload')
    expect(document.querySelector('.gable-page-change')).toBeNull()
  })

  test.each(fetching)(
    '$path shows that it is loading, then that it failed, and opens on another try',
    async (page) => {
      const { path, who, heading: words } = page
      await openFrame(page)
      app.failCalls('slow')
      await app.begin(path, who)
      await screen.findAllByText('Loading', {}, { timeout: 1500 })
      app.failCalls(500)
      await app.settled()
      const alert = within(main()).getByRole('alert')
      expect(alert.textContent).toMatch(/there is a problem|could not be loaded/)
      app.restoreCalls()
      await app.user.click(screen.getByRole('button', { name: 'Try again' }))
      await app.settled()
      expect(heading().textContent).toMatch(words)
    },
  )

  test.each(fetching)(
    '$path shows that there is no connection, and opens when there is',
    async (page) => {
      const { path, who, heading: words } = page
      await openFrame(page)
      app.failCalls('offline')
      await app.open(path, who)
      expect(main().textContent).toMatch(/[Nn]o internet connection/)
      app.restoreCalls()
      await app.user.click(screen.getByRole('button', { name: 'Try again' }))
      await app.settled()
      expect(heading().textContent).toMatch(words)
    },
  )

  test.each(fetching.filter(({ path }) => path !== '/sign-in'))(
    '$path shows a refusal by the server without a button to try again',
    async (page) => {
      const { path, who } = page
      await openFrame(page)
      app.failCalls(403)
      await app.open(path, who)
      expect(main().textContent).toMatch(/Not part of your role|not shared with you/)
      expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    },
  )

  test.each(refusedParts)(
    '$1 tells $0 that the role may not see a $2, instead of “$3”',
    async (who, path, type, none, other) => {
      await app.open(who === 'grace' ? '/my' : `/people/${graceId}/hand-over`, who)
      app.failCalls(403, (call) => call.path.split('/').includes(type))
      await app.open(path, who)
      expect(main().textContent).toContain('Not part of your role')
      expect(main().textContent).not.toContain(none)
      expect(main().textContent).toContain(other)
      expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    },
  )

  test.each(pages.filter(({ notFor }) => notFor))(
    '$path does not open for $notFor',
    async ({ path, notFor }) => {
      await app.open(path, notFor)
      expect(heading().textContent).toBe('Not part of your role')
    },
  )

  test.each(emptyPages)('$1 shows to $0 that it is empty: $2', async (who, path, words) => {
    await app.open(path, who)
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
    expect(main().textContent).toContain(words)
  })
})
