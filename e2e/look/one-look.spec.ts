import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { chromiumFlags, chromiumProgram } from '../support/chromium.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, signIn } from '../support/people.ts'

const root = `/people/${graceId}`
const pages = [
  '/today',
  `${root}/plan`,
  `${root}/plan/me`,
  `${root}/plan/conversation`,
  `${root}/plan/roof`,
  `${root}/tasks`,
  `${root}/readings`,
  `${root}/assessments`,
  `${root}/story`,
  `${root}/sharing`,
  '/find',
  '/caseload',
  '/tasks',
]

/** The appearance of each kind of element: its class names, and its visible styles. */
async function look(page: Page, path: string): Promise<Map<string, string>> {
  await openPage(page, path)
  // move the pointer away from every element
  await page.mouse.move(0, 0)
  const kinds = await page.evaluate(() => {
    const seen = [
      'backgroundColor',
      'borderTopWidth',
      'borderRadius',
      'color',
      'display',
      'fontSize',
      'fontWeight',
      'gridTemplateAreas',
      'marginBottom',
      'maxWidth',
      'paddingLeft',
    ] as const
    const name = (each: Element | null) => `${each?.localName}.${each?.getAttribute('class') ?? ''}`
    // parts of a picture take the size of the text around it, which their place does not name
    return [...document.querySelectorAll('main *:not(svg *)')].map((each) => {
      const above = each.parentElement
      const place = [above?.parentElement ?? null, above, each].map(name).join(' > ')
      const style = getComputedStyle(each)
      return [place, seen.map((one) => style[one]).join(' ')] as const
    })
  })
  const looks = new Map<string, string>()
  for (const [place, style] of kinds) if (!looks.has(place)) looks.set(place, style)
  return looks
}

async function walk(
  page: Page,
  order: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const seen = new Map<string, Map<string, string>>()
  for (const path of order) seen.set(path, await look(page, path))
  return seen
}

test('A page looks the same whichever pages were open before it', async ({ page }) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  const there = await walk(page, pages)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible({
    timeout: 90_000,
  })
  const back = await walk(page, pages.toReversed())
  for (const path of pages) {
    const first = [...(there.get(path) ?? [])].filter(([place]) => back.get(path)?.has(place))
    expect(first.length, `kinds of things on ${path}`).toBeGreaterThan(8)
    const second = first.map(([place]) => [place, back.get(path)?.get(place)])
    expect(second, path).toEqual(first)
  }
})

/**
 * Counts the white and nearly white pixels of a picture. A separate page does it, because the app’s policy forbids it.
 */
async function whitePoints(page: Page, picture: Buffer): Promise<number> {
  const reader = await page.context().newPage()
  const count = await reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const drawn = new OffscreenCanvas(image.width, image.height).getContext('2d')
    drawn?.drawImage(image, 0, 0)
    const { data } = drawn?.getImageData(4, 4, image.width - 8, image.height - 8) ?? { data: [] }
    let white = 0
    for (let at = 0; at < data.length; at += 4)
      if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > 200) white += 1
    return white
  }, picture.toString('base64'))
  await reader.close()
  return count
}

test('A link that looks like a button keeps its white text after it was visited', async ({
  baseURL,
}) => {
  // only a full browser with a profile remembers visited links, and scripts cannot see that: a picture can
  const profile = await mkdtemp(join(tmpdir(), 'gable-look-'))
  const browser = await chromium.launchPersistentContext(profile, {
    args: chromiumFlags,
    ...(chromiumProgram ? { executablePath: chromiumProgram } : { channel: 'chromium' }),
    ...(baseURL ? { baseURL } : {}),
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
  })
  const page = await browser.newPage()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, '/today')
  const call = page.getByRole('link', { name: 'Call now' }).first()
  const words = async () => {
    await expect(call).toBeVisible()
    await page.mouse.move(0, 0)
    return await whitePoints(page, await call.screenshot())
  }
  expect(await words()).toBeGreaterThan(100)
  await call.click()
  await expect(page).toHaveURL(/home-from-hospital/)
  await goTo(page, '/today')
  expect(await words()).toBeGreaterThan(100)
  await browser.close()
  await rm(profile, { recursive: true, force: true })
})
