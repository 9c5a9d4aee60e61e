/** How Chromium is started wherever a journey is walked: it talks to nobody but the app. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebAssembly of the database is compiled once and not optimised, because no journey is long enough to gain from it
  '--js-flags=--liftoff-only',
]

/** The whole browser that `npm test` found, with windows and a profile; none: Playwright's own. */
export const chromiumProgram = process.env['GABLE_CHROMIUM'] || undefined

/** Its headless engine, if that is installed: journeys run in it, as Playwright does with its own. */
export const headlessProgram = process.env['GABLE_HEADLESS_SHELL'] || chromiumProgram

/** Where every browser is, whatever the machine's own settings. */
export const inLondon = { locale: 'en-GB', timezoneId: 'Europe/London' }
