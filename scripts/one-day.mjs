// Refuses code that cuts the date off the text of an instant: the date depends on the service's time zone, and only
// src/domain/calendar works it out (`dayOf`, `dayIn`; `dayWritten` if the text already has the right date).
// Run by `npm run check`.
import { globSync, readFileSync } from 'node:fs'

const rules = 'src/domain/calendar/days.ts'
const files = globSync(['src/**/*.{ts,tsx}'])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path !== rules && !/\.test\.tsx?$/.test(path))

const cuts = [
  [/\.(slice|substring|substr)\(\s*0,\s*10\s*\)/, 'cuts ten letters off a text'],
  [/\.split\(\s*(['"`])T\1\s*\)/, 'cuts an instant at its T'],
  [/\b(left|substr|substring)\([^()]*,(\s*1,)?\s*10\s*\)/i, 'cuts ten letters off a column'],
  // a parameter is already a date; a column may be an instant
  [/(?<!\$\d{1,2})::date\b/, 'makes a day of a column'],
]

function faultsIn(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      const found = cuts.find(([cut]) => cut.test(line))
      return found ? [`${path}:${at + 1} ${found[1]}`] : []
    })
}

const faults = files.flatMap(faultsIn)
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (faults.length > 0) {
  process.stderr.write('Days come from src/domain/calendar: see CONTRIBUTING.md\n')
  process.exit(1)
}
