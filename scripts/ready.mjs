// The entry point of every npm script: installs what is missing, then runs the steps with the project's own Node.
// Plain JavaScript without packages, because it must run on Node 20 before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.gable-lock')
const isWindows = process.platform === 'win32'

function say(text) {
  process.stderr.write(`gable: ${text}\n`)
}

function ensurePackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('installing packages')
  // not `npm ci`: it refuses a lock file without the optional binaries of every platform, which some registries do not have
  const done = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows,
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** Node compiles a program of ours once, not at every start. */
const compiled = join(root, 'node_modules', '.cache', 'gable', 'compiled')

const environment = () => ({
  NODE_COMPILE_CACHE: compiled,
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
})

/** The running processes: signals that end us are passed on to them. */
const running = new Set()
const parent = process.ppid

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => endBy(signal))
// npm sends a signal to its shell, and the shell ends without passing it on to us
if (process.env.npm_lifecycle_event)
  setInterval(() => process.ppid !== parent && endBy('SIGTERM'), 500).unref()

function endBy(signal) {
  for (const child of running) child.kill(signal)
  if (running.size === 0) process.exit(1)
}

/** Runs a command to its end; returns its exit code, or the signal that ended it. */
function run(command, args, extra, hear) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: hear ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // a step whose output is hidden must not hang unnoticed
      ...(hear ? { timeout: 600_000 } : {}),
      env: { ...environment(), ...extra },
      shell: isWindows,
    })
    running.add(child)
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    const end = (how) => {
      running.delete(child)
      resolve(how)
    }
    child.on('error', () => end(1))
    child.on('close', (code, signal) => end(signal ?? code))
  })
}

/** Runs one step to its end; a failing step ends everything with its own exit code. */
async function step(command, args = [], extra = {}) {
  const end = await run(command, args, extra)
  if (end === 0) return
  say(`failed: ${[command, ...args].join(' ')}`)
  process.exit(typeof end === 'number' ? end : 1)
}

/** Runs chains of commands, two at a time, to their end; shows the output of each when it has ended. If one fails, all fail. */
async function sideBySide(chains) {
  const waiting = Object.entries(chains)
  const failed = []
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      if (!(await inTurn(...next))) failed.push(next[0])
  }
  await Promise.all([lane(), lane()])
  if (failed.length === 0) return
  say(`failed: ${failed.join(', ')}`)
  process.exit(1)
}

async function inTurn(name, commands) {
  const began = performance.now()
  const heard = []
  let end = 0
  for (const [command, args, extra] of commands)
    if (end === 0) end = await run(command, args, extra, (text) => heard.push(text))
  process.stderr.write(Buffer.concat(heard))
  say(`${end === 0 ? 'done' : 'failed'}: ${name}, ${Math.round((performance.now() - began) / 1000)} s`)
  return end === 0
}

/** Runs a server in the foreground; a server that was told to stop has not failed. */
async function serveStep(command, args, extra = {}) {
  const end = await run(command, args, extra)
  process.exit(typeof end === 'number' ? end : 0)
}

const entry = (file, args = [], extra = {}) => step('node', [file, ...args], extra)

const typesKept = 'node_modules/.cache/gable/types.json'
const embedded = [
  ['node', ['src/server/hosts/node/database/build-snapshot.ts']],
  ['vite', ['build', '--logLevel', 'warn']],
]
const team = [
  [
    'vite',
    ['build', '--mode', 'team', '--outDir', 'dist-team', '--logLevel', 'warn'],
    { VITE_API: 'remote' },
  ],
]

async function buildEmbedded() {
  for (const each of embedded) await step(...each)
}

async function buildTeam() {
  for (const each of team) await step(...each)
}

