import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * What a browser must fetch before the first screen, in kB gzip: the scripts and styles that index.html names, and
 * their static imports. The embedded database and the pages are loaded later, when they are needed.
 */
const budgets = { script: 180, style: 40 } as const

type Weighed = Readonly<{ folder: string; script: number; style: number }>

function named(folder: string): readonly string[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  return [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1] ?? '')
}

function weigh(folder: string): Weighed {
  const size = (ending: string) =>
    named(folder)
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0) / 1000
  return { folder, script: size('.js'), style: size('.css') }
}

/** Written by `precompress.ts` beside each file; without it the server sends the file uncompressed. */
const isCompressed = (folder: string) =>
  ['index.html', ...named(folder)].every((name) => existsSync(join(folder, `${name}.br`)) && existsSync(join(folder, `${name}.gz`)))

const databaseName = /pglite|postgres/i
let failed = false
for (const folder of ['dist', 'dist-team'].filter((name) => existsSync(name))) {
  const { script, style } = weigh(folder)
  const tooHeavy = script > budgets.script || style > budgets.style
  failed ||= tooHeavy
  process.stdout.write(
    `${folder}: ${script.toFixed(1)} of ${budgets.script} kB script, ${style.toFixed(1)} of ${budgets.style} kB style (gzip)${tooHeavy ? ': over budget' : ''}\n`,
  )
  if (folder === 'dist-team' && readdirSync(join(folder, 'assets')).some((name) => databaseName.test(name))) {
    failed = true
    process.stdout.write('dist-team carries the embedded database\n')
  }
  if (folder === 'dist-team' && !isCompressed(folder)) {
    failed = true
    process.stdout.write('dist-team is not compressed\n')
  }
}
process.exit(failed ? 1 : 0)
