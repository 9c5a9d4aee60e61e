import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { build } from 'vite'
import { expectAccessible, looksRight } from '../support/accessibility.ts'

/** The address of the page of examples. It is built here, in memory: the product has neither the page nor a link to it. */
const folder = 'src/test-support/screens/examples'
const site = 'http://examples.test'

let files: ReadonlyMap<string, string | Uint8Array>

test.beforeAll(async () => {
  files = await built(process.cwd())
})

async function built(root: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const input = `${root}/${folder}/index.html`
  const made = await build({
    ...{ root, logLevel: 'warn' },
    build: { write: false, sourcemap: false, rolldownOptions: { input } },
  })
  if (Array.isArray(made) || !('output' in made)) throw new Error('Nothing was built')
  return new Map(
    made.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : file.source,
    ]),
  )
}

const kinds = { html: 'text/html', js: 'text/javascript', css: 'text/css' } as const

async function openExamples(page: Page, hash = ''): Promise<void> {
  await page.route(`${site}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const body = files.get(pathname)
    const ending = pathname.split('.').at(-1) ?? ''
    const contentType = Object.entries(kinds).find(([kind]) => kind === ending)?.[1]
    if (body === undefined) return await route.fulfill({ status: 404 })
    await route.fulfill({
      body: Buffer.from(body),
      ...(contentType ? { contentType } : {}),
    })
  })
  await page.goto('about:blank')
  await page.goto(`${site}/${folder}/index.html${hash}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // hidden elements are shown for this check
  const closed = page.locator('details:not([open]) > summary')
  // of those that share a name one closes when another opens
  await page.evaluate(() => {
    for (const each of document.querySelectorAll('details[name]')) each.removeAttribute('name')
  })
  // what is opened is no longer among them
  while ((await closed.count()) > 0) await closed.first().click()
}

/** Texts that overflow their own box or are clipped by one, and elements that are wider than the page. */
async function expectAllFits(page: Page, title: string): Promise<void> {
  expect(await page.evaluate(whatDoesNotFit), `what does not fit on ${title}`).toEqual([])
}

function whatDoesNotFit(): string[] {
  const width = document.documentElement.clientWidth
  const isSeen = (each: Element) =>
    each.checkVisibility() && !each.closest('.nhsuk-u-visually-hidden, svg')
  const named = (each: Element) =>
    `${each.localName}.${each.getAttribute('class') ?? ''}: ${each.textContent?.slice(0, 40)}`
  const scrolls = (each: Element) => /auto|scroll/.test(getComputedStyle(each).overflowX)
  const inScroller = (each: Element | null): boolean =>
    each !== null && (scrolls(each) || inScroller(each.parentElement))
  const elements = [...document.body.querySelectorAll('*')].filter(isSeen)
  const tooWide = elements.filter((each) => {
    const { left, right } = each.getBoundingClientRect()
    return (left < -1 || right > width + 1) && !inScroller(each.parentElement)
  })
  const cutOff = elements.filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each)
    const isWider = each.scrollWidth > each.clientWidth + 1 && /hidden|clip/.test(overflowX)
    const isHigher = each.scrollHeight > each.clientHeight + 1 && /hidden|clip/.test(overflowY)
    return each.textContent?.trim() && (isWider || isHigher)
  })
  const outside: Element[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    let block = text.parentElement
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement
    if (!block || !text.textContent?.trim() || !isSeen(block) || inScroller(block)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const [box, words] = [block.getBoundingClientRect(), range.getBoundingClientRect()]
    if (words.left < box.left - 1 || words.right > box.right + 1) outside.push(block)
  }
  return [
    ...tooWide.map((each) => `wider than the page: ${named(each)}`),
    ...cutOff.map((each) => `cut off: ${named(each)}`),
    ...outside.map((each) => `outside its box: ${named(each)}`),
  ]
}

/** Texts of a house that cross its drawn roof; texts in their own box are not on the roof. */
function whatLeavesTheRoof(): string[] {
  const isBoxed = (each: Element | null, roof: Element): boolean =>
    each !== null &&
    each !== roof &&
    (getComputedStyle(each).borderTopStyle !== 'none' || isBoxed(each.parentElement, roof))
  const linesOn = (roof: Element) => {
    const lines: { words: string; at: DOMRect }[] = []
    const texts = document.createTreeWalker(roof, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode
      const range = document.createRange()
      range.selectNodeContents(text)
      if (isBoxed(text.parentElement, roof)) continue
      for (const at of range.getClientRects()) lines.push({ words: text.textContent ?? '', at })
    }
    return lines
  }
  return [...document.querySelectorAll('.gable-house__roof')].flatMap((roof) => {
    const shape = roof.querySelector('polygon')?.getBoundingClientRect() ?? new DOMRect()
    const middle = shape.left + shape.width / 2
    return linesOn(roof).flatMap(({ words, at: { left, right, top, height } }) => {
      // the visible letters start below the top of the line box
      const reach = ((top + height / 4 - shape.top) / shape.height) * (shape.width / 2)
      const leaves = left < middle - reach || right > middle + reach
      return leaves ? [`${words}: ${Math.round(left)} to ${Math.round(right)}`] : []
    })
  })
}

