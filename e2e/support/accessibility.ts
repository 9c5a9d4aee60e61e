import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** No axe violation on the page as it stands, WCAG 2.2 AA rules; the title names the page in a failure. */
export async function expectAccessible(page: Page, title: string): Promise<void> {
  // there are no frames here to be gathered from, and nobody reads what passed
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  )
  expect(found, `axe on ${title}`).toEqual([])
}

/** Nothing is wider than the window: no sideways scroll. */
export async function expectNoSidewaysScroll(page: Page, title: string): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(excess, `sideways scroll on ${title}`).toBeLessThanOrEqual(0)
}

/** Both of the above. `GABLE_LOOK=folder` keeps a picture of the page, to be looked at by eye. */
export async function looksRight(page: Page, title: string): Promise<void> {
  await expectAccessible(page, title)
  await expectNoSidewaysScroll(page, title)
  const folder = process.env['GABLE_LOOK']
  const name = `${title.replaceAll(/[^\p{L}\d]+/gu, '-')}-${page.viewportSize()?.width}`
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
