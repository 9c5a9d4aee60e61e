import { HeldFile } from '#server/hosts/browser/database/held-file.ts'

/** The browser’s file store in a worker, in memory, with limited space. */
export type FakeDisk = {
  /** most bytes that it stores */
  limit: number
  used: () => number
  /** closes every file, as the browser does when its worker ends */
  letGo: () => void
  getDirectory: () => Promise<unknown>
}

type Content = { file: HeldFile; isOpen: boolean }

/** Like Chromium: without space, writing returns the number of its error, and extending a file throws. */
const noSpace = 2 ** 32 - 8

export function fakeDisk(): FakeDisk {
  const contents = new Set<Content>()
  let used = 0
  const disk = {
    limit: Infinity,
    used: () => used,
    letGo() {
      for (const each of contents) each.isOpen = false
    },
    getDirectory: async () => root,
  }
  const hasRoom = (more: number) => more <= 0 || used + more <= disk.limit

  class FileSystemSyncAccessHandle {
    readonly #content: Content
    constructor(content: Content) {
      this.#content = content
    }
    getSize(): number {
      return this.#content.file.size
    }
    read(into: ArrayBufferView | ArrayBuffer, { at }: { at: number }): number {
      const target = ArrayBuffer.isView(into)
        ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
        : new Uint8Array(into)
      return this.#content.file.read(target, at)
    }
    write(content: Uint8Array, { at }: { at: number }): number {
      const more = Math.max(0, at + content.length - this.getSize())
      if (!hasRoom(more)) return noSpace
      used += more
      return this.#content.file.write(content, at)
    }
    truncate(size: number): void {
      if (!hasRoom(size - this.getSize())) throw new DOMException('Full', 'QuotaExceededError')
      used += size - this.getSize()
      this.#content.file.resize(size)
    }
    flush(): void {
      // it is all in memory
    }
    close(): void {
      this.#content.isOpen = false
    }
  }

  const fileOf = (name: string, content: Content) => ({
    name,
    async getFile() {
      const bytes = new Uint8Array(content.file.size)
      content.file.read(bytes, 0)
      return new Blob([bytes])
    },
    async createSyncAccessHandle() {
      if (content.isOpen) throw new DOMException('Held', 'NoModificationAllowedError')
      content.isOpen = true
      return new FileSystemSyncAccessHandle(content)
    },
  })

  const folder = () => {
    const files = new Map<string, Content>()
    const folders = new Map<string, unknown>()
    return {
      async getDirectoryHandle(name: string) {
        const found = folders.get(name) ?? folder()
        folders.set(name, found)
        return found
      },
      async getFileHandle(name: string, { create = false } = {}) {
        const found =
          files.get(name) ??
          (create ? { file: new HeldFile(new Uint8Array()), isOpen: false } : null)
        if (!found) throw new DOMException('Not there', 'NotFoundError')
        files.set(name, found)
        contents.add(found)
        return fileOf(name, found)
      },
      async removeEntry(name: string) {
        used -= files.get(name)?.file.size ?? 0
        files.delete(name)
      },
    }
  }
  const root = folder()
  Object.assign(globalThis, { FileSystemSyncAccessHandle })
  return disk
}
