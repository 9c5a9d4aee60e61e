import { afterAll, expect, vi } from 'vitest'
import { giveAllBack } from './servers/pglite.ts'

/**
 * Vitest's setup, before each file: files follow each other in one worker. Screens keep what they know in their modules,
 * as a page does, and get them anew; what a file has put in the place of the browser's own is taken away after it.
 */
const here = globalThis as typeof globalThis & { gableFetch?: typeof globalThis.fetch }
here.gableFetch ??= globalThis.fetch
const ownFetch = here.gableFetch

if (/\/src\/(app|features|client|ui)\//.test(expect.getState().testPath ?? '')) vi.resetModules()

// before React is loaded, which looks once whether there is one
if (/\.test\.tsx$/.test(expect.getState().testPath ?? '')) await import('./screens/window.ts')

afterAll(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  globalThis.fetch = ownFetch
  await giveAllBack()
})
