import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

const compressible = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.wasm'])

/**
 * Writes a `.br` and a `.gz` beside each text file of the build, at the highest compression: once here, not by each server
 * at the first call. For the team app only: the embedded one is served on the machine on which it is opened.
 */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'gable-precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir)
    },
    // after the service worker is written
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
