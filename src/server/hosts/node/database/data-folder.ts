import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

type Someone = Readonly<{ uid: number; gid: number }>

/** A user whom the folder's permissions do not name. */
const anybody: Someone = { uid: -1, gid: -1 }

const systemWords: Readonly<Record<string, string>> = {
  EACCES: 'cannot be written to',
  EPERM: 'cannot be written to',
  EROFS: 'is on a disk that is read-only',
  ENOSPC: 'is on a disk that is full',
  ENOTDIR: 'is below something that is not a folder',
  EEXIST: 'is not a folder',
}

/**
 * Creates the folder of the database if it is missing. Returns, in one sentence, why the database could not store its
 * files there; undefined if it can. As root PostgreSQL runs as its own user, who must be able to enter every folder
 * above.
 */
export async function dataFolderFault(
  folder: string,
  user: () => Promise<Someone | undefined> = databaseUser,
): Promise<string | undefined> {
  const other = 'Set GABLE_DATA to a folder it can use, such as /var/lib/gable.'
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    const why = systemWords[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be created'
    return `The database cannot store its files in ${folder}: this folder ${why}. ${other}`
  }
  const someone = await user()
  const shut = someone && (await firstShut(dirname(folder), someone))
  if (shut === undefined) return undefined
  return `The database cannot store its files in ${folder}: it runs as the user "postgres", who has no access to ${shut}. ${other}`
}

/** The outermost folder on the path that this user may not enter. */
async function firstShut(folder: string, someone: Someone): Promise<string | undefined> {
  const above = dirname(folder)
  const shut = above === folder ? undefined : await firstShut(above, someone)
  return shut ?? ((await mayEnter(folder, someone)) ? undefined : folder)
}

async function mayEnter(folder: string, { uid, gid }: Someone): Promise<boolean> {
  const found = await stat(folder)
  if (found.uid === uid) return (found.mode & 0o100) !== 0
  if (found.gid === gid) return (found.mode & 0o010) !== 0
  return (found.mode & 0o001) !== 0
}

/** The user PostgreSQL runs as, if it is not ours; created at the first start, and then no folder's permissions name it. */
async function databaseUser(): Promise<Someone | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = (/^postgres:.*$/m.exec(users)?.[0] ?? '').split(':')
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : anybody
}
