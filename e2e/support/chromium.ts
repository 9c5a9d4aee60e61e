/** How Chromium is started wherever a journey is walked: it talks to nobody but the app. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // the database's WebAssembly is compiled once and not again for speed, which no journey is long enough to gain from
  '--js-flags=--liftoff-only',
]

/** The whole browser that `npm test` found, with windows and a memory of visits; none: Playwright's own. */
export const chromiumProgram = process.env['GABLE_CHROMIUM'] || undefined

/** Its engine alone, where that is installed: what journeys are walked in, as Playwright does with its own. */
export const headlessProgram = process.env['GABLE_HEADLESS_SHELL'] || chromiumProgram

/** Where every browser stands, whatever the machine says of itself. */
export const inLondon = { locale: 'en-GB', timezoneId: 'Europe/London' }
