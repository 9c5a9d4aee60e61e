import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BackupFault,
  packTar,
  type TarEntry,
  type TarSource,
  tarEnd,
  unpackTar,
} from '#server/backup/tar.ts'

/** The target of a backup: a folder of its files, or one file that holds them all. `close` completes it. */
export type Target = Readonly<{
  emit: (entry: TarEntry) => Promise<void>
  close: () => Promise<void>
  /** deletes what was written so far */
  abandon: () => Promise<void>
}>

/** A name that ends in `.tar` is one file; any other is a folder, which must be new or empty. */
export async function backupFileTarget(path: string): Promise<Target> {
  return path.endsWith('.tar') ? await oneFile(path) : await folder(path)
}

async function folder(path: string): Promise<Target> {
  await mkdir(path, { recursive: true })
  if ((await readdir(path)).length > 0) throw new BackupFault(`${path} is not empty`)
  return {
    emit: ({ name, bytes }) => writeFile(join(path, name), bytes, { flush: true }),
    close: async () => undefined,
    abandon: () => rm(path, { recursive: true, force: true }),
  }
}

async function oneFile(path: string): Promise<Target> {
  const part = `${path}.part`
  const file = await open(part, 'w')
  return {
    emit: async (entry) => void (await file.appendFile(packTar(entry))),
    close: async () => {
      await file.appendFile(tarEnd)
      await file.sync()
      await file.close()
      await rename(part, path)
    },
    abandon: async () => {
      await file.close()
      await rm(part, { force: true })
    },
  }
}

/** A backup on the disk, as a folder or as one file. */
export async function backupFileSource(path: string): Promise<TarSource> {
  if ((await stat(path)).isDirectory()) return () => filesIn(path)
  return () => unpackTar(createReadStream(path))
}

async function* filesIn(path: string): AsyncGenerator<TarEntry> {
  for (const name of (await readdir(path)).toSorted())
    yield { name, bytes: Uint8Array.from(await readFile(join(path, name))) }
}
