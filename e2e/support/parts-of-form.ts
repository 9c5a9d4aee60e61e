import type { Locator, Page } from '@playwright/test'

/** On a phone a long form is asked in parts: turns to the part with this question. On a desk it is there already. */
export async function turnToPart(page: Page, question: Locator): Promise<void> {
  const heading = page.getByRole('heading', { name: /^Part \d+ of \d+/ })
  for (let turns = 0; turns < 12 && !(await question.isVisible()); turns += 1) {
    if (!(await heading.isVisible())) return
    const next = page.getByRole('button', { name: 'Next part' })
    if (await next.isVisible()) await next.click()
    else await backToFirst(page)
  }
}

async function backToFirst(page: Page): Promise<void> {
  const before = page.getByRole('button', { name: 'Part before' })
  while (await before.isVisible()) await before.click()
}
