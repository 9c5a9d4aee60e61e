import { expect, type Page } from '@playwright/test'
import pg from 'pg'
import { graceId } from '#demo-data/identities.ts'
import { expectNoSidewaysScroll } from '../support/accessibility.ts'
import { openPage, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const longWord = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt'
const address = `https://example.org/${'a-page-with-a-long-address-'.repeat(7)}`.slice(0, 200)
const secondLine = 'And a second line.'

const names = ['family', 'given', 'name']
const written = ['text', 'display', 'title', 'line', 'city', 'comment', 'reason', 'description']
const inLines = ['valueString', 'contentString']
const saidInLines = ['note', 'description']

/** A record in which every name has a long word, every text a long URL, and every multi-line text a second line. */
function lengthened(value: unknown, key = '', above = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => lengthened(each, key, above))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, lengthened(each, name, key)]),
    )
  if (typeof value !== 'string') return value
  if (names.includes(key)) return `${value} ${longWord}`
  const hasLines = inLines.includes(key) || (key === 'text' && saidInLines.includes(above))
  const lines = hasLines ? `\n${secondLine}` : ''
  return hasLines || written.includes(key) ? `${value} ${longWord} ${address}${lines}` : value
}

async function lengthenAll(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query<{ rid: string; content: unknown }>(
    `select rid, content from resource where content is not null
     and (person = $1 or rt in ('Organization', 'Practitioner'))`,
    [graceId],
  )
  for (const { rid, content } of rows)
    await client.query('update resource set content = $2 where rid = $1', [
      rid,
      JSON.stringify(lengthened(content)),
    ])
  await client.end()
}

/** Texts whose lines are drawn as one line; texts for screen readers only are skipped. */
async function linesLost(page: Page): Promise<readonly string[]> {
  const holders = page
    .locator('main *:not(.nhsuk-u-visually-hidden, :has(*))', { hasText: secondLine })
    .filter({ visible: true })
  return await holders.evaluateAll((places) =>
    places
      .filter((place) => getComputedStyle(place).whiteSpaceCollapse === 'collapse')
      .map((place) => `${place.localName}.${place.className}: ${place.textContent}`.slice(0, 60)),
  )
}

async function expectAllFits(page: Page, path: string): Promise<void> {
  await openPage(page, path)
  await expectNoSidewaysScroll(page, path)
  expect.soft(await linesLost(page), `lines on ${path}`).toEqual([])
}

const root = `/people/${graceId}`
const rooms = ['me', 'conversation', 'team', 'roof', 'support']
const ownPages = ['prepare', 'record', 'promises', 'goals/goal-g1', 'plan/compare', 'plan/paper']
  .concat('plan/easy-read', 'plan/before', 'contacts', 'readings', 'carers')
  .map((page) => `/my/${page}`)
const walks = [
  [
    'Amina Yusuf',
    ...['/caseload', '/tasks', '/today', `${root}/plan`, `${root}/plan/goals/goal-g1`],
    ...[...rooms, 'before', 'compare', 'promises', 'paper', 'easy-read', 'to-sign'].map(
      (page) => `${root}/plan/${page}`,
    ),
    ...['record-answer', 'capacity'].map((page) => `${root}/plan/${page}`),
    ...['prepare', 'emergency', 'assessments', 'summary'].map((page) => `${root}/${page}`),
    ...['story', 'score', 'readings', 'tasks', 'review?call', 'contacts', 'sharing', 'carers'].map(
      (page) => `${root}/${page}`,
    ),
  ],
  ['Grace Okafor', '/my', '/my/conversation', '/my/me', '/my/who-looked', ...ownPages],
  ['Chidi Okafor', '/my', '/my/caring', ...rooms.map((room) => `/my/${room}`)],
] as const

test('A long word or URL makes no page wider, and line breaks are kept', async ({ page, team }) => {
  await lengthenAll(team.database)
  await page.goto('/')
  for (const [name, ...pages] of walks)
    await test.step(name, async () => {
      await signIn(page, name)
      for (const path of pages) await expectAllFits(page, path)
    })
})
