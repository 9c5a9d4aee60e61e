import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** No axe violation on the page as it is, WCAG 2.2 AA rules; the title names the page in a failure. */
export async function expectAccessible(page: Page, title: string): Promise<void> {
  // there are no frames to search, and nobody reads the rules that passed
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  )
  expect(found, `axe on ${title}`).toEqual([])
  // axe takes the words of the quotation for the name; Chromium gives the link none
  await expect(page.locator('a:has(blockquote)'), `links around words on ${title}`).toHaveCount(0)
}

/** Nothing is wider than the window: no horizontal scrolling. */
export async function expectNoSidewaysScroll(page: Page, title: string): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(excess, `sideways scroll on ${title}`).toBeLessThanOrEqual(0)
}

/** What no page may show: technical values, and two words without a space between them. */
const never = [
  /undefined|\bNaN\b|Invalid Date|\[object |\bnull\b/,
  /(?!mmHg)\p{Ll}{2}\p{Lu}\p{Ll}/u,
  /\p{Ll}[,;:!?]\p{L}/u,
  /\b1 of your 1 /,
  // text that already ends with a full stop
  /(?<!\.)\.\.(?!\.)/,
  // a date as it is written in records
  /\b\d{4}-\d\d-\d\d\b/,
]

/** The page reads as sentences, and dates are entered in boxes, never in the browser's own date field. */
export async function expectSoundWords(page: Page, title: string): Promise<void> {
  const pageText = await page.evaluate(readOut)
  const found = never.map((each) =>
    new RegExp(`.{0,30}(?:${each.source}).{0,30}`, each.flags).exec(pageText),
  )
  expect(
    found.flatMap((each) => each?.[0] ?? []),
    `words on ${title}`,
  ).toEqual([])
  await expect(page.locator('input[type=date]'), `dates on ${title}`).toHaveCount(0)
}

/** The visible text, block by block, with the words of a block in their order. */
function readOut(): string {
  const blockOf = (text: Node) => {
    let block = text.parentElement
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement
    return block
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let pageText = ''
  let before: Element | null = null
  while (texts.nextNode()) {
    const block = blockOf(texts.currentNode)
    if (!block?.checkVisibility()) continue
    pageText += (block === before ? '' : '\n') + (texts.currentNode.textContent ?? '')
    before = block
  }
  return pageText
}

/** Columns of a table are wide enough for the words in them; only long ones may be broken. */
async function expectWholeWords(page: Page, title: string): Promise<void> {
  expect(await page.evaluate(brokenWords), `words broken in tables on ${title}`).toEqual([])
}

function brokenWords(): string[] {
  const isBroken = (text: Node, from: number, to: number) => {
    const range = document.createRange()
    range.setStart(text, from)
    range.setEnd(text, to)
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1
  }
  const brokenIn = (text: Node) =>
    [...(text.textContent ?? '').matchAll(/\p{L}+/gu)].flatMap(({ 0: word, index }) =>
      word.length <= 12 && isBroken(text, index, index + word.length) ? [word] : [],
    )
  const cells = [...document.querySelectorAll('td, th')].filter((each) => each.checkVisibility())
  return cells.flatMap((cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode()) found.push(...brokenIn(texts.currentNode))
    return found
  })
}

/** All of the above. `GABLE_LOOK=folder` keeps a picture of the page, for review. */
export async function looksRight(page: Page, title: string): Promise<void> {
  await expectAccessible(page, title)
  await expectNoSidewaysScroll(page, title)
  await expectSoundWords(page, title)
  await expectWholeWords(page, title)
  const folder = process.env['GABLE_LOOK']
  const name = `${title.replaceAll(/[^\p{L}\d]+/gu, '-')}-${page.viewportSize()?.width}`
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
