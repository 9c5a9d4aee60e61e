/** How Chromium is started wherever a journey is walked: it talks to nobody but the app. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The installed browser that `npm test` found, else the one that comes with Playwright. */
export const chromiumProgram = process.env['GABLE_CHROMIUM'] || undefined

/** Where every browser stands, whatever the machine says of itself. */
export const inLondon = { locale: 'en-GB', timezoneId: 'Europe/London' }
