import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

const compressible = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.wasm'])

/**
 * Leaves a `.br` and a `.gz` beside each text of the build, as small as it gets: compressed once here, not by each server
 * at the first call. For the team app alone: the other one is served on the machine that it is opened on.
 */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'gable-precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir)
    },
    // after the service worker is written too
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const files = entries.filter((each) => each.isFile() && compressible.has(extname(each.name)))
      await Promise.all(files.map((each) => compress(join(each.parentPath, each.name))))
    },
  }
}

async function compress(file: string): Promise<void> {
  const plain = await readFile(file)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  await writeFile(`${file}.br`, await toBrotli(plain, { params }))
  await writeFile(`${file}.gz`, await toGzip(plain, { level: 9 }))
}
