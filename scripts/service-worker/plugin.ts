import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)

/** Never cached: the worker itself, source maps, and the snapshot (it is in the database after the first start). */
const left = (path: string) =>
  path === '/sw.js' || /\.(map|br|gz)$/.test(path) || path.startsWith('/demo/')

/**
 * One service worker at `/sw.js`: the app's half (caches the built files) and, after it, MSW's script (passes requests
 * to the embedded API). In development it caches nothing, so that changes are visible at once.
 */
export function mergedServiceWorker(): Plugin {
  return serviceWorker('embedded')
}

/**
 * The service worker of a team build: it caches the built files and nothing else, so that the app opens without a
 * network.
 */
export function shellServiceWorker(): Plugin {
  return serviceWorker('remote')
}

type Api = 'embedded' | 'remote'

function serviceWorker(api: Api): Plugin {
  let outDir = 'dist'
  return {
    name: 'gable-service-worker',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    configureServer(server) {
      server.middlewares.use('/sw.js', (_request, response) => {
        void serviceWorkerSource([], 'development', api).then((source) => {
          response.setHeader('Content-Type', 'text/javascript')
          response.setHeader('Cache-Control', 'no-cache')
          response.end(source)
        })
      })
    },
    async writeBundle() {
      const files = (await filesIn(outDir)).filter((path) => !left(path)).sort()
      const version = await versionOf(outDir, files)
      await writeFile(join(outDir, 'sw.js'), await serviceWorkerSource(files, version, api))
    },
  }
}

async function serviceWorkerSource(
  files: readonly string[],
  version: string,
  api: Api,
): Promise<string> {
  const shell = await readFile(new URL('./shell.js', import.meta.url), 'utf8')
  const head = `const VERSION = ${JSON.stringify(version)}\nconst PRECACHE = ${JSON.stringify(files)}\n`
  if (api === 'remote') return `${head}${shell}`
  const door = await readFile(require.resolve('msw/mockServiceWorker.js'), 'utf8')
  return `${head}${shell}\n;(() => {\n${door}\n})()\n`
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
}

async function versionOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(await readFile(join(folder, file)))
  return hash.digest('hex').slice(0, 16)
}
