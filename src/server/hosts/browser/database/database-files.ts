import { IdbFs } from '@electric-sql/pglite'
import { type FileNode, type Node, OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp'
import { HeldFile } from './held-file.ts'
import { isRefusal, type StorageFolder, storageFull } from './storage-folder.ts'
import { refuseShortWrites } from './sync-file.ts'
import { tryStorage } from './try-storage.ts'

type Stats = ReturnType<OpfsAhpFS['lstat']>
type Pool = Readonly<{ initialPoolSize: number; maintainedPoolSize: number }>

/**
 * The database's files on this device. The first write that the browser refuses is the last one that reaches it: from
 * then on writes are held in memory, file by file, on top of what is on the device.
 */
export class DatabaseFiles extends OpfsAhpFS {
  readonly #room: StorageFolder
  readonly #paths = new Map<number, string>()
  /** what was written since, by the file's name on the device */
  readonly #held = new Map<string, HeldFile>()

  constructor(folder: string, { room, pool }: Readonly<{ room: StorageFolder; pool: Pool }>) {
    super(folder, pool)
    refuseShortWrites()
    this.#room = room
  }

  /** PostgreSQL does not start if its own lock file is empty, as an interrupted start leaves it. */
  override async init(...args: Parameters<OpfsAhpFS['init']>): ReturnType<OpfsAhpFS['init']> {
    const done = await super.init(...args)
    if (this.#nodeAt(lock)) this.unlink(lock)
    return done
  }

  override open(path: string): number {
    const fd = super.open(path)
    this.#paths.set(fd, path)
    return fd
  }

  override close(fd: number): void {
    this.#paths.delete(fd)
    super.close(fd)
  }

  override lstat(path: string): Stats {
    const node = this.#nodeAt(path)
    const held = node?.type === 'file' ? this.#held.get(node.backingFilename) : undefined
    return node && held ? statsOf(node, held.size) : super.lstat(path)
  }

  override read(...[fd, buffer, offset, length, at]: Parameters<OpfsAhpFS['read']>): number {
    const node = this.#nodeAt(this.#paths.get(fd))
    const held = node?.type === 'file' ? this.#held.get(node.backingFilename) : undefined
    if (!held) return super.read(fd, buffer, offset, length, at)
    return held.read(buffer.subarray(offset, offset + length), at)
  }

  override write(...[fd, buffer, offset, length, at]: Parameters<OpfsAhpFS['write']>): number {
    return this.#keep(
      () => super.write(fd, buffer, offset, length, at),
      () => {
        // PGlite passes all of its memory, not a view of it
        const memory = buffer as unknown as ArrayBuffer
        return this.#hold(this.#paths.get(fd) ?? '').write(
          new Uint8Array(memory, offset, length),
          at,
        )
      },
    )
  }

  override truncate(path: string, length = 0): void {
    this.#keep(
      () => super.truncate(path, length),
      () => this.#hold(path).resize(length),
    )
  }

  override writeFile(...[path, data, options]: Parameters<OpfsAhpFS['writeFile']>): void {
    this.#keep(
      () => {
        if (this.state.pool.length === 0 && !this.#nodeAt(path)) throw storageFull()
        super.writeFile(path, data, options)
      },
      () => {
        if (!this.#nodeAt(path)) this.#begin(path, options?.mode)
        const content = typeof data === 'string' ? new TextEncoder().encode(data) : data
        this.#hold(path).write(content, 0)
      },
    )
  }

  override mkdir(...[path, options]: Parameters<OpfsAhpFS['mkdir']>): void {
    this.#keep(
      () => super.mkdir(path, options),
      () => this._mkdirState(path, options),
    )
  }

  override rename(from: string, to: string): void {
    this.#keep(
      () => super.rename(from, to),
      () => this._renameState(from, to, false),
    )
  }

  override unlink(path: string): void {
    this.#keep(
      () => super.unlink(path),
      () => this._unlinkState(path, false),
    )
  }

  override rmdir(path: string): void {
    this.#keep(
      () => super.rmdir(path),
      () => this._rmdirState(path),
    )
  }

  override chmod(path: string, mode: number): void {
    this.#keep(
      () => super.chmod(path, mode),
      () => this._chmodState(path, mode),
    )
  }

  override utimes(path: string, accessed: number, modified: number): void {
    this.#keep(
      () => super.utimes(path, accessed, modified),
      () => this._utimesState(path, accessed, modified),
    )
  }

  /** Files are opened in advance. If none can be created, the existing ones have to do. */
  override async maintainPool(size = this.maintainedPoolSize): Promise<void> {
    if (!this.#room.isOut) await unlessRefused(super.maintainPool(size))
  }

  /** Empties the list of files and writes it again: not while it is uncertain that it can be written. */
  override async checkpointState(): Promise<void> {
    if (!this.#room.isOut && (await tryStorage(twiceTheList))) return await super.checkpointState()
    this.lastCheckpoint = Date.now()
  }

  #keep<T>(onDevice: () => T, inMemory: () => T): T {
    if (!this.#room.isOut)
      try {
        return onDevice()
      } catch (cause) {
        if (!isRefusal(cause)) throw cause
        this.#room.runOut()
      }
    return inMemory()
  }

  #begin(path: string, mode = newFile): void {
    const backingFilename = `held-${this.#held.size}`
    this.#held.set(backingFilename, new HeldFile(new Uint8Array()))
    this._createFileNodeState(path, {
      ...{ type: 'file', lastModified: Date.now(), mode, backingFilename },
    })
  }

  /** The file in memory, with its content from the device if it was not held before. */
  #hold(path: string): HeldFile {
    const { backingFilename } = this.#fileAt(path)
    const known = this.#held.get(backingFilename)
    if (known) return known
    const content = new Uint8Array(super.lstat(path).size)
    const fd = super.open(path)
    super.read(fd, content, 0, content.length, 0)
    super.close(fd)
    const held = new HeldFile(content)
    this.#held.set(backingFilename, held)
    return held
  }

  #fileAt(path: string): FileNode {
    const node = this.#nodeAt(path)
    if (node?.type === 'file') return node
    throw Object.assign(new Error('There is no such file'), { code: noEntry })
  }

  #nodeAt(path = ''): Node | undefined {
    let node: Node | undefined = this.state.root
    for (const part of path.split('/').filter(Boolean))
      node =
        node?.type === 'directory' && Object.hasOwn(node.children, part)
          ? node.children[part]
          : undefined
    return node
  }
}

