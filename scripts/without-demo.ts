import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Leaves the demonstration's snapshot out of a build that uses a server. */
export function withoutDemo(): Plugin {
  let outDir = 'dist-team'
  return {
    name: 'gable-without-demo',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      await rm(join(outDir, 'demo'), { recursive: true, force: true })
    },
  }
}
