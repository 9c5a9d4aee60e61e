// One door for every npm script: installs what is missing, then runs the steps with the project's own Node.
// Plain JavaScript without packages, because it must run on Node 20 before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  // not `npm ci`: it refuses a lock without every platform's optional binaries, which not every registry holds
  const done = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows,
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

const environment = () => ({ ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` })

/** Runs one step to its end; a failing step ends everything with its own exit code. */
function step(command, args = [], extra = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(), ...extra },
    shell: isWindows,
  })
  if (done.status !== 0) {
    say(`failed: ${[command, ...args].join(' ')}`)
    process.exit(done.status ?? 1)
  }
}

/** Runs a server in the foreground and hands it the signals that end it. */
function serveStep(command, args, extra = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(), ...extra },
    shell: isWindows,
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)))
}

const entry = (file, args = [], extra = {}) => step('node', [file, ...args], extra)

function buildEmbedded() {
  entry('src/api/node/build-snapshot.ts')
  step('vite', ['build', '--logLevel', 'warn'])
}

function buildTeam() {
  step('vite', ['build', '--mode', 'team', '--outDir', 'dist-team', '--logLevel', 'warn'], {
    VITE_API: 'remote',
  })
}

function check() {
  step('biome', ['check', '--error-on-warnings'])
  step('tsc', ['--project', '.'])
  step('depcruise', ['src', 'e2e', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'])
  step('knip', ['--no-progress'])
  buildEmbedded()
  buildTeam()
  entry('scripts/bundle-budget.ts')
}

function chromiumPath() {
  const named = process.env.GABLE_CHROMIUM
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return [named, ...usual].find((path) => path && existsSync(path))
}

/** An installed Chromium, else Playwright's own, else Debian's. */
function ensureChromium() {
  const found = chromiumPath()
  if (found) return { GABLE_CHROMIUM: found }
  say('no Chromium found: trying the one that Playwright brings')
  const own = spawnSync('playwright', ['install', 'chromium'], {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
    timeout: 300_000,
  })
  if (own.status === 0) return {}
  say('installing Debian’s Chromium')
  spawnSync('apt-get', ['update'], { stdio: 'inherit' })
  step('apt-get', [
    'install',
    '-y',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
    'fonts-noto-core',
  ])
  return { GABLE_CHROMIUM: chromiumPath() ?? '' }
}

const tasks = {
  start() {
    buildEmbedded()
    serveStep('node', ['src/api/node/static-server.ts'])
  },
  serve() {
    buildTeam()
    serveStep('node', ['src/api/node/server.ts'])
  },
  build() {
    buildEmbedded()
    buildTeam()
  },
  check,
  test() {
    check()
    step('vitest', ['run'])
    step('playwright', ['test'], ensureChromium())
  },
  import: (args) => entry('src/api/node/import-cli.ts', args),
  backup: (args) => entry('src/api/node/backup-cli.ts', args),
  restore: (args) => entry('src/api/node/restore-cli.ts', args),
  trail: (args) => entry('src/api/node/trail-cli.ts', args),
  population: (args) => entry('src/api/seed/population-cli.ts', args),
  /** Each folder by itself: a well-tested one must not make up for the other. */
  mutation(args) {
    for (const folder of ['merge', 'access']) {
      const files = `src/domain/${folder}/*.ts,!src/**/*.test.ts`
      step('stryker', ['run', '--mutate', files, ...args])
    }
  },
  bench(args) {
    buildEmbedded()
    buildTeam()
    entry('bench/run.ts', args, ensureChromium())
  },
}

const [name, ...args] = process.argv.slice(2)
const task = tasks[name]
if (!task) {
  say(`unknown task "${name}": one of ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}
ensurePackages()
task(args)
