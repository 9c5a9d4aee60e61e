import { expect } from '@playwright/test'
import { test } from '../support/device.ts'
import { expectApi, openApp, signIn } from './record-calls.ts'

test('Start, sign-in, reload and a second tab keep to the content security policy', async ({
  context,
}) => {
  test.setTimeout(120_000)
  const broken: string[] = []
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: the page reports to the test through the console
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  context.on('console', (message) => {
    if (/content security policy|trusted ?type/i.test(message.text())) broken.push(message.text())
  })
  const page = await context.newPage()
  await openApp(page)
  await signIn(page)
  await page.reload()
  await expectApi(page)
  const second = await context.newPage()
  await openApp(second, '/sign-in')
  expect(broken).toEqual([])
})
