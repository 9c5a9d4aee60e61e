// Refuses tests that depend on the day they are run: only src/test-support/clock.ts reads the machine's clock,
// and a test that uses it names no date near today. Run by `npm run check`.
import { globSync, readFileSync } from 'node:fs'

const clock = 'src/test-support/clock.ts'
/** Sets the clock of a device for a journey. */
const deviceClock = 'e2e/support/set-clock.ts'
const files = globSync(['src/**/*.test.{ts,tsx}', 'src/test-support/**/*.ts', 'e2e/**/*.ts'])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path !== clock && path !== deviceClock)

const askingTheMachine = /new Date\(\s*\)|\bDate\.now\b|(?<![\w.])Date\(\)/

/** Reads the machine's clock, or starts something that does. */
const byTheMachine = [
  ...['machineNow', 'minutesFromNow', 'dayFromToday', 'openGraceHouse', 'openAwayHouse'],
  ...['houseWithProvider', 'runningServices', 'openServers', 'spawnServer'],
]
const goesByTheMachine = new RegExp(`\\b(${byTheMachine.join('|')})\\(|: machineNow\\b`)

/** Screens read the machine's clock themselves, unless the test passes a clock to what it tests. */
const isScreen = (path, code) =>
  /^src\/(app|features|client|ui)\//.test(path) &&
  /\b(signInAs|useSession|queryClient|openHook|now\(\)|today\(\))/.test(code)
const hasItsClock = /\bnow: \(\) =>/

/** The clock is stopped or set for everything that is tested. */
const isHeld = /\btoFake: \[\s*'Date'|\bawait setClock\(context, /

/** 2024 to 2098; an earlier date is in the past whenever a test runs, and a later one in the future. */
const nearDay = /\b20(2[4-9]|[3-8]\d|9[0-8])-(0[1-9]|1[0-2])\b/

function faultsIn(path) {
  const text = readFileSync(path, 'utf8')
  const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, (comment) =>
    comment.replaceAll(/[^\n]/g, ' '),
  )
  const hangsOnToday =
    !isHeld.test(code) &&
    (path.startsWith('e2e/') ||
      goesByTheMachine.test(code) ||
      (isScreen(path, code) && !hasItsClock.test(code)))
  return code.split('\n').flatMap((line, at) => {
    const where = `${path}:${at + 1}`
    if (askingTheMachine.test(line)) return [`${where} asks the machine's clock by itself`]
    const day = hangsOnToday && nearDay.exec(line)
    return day ? [`${where} names ${day[0]}, and goes by the machine's clock`] : []
  })
}

const faults = files.flatMap(faultsIn)
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (faults.length > 0) {
  process.stderr.write('Dates of tests come from src/test-support/clock.ts: see CONTRIBUTING.md\n')
  process.exit(1)
}
