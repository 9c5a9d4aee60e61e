import { now } from '#client/clock.ts'
import type { DraftStorage } from '#client/forms/draft-storage.ts'
import { serialQueue } from '#domain/async/serial-queue.ts'
import type { EncryptedStore } from './encrypted-store.ts'
import { unsentKeptUntil } from './offline-store.ts'

export type EncryptedDrafts = DraftStorage &
  Readonly<{
    /** reads what its owner has stored; undefined: no user’s texts are open here */
    openWith: (vault: EncryptedStore | undefined) => Promise<void>
  }>

/**
 * Texts in memory, so that a screen has them at once, and encrypted on the device after each key stroke. While nobody's
 * store is open they last as long as the page.
 */
export function encryptedDrafts(): EncryptedDrafts {
  let texts = new Map<string, string>()
  let store: EncryptedStore | undefined
  const unwritten = new Set<string>()
  const inTurn = serialQueue()
  let writing: Promise<void> = Promise.resolve()

  const writeAll = async (to: EncryptedStore) => {
    for (const name of [...unwritten]) {
      const text = texts.get(name)
      if (text === undefined) await to.remove('text', [name])
      else await to.put('text', name, text, unsentKeptUntil(now()))
      // text typed meanwhile, or text that could not be written, is tried at the next key stroke
      if (texts.get(name) === text) unwritten.delete(name)
    }
  }
  const write = (name: string) => {
    const to = store
    if (!to) return
    unwritten.add(name)
    // a full disk must not stop typing: the text stays in memory
    writing = inTurn(() => writeAll(to)).catch(() => undefined)
  }
  return {
    get: (name) => texts.get(name),
    set(name, text) {
      texts.set(name, text)
      write(name)
    },
    remove(name) {
      if (texts.delete(name)) write(name)
    },
    async openWith(next) {
      await writing
      if (store) await writeAll(store).catch(() => undefined)
      unwritten.clear()
      texts = new Map()
      store = next
      const stored = next ? ((await next.all('text')) as Map<string, string>) : []
      // text typed while it opened is newer
      texts = new Map([...stored, ...texts])
    },
    flush: () => writing,
  }
}