test('Every component of ui is on the page of examples', () => {
  const page = globSync(`${folder}/*.tsx`).map((file) => readFileSync(file, 'utf8'))
  const components = globSync('src/ui/**/*.tsx').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^export function ([A-Z]\w*)/gm)].map(
      ([, name = '']) => name,
    ),
  )
  expect(components.length).toBeGreaterThan(40)
  expect(components.filter((name) => !page.some((text) => text.includes(`<${name}`)))).toEqual([])
})

for (const width of [1280, 390])
  test(`Examples fit, are readable and are not cut off at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await openExamples(page)
    await expectAllFits(page, `examples at ${width}`)
    await looksRight(page, `examples ${width}`)
    for (const each of width === 390
      ? [390, 360, 430, 600]
      : [1280, 1000, 900, 800, 760, 740, 720]) {
      await page.setViewportSize({ width: each, height: 900 })
      const beyond = await page.evaluate(whatLeavesTheRoof)
      expect(beyond, `words beyond the roof at ${each}`).toEqual([])
    }
    await page.setViewportSize({ width, height: 900 })

    await test.step('On paper', async () => {
      // the width of A4
      await page.setViewportSize({ width: width === 390 ? 390 : 794, height: 1123 })
      await page.emulateMedia({ media: 'print' })
      await expectAllFits(page, 'on paper')
      expect(await page.evaluate(whatLeavesTheRoof), 'words beyond the roof, on paper').toEqual([])
      await page.emulateMedia({ media: 'screen' })
      await page.setViewportSize({ width, height: 900 })
    })

    await test.step('A disabled button looks different from an enabled one', async () => {
      const looks = (of: string) =>
        page.getByRole('button', { name: of, exact: true }).evaluateAll((all) =>
          all.slice(0, 4).map((each) => {
            const { backgroundColor, borderStyle, color, opacity } = getComputedStyle(each)
            return [backgroundColor, borderStyle, color, opacity].join(' ')
          }),
        )
      const [sound, still] = [await looks('Save the reading'), await looks('Not now')]
      expect(sound.filter((look) => still.includes(look))).toEqual([])
    })

    await test.step('Questions and messages fit', async () => {
      for (const name of ['Open a question', 'Open an urgent one']) {
        await page.getByRole('button', { name }).click()
        await expectAllFits(page, name)
        await expectAccessible(page, name)
        await page.getByRole('button', { name: 'Yes, ask them' }).click()
      }
      await page.getByRole('button', { name: 'Save something' }).click()
      await expectAllFits(page, 'a message')
      await expectAccessible(page, 'a message')
    })

    await test.step('Examples fit in forced colours', async () => {
      await page.emulateMedia({ forcedColors: 'active' })
      await expectAllFits(page, 'forced colours')
      await looksRight(page, `examples in forced colours ${width}`)
      await page.emulateMedia({ forcedColors: 'none' })
    })

    await test.step('Examples fit from right to left', async () => {
      await openExamples(page, '#rtl')
      await expectAllFits(page, 'right to left')
      await looksRight(page, `examples from right to left ${width}`)
    })
  })

/**
 * `GABLE_BEFORE=<a checkout>` compares its examples with the current ones in the same browser and keeps pictures of the
 * differences.
 */
const before = process.env['GABLE_BEFORE']
const pictures = process.env['GABLE_LOOK'] ?? 'test-results/examples'

test('Components that look different from before are saved as pictures', async ({ page }) => {
  test.skip(!before, 'There is nothing to compare with')
  const after = files
  const looks = async (made: typeof files) => {
    files = made
    await page.unrouteAll()
    await openExamples(page)
    const seen = new Map<string, Buffer>()
    for (const each of await page.getByRole('region').all())
      seen.set((await each.getAttribute('aria-label')) ?? '', await each.screenshot())
    return seen
  }
  const was = await looks(await built(before ?? ''))
  const is = await looks(after)
  expect(
    [...was.keys()].filter((name) => is.has(name)),
    'examples on both sides',
  ).not.toEqual([])
  mkdirSync(pictures, { recursive: true })
  for (const [name, picture] of is) {
    if (was.get(name)?.equals(picture)) continue
    const file = `${pictures}/${name.replaceAll(/\W+/g, '-')}`
    writeFileSync(`${file}.after.png`, picture)
    writeFileSync(`${file}.before.png`, was.get(name) ?? '')
    test.info().annotations.push({ type: 'differs', description: file })
  }
})