/** Bytes; the list has about 150 for each of some hundred files. */
const twiceTheList = 1_000_000
const lock = '/postmaster.pid'
/** As PGlite marks a file in its list. */
const newFile = 0o100000
/** ENOENT, as PGlite's own file system numbers it. */
const noEntry = 44

function statsOf({ mode, lastModified }: Node, size: number): Stats {
  const blksize = 4096
  const times = { atime: lastModified, mtime: lastModified, ctime: lastModified }
  const zeros = { dev: 0, ino: 0, uid: 0, gid: 0, rdev: 0 }
  return { ...zeros, ...times, nlink: 1, mode, size, blksize, blocks: Math.ceil(size / blksize) }
}

/**
 * Waits for files to be created, or until the browser refuses one: PGlite would wait for that one forever, because the
 * refusal is lost.
 */
async function unlessRefused(work: Promise<void>): Promise<void> {
  const over = new AbortController()
  const refused = new Promise<void>((resolve) => {
    globalThis.addEventListener?.(
      'unhandledrejection',
      (event) => {
        if (!isRefusal(event.reason)) return
        event.preventDefault()
        resolve()
      },
      { signal: over.signal },
    )
  })
  await Promise.race([work, refused]).finally(() => over.abort())
}

/** The same for a database that is held whole in memory, and written to IndexedDB after each change. */
export class IndexedDatabaseFiles extends IdbFs {
  readonly #room: StorageFolder

  constructor(folder: string, room: StorageFolder) {
    super(folder)
    this.#room = room
  }

  override async syncToFs(relaxed?: boolean): Promise<void> {
    if (this.#room.isOut) return
    try {
      await super.syncToFs(relaxed)
    } catch (cause) {
      if (!isRefusal(cause)) throw cause
      this.#room.runOut()
    }
  }
}
