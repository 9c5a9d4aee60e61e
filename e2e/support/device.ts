import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, chromium } from '@playwright/test'
import { inLondon } from './chromium.ts'

/**
 * Playwright's `test` with its own device: a browser with a profile on disk, like a user's. In a window
 * without a profile Chromium keeps the database's files in another process, and asks it for each page of them.
 */
export const test = base.extend({
  context: async ({ viewport, isMobile, hasTouch, launchOptions, actionTimeout, baseURL }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'gable-device-'))
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      ...{ ...inLondon, viewport, isMobile, hasTouch },
      ...(baseURL ? { baseURL } : {}),
    })
    context.setDefaultTimeout(actionTimeout)
    await use(context)
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  },
  page: async ({ context }, use) => await use(context.pages()[0] ?? (await context.newPage())),
})