/** Two at a time, the long ones first; the size of the builds is checked last. */
async function check() {
  await sideBySide({
    tsc: [['tsc', ['--project', '.', '--incremental', '--tsBuildInfoFile', typesKept]]],
    'embedded app': embedded,
    'team app': team,
    biome: [['biome', ['check', '--error-on-warnings']]],
    imports: [
      ['depcruise', ['src', 'e2e', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
    ],
    knip: [['knip', ['--no-progress']]],
    styles: [['node', ['scripts/style-owners.ts']]],
    names: [['node', ['scripts/names.ts']]],
    measures: [['node', ['scripts/measures.ts', '--check']]],
    'reading grade': [['node', ['scripts/reading-grade.ts']]],
    'one clock': [['node', ['scripts/one-clock.mjs']]],
    'one day': [['node', ['scripts/one-day.mjs']]],
    words: [['node', ['scripts/words/words.ts', '--check']]],
  })
  await entry('scripts/bundle-budget.ts')
}

/** A program on this machine: the named one, else the first that is installed. */
const programIn = (named, ...usual) => [named, ...usual].find((path) => path && existsSync(path))

const browsers = () => ({
  GABLE_CHROMIUM: programIn(
    process.env.GABLE_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ),
  // the same engine without windows: a sixth less work for a journey; a browser that was named is used for journeys too
  GABLE_HEADLESS_SHELL: programIn(
    process.env.GABLE_HEADLESS_SHELL || process.env.GABLE_CHROMIUM,
    '/usr/bin/chromium-headless-shell',
  ),
})

/** The browser for journeys: an installed one, else Playwright's, else Debian's; its output is shown only if it fails. */
async function ensureBrowsers() {
  const heard = []
  const runs = (command, ...args) =>
    run(command, args, { DEBIAN_FRONTEND: 'noninteractive' }, (text) => heard.push(text))
  const debians = (...names) =>
    runs('apt-get', 'install', '-y', '--no-install-recommends', ...names)
  const { GABLE_CHROMIUM: found, GABLE_HEADLESS_SHELL: shell } = browsers()
  if (!found) {
    say('no Chromium found: trying the one that Playwright brings')
    if ((await runs('playwright', 'install', 'chromium')) === 0) return {}
  }
  if (!(found && shell) && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say('installing Debian’s Chromium')
    await runs('apt-get', 'update')
    if (!found) await debians('chromium', 'fonts-liberation', 'fonts-noto-core')
    await debians('chromium-headless-shell')
  }
  const ready = Object.entries(browsers()).filter(([, path]) => path)
  if (ready.length > 0) return Object.fromEntries(ready)
  process.stderr.write(Buffer.concat(heard))
  say('failed: no Chromium to walk the journeys in')
  process.exit(1)
}

const unitResults = join(root, 'node_modules', '.cache', 'gable', 'unit.json')
const mostTriedAgain = 3

/** Test files that failed in the last unit run; none if it could not be told. */
function failedFiles() {
  try {
    const { testResults } = JSON.parse(readFileSync(unitResults, 'utf8'))
    return testResults.filter(({ status }) => status !== 'passed').map(({ name }) => name)
  } catch {
    return []
  }
}

/**
 * The unit tests. A few files that fail are run a second time, alone; what passes only then is named, because it depends
 * on the speed of the machine, and is to be mended. Anything else fails.
 */
async function unitTests() {
  rmSync(unitResults, { force: true })
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`]
  const end = await run('vitest', ['run', ...reports])
  if (end === 0) return
  const failed = failedFiles()
  if (failed.length === 0 || failed.length > mostTriedAgain) {
    say('failed: vitest run')
    process.exit(typeof end === 'number' ? end : 1)
  }
  say(`trying again alone: ${failed.join(', ')}`)
  await step('vitest', ['run', ...failed])
  say(`UNSTEADY, passed only the second time: ${failed.join(', ')}`)
}

const tasks = {
  async start() {
    await buildEmbedded()
    await serveStep('node', ['src/server/hosts/node/http/static-server.ts'])
  },
  dev: (args) => serveStep('vite', args),
  async serve() {
    await buildTeam()
    await serveStep('node', ['src/server/hosts/node/server.ts'])
  },
  async build() {
    await buildEmbedded()
    await buildTeam()
  },
  check,
  async test() {
    const browsersReady = ensureBrowsers()
    await check()
    await unitTests()
    // a journey that passes only the second time is listed as flaky
    await step('playwright', ['test', '--retries=1'], await browsersReady)
  },
  import: (args) => entry('src/server/hosts/node/commands/import-cli.ts', args),
  backup: (args) => entry('src/server/hosts/node/commands/backup-cli.ts', args),
  restore: (args) => entry('src/server/hosts/node/commands/restore-cli.ts', args),
  trail: (args) => entry('src/server/hosts/node/commands/trail-cli.ts', args),
  population: (args) => entry('src/demo-data/population-cli.ts', args),
  words: (args) => entry('scripts/words/words.ts', args),
  'any-day': (args) => entry('scripts/any-day.mjs', args),
  /** Each folder separately: a well-tested one must not make up for the other. */
  async mutation(args) {
    for (const folders of [['merge'], ['access', 'consent']]) {
      const rules = folders.map((folder) => `src/domain/${folder}/**/*.ts`)
      const files = [...rules, '!src/**/*.test.ts'].join(',')
      await step('stryker', ['run', '--mutate', files, ...args])
    }
  },
  async bench(args) {
    await buildEmbedded()
    await buildTeam()
    await entry('bench/run.ts', args, await ensureBrowsers())
  },
}

const [name, ...args] = process.argv.slice(2)
const task = tasks[name]
if (!task) {
  say(`unknown task "${name}": one of ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}
ensurePackages()
await task(args)
process.exit()
