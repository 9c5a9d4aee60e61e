import { afterAll, expect, vi } from 'vitest'
import { giveAllBack } from './servers/pglite.ts'

/**
 * Vitest's setup, before each file: the files of a worker run one after another. Screens keep state in their modules,
 * like a page, and get fresh modules; whatever a file has put in place of the browser's globals is removed after it.
 */
const here = globalThis as typeof globalThis & { gableFetch?: typeof globalThis.fetch }
here.gableFetch ??= globalThis.fetch
const ownFetch = here.gableFetch

if (/\/src\/(app|features|client|ui)\//.test(expect.getState().testPath ?? '')) vi.resetModules()

// before React is loaded, which checks once whether there is a window
if (/\.test\.tsx$/.test(expect.getState().testPath ?? '')) await import('./screens/window.ts')

afterAll(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  globalThis.fetch = ownFetch
  await giveAllBack()
})
