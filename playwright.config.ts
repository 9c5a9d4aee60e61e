import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { chromiumFlags, headlessProgram, inLondon } from './e2e/support/chromium.ts'

const desk = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const port = process.env['PORT'] ?? '5173'
const app = `http://localhost:${port}`

const embedded = {
  command: 'node src/server/hosts/node/http/static-server.ts',
  url: app,
  // whatever already listens on this port may be an older build, or another program
  reuseExistingServer: false,
  timeout: 60_000,
}

/** Journeys run against what users get: the production build with its content security policy and service worker. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // each journey has its own browser, and a team journey its own server and database; a third worker keeps two cores busy
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  use: {
    baseURL: app,
    ...inLondon,
    actionTimeout: 15_000,
    // recording every step takes a sixth longer: use `npm run journeys -- --trace retain-on-failure` if you need it
    trace: 'off',
    launchOptions: {
      args: chromiumFlags,
      ...(headlessProgram ? { executablePath: headlessProgram } : {}),
    },
  },
  projects: [
    { name: 'desk', use: desk, testIgnore: /team\// },
    { name: 'phone', use: phone, testMatch: /journeys\// },
    // against `npm run serve`, which each journey starts for itself
    { name: 'team', use: desk, testMatch: /team\// },
    { name: 'team-phone', use: phone, testMatch: /team\// },
  ],
  // the embedded app; if only the team app is built there is none to serve
  ...(existsSync('dist') ? { webServer: embedded } : {}),
})
