/** What the file store of a browser has in a worker, in memory, with only so much room. */
export type FakeDisk = {
  /** bytes that it takes at most */
  limit: number
  used: () => number
  /** lets go of every file, as the browser does when its worker ends */
  letGo: () => void
  getDirectory: () => Promise<unknown>
}

type Content = { bytes: Uint8Array<ArrayBuffer>; isOpen: boolean }

/** As Chromium: where there is no room, writing answers the number of its error, and making longer throws. */
const noSpace = 2 ** 32 - 8

export function fakeDisk(): FakeDisk {
  const contents = new Set<Content>()
  const disk = {
    limit: Infinity,
    used: () => [...contents].reduce((sum, { bytes }) => sum + bytes.length, 0),
    letGo() {
      for (const each of contents) each.isOpen = false
    },
    getDirectory: async () => root,
  }
  const hasRoom = (more: number) => more <= 0 || disk.used() + more <= disk.limit

  class FileSystemSyncAccessHandle {
    readonly #content: Content
    constructor(content: Content) {
      this.#content = content
    }
    getSize(): number {
      return this.#content.bytes.length
    }
    read(into: ArrayBufferView | ArrayBuffer, { at }: { at: number }): number {
      const target = ArrayBuffer.isView(into)
        ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
        : new Uint8Array(into)
      const part = this.#content.bytes.subarray(at, at + target.length)
      target.set(part)
      return part.length
    }
    write(content: Uint8Array, { at }: { at: number }): number {
      const end = at + content.length
      const more = end - this.getSize()
      if (!hasRoom(more)) return noSpace
      if (more > 0) this.truncate(end)
      this.#content.bytes.set(content, at)
      return content.length
    }
    truncate(size: number): void {
      if (!hasRoom(size - this.getSize())) throw new DOMException('Full', 'QuotaExceededError')
      const bytes = new Uint8Array(size)
      bytes.set(this.#content.bytes.subarray(0, size))
      this.#content.bytes = bytes
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
    getFile: async () => new Blob([content.bytes]),
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
          files.get(name) ?? (create ? { bytes: new Uint8Array(), isOpen: false } : null)
        if (!found) throw new DOMException('Not there', 'NotFoundError')
        files.set(name, found)
        contents.add(found)
        return fileOf(name, found)
      },
      async removeEntry(name: string) {
        const found = files.get(name)
        if (found) contents.delete(found)
        files.delete(name)
      },
    }
  }
  const root = folder()
  Object.assign(globalThis, { FileSystemSyncAccessHandle })
  return disk
}
