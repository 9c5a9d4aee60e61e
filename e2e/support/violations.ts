import type { Page } from '@playwright/test'

/** Collects all violations of the content security policy and of Trusted Types, and uncaught errors, from now on. */
export async function watchForViolations(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy|Trusted ?Type|TrustedScript|TrustedHTML/i.test(text))
      found.push(text)
  })
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`))
  await page.exposeFunction('gableViolation', (text: string) => found.push(text))
  await page.addInitScript(() => {
    const report = (globalThis as unknown as { gableViolation: (text: string) => void })
      .gableViolation
    document.addEventListener('securitypolicyviolation', (event) => {
      report(`${event.violatedDirective} blocked ${event.blockedURI}`)
    })
  })
  return found
}
