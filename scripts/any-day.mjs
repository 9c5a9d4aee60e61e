// `npm run any-day`: the unit tests on days and in places where date errors are likely, one run after another.
// Arguments are passed to Vitest, e.g. `npm run any-day -- src/domain`. Plain JavaScript, like `ready.mjs`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const day = 24 * 60 * 60_000
const london = 'Europe/London'
const inDays = (days) => () => days * day
const at = (moment) => () => Date.parse(moment) - Date.now()

/** Today at an hour of a place at which London has another date. */
function todayAt(hour, timeZone) {
  return () => {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format()
    const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
    return (minutes(hour) - minutes(clock)) * 60_000
  }
}

const moments = [
  { name: 'tomorrow', ahead: inDays(1), zone: london },
  { name: 'in 45 days', ahead: inDays(45), zone: london },
  { name: 'in 400 days', ahead: inDays(400), zone: london },
  { name: '29 February 2028', ahead: at('2028-02-29T12:00:00Z'), zone: london },
  // half a minute before the clocks go forward, from 01:00 to 02:00
  { name: '28 March 2027', ahead: at('2027-03-28T00:59:30Z'), zone: london },
  // five minutes before they go back, from 02:00 to 01:00
  { name: '31 October 2027', ahead: at('2027-10-31T00:55:00Z'), zone: london },
  {
    ...{ name: 'today, 17:40', zone: 'America/Los_Angeles' },
    ahead: todayAt('17:40', 'America/Los_Angeles'),
  },
  {
    ...{ name: 'today, 07:00', zone: 'Pacific/Auckland' },
    ahead: todayAt('07:00', 'Pacific/Auckland'),
  },
]

const preload = `--require "${join(import.meta.dirname, 'moved-clock.mjs').replaceAll('\\', '/')}"`
const folder = mkdtempSync(join(tmpdir(), 'gable-any-day-'))

function run({ name, ahead, zone }, index) {
  const report = join(folder, `${index}.json`)
  const began = performance.now()
  process.stderr.write(`any day: ${name} (${zone})\n`)
  const { status } = spawnSync(
    'vitest',
    [
      ...['run', '--reporter=json', `--outputFile=${report}`, '--reporter=dot'],
      ...process.argv.slice(2),
    ],
    {
      stdio: ['ignore', 2, 2],
      env: {
        ...process.env,
        TZ: zone,
        CLOCK_AHEAD_MS: String(Math.round(ahead())),
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${preload}`.trim(),
      },
      shell: process.platform === 'win32',
    },
  )
  const { numPassedTests = 0, numFailedTests = 0 } = read(report)
  const seconds = Math.round((performance.now() - began) / 1_000)
  return { name, zone, passed: numPassedTests, failed: numFailedTests, status, seconds }
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return {}
  }
}

const rows = moments.map(run)
rmSync(folder, { recursive: true, force: true })
process.stdout.write('\n| day | zone | passed | failed | seconds |\n|---|---|---|---|---|\n')
for (const { name, zone, passed, failed, seconds } of rows)
  process.stdout.write(`| ${name} | ${zone} | ${passed} | ${failed} | ${seconds} |\n`)
process.exit(rows.every(({ status, passed }) => status === 0 && passed > 0) ? 0 : 1)
