import type {
  EncryptedEntry,
  EncryptedEntryStore,
} from '#client/offline/storage/indexeddb-store.ts'

/**
 * A store that keeps what a browser's IndexedDB would, as long as the test holds it: it survives the tabs that used
 * it.
 */
export function memoryShelf(): EncryptedEntryStore & { plain: () => string } {
  const kept = new Map<string, EncryptedEntry>()
  return {
    all: async () => [...kept.values()],
    put: async (sealed) => {
      kept.set(sealed.key, structuredClone(sealed))
    },
    remove: async (keys) => {
      for (const key of keys) kept.delete(key)
    },
    // everything in it, as a thief would search it
    plain: () =>
      [...kept.values()]
        .map(({ key, owner, kind, until, iv, data }) =>
          [key, owner, kind, until, Buffer.from(iv).toString('latin1')]
            .concat(Buffer.from(data).toString('latin1'))
            .join('\n'),
        )
        .join('\n'),
  }
}
