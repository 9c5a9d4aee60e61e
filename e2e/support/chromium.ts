/** How Chromium is started for journeys: it connects to nothing but the app. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebAssembly of the database is compiled once and not optimised, because no journey is long enough to benefit
  '--js-flags=--liftoff-only',
]

/** The full browser that `npm test` found, with windows and a profile; if none, Playwright's own. */
export const chromiumProgram = process.env['GABLE_CHROMIUM'] || undefined

/** Its headless engine, if installed: journeys run in it, like Playwright with its own. */
export const headlessProgram = process.env['GABLE_HEADLESS_SHELL'] || chromiumProgram

/** Language and time zone of every browser, whatever the machine's own settings. */
export const inLondon = { locale: 'en-GB', timezoneId: 'Europe/London' }
