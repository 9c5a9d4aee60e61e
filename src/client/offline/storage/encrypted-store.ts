import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import type { EncryptedEntry, EncryptedEntryKind, EncryptedEntryStore } from './indexeddb-store.ts'

/** What one person keeps on this device, open as long as her key is here. */
export type EncryptedStore = Readonly<{
  /** under which label hers lies on the shelf */
  owner: string
  /** `slot` names the thing inside its kind; settles when it is on disk */
  put: (kind: EncryptedEntryKind, slot: string, value: unknown, until: string) => Promise<void>
  remove: (kind: EncryptedEntryKind, slots: readonly string[]) => Promise<void>
  /** everything of a kind by its slot; what was spoilt on disk is left out */
  all: (kind: EncryptedEntryKind) => Promise<ReadonlyMap<string, unknown>>
  /** throws everything of these kinds away that is hers */
  wipe: (kinds: readonly EncryptedEntryKind[]) => Promise<void>
  /**
   * Throws away what others took along: a device that changes hands keeps no record of the one before. Their waiting saves
   * and unsaved words stay, sealed, until they come back or the time of these is over.
   */
  wipeOthers: () => Promise<void>
}>

const text = new TextEncoder()

/**
 * Opens the vault of whoever owns `deviceKey` (base64 of 32 bytes). Contents are sealed with AES-GCM, and the names of
 * things with HMAC, under two keys made from it: on the device stands nothing that can be read, or guessed and compared.
 */
export async function openEncryptedStore(
  deviceKey: string,
  shelf: EncryptedEntryStore,
): Promise<EncryptedStore> {
  const { sealing, naming } = await keysFrom(deviceKey)
  const nameOf = async (words: string) =>
    base64(await crypto.subtle.sign('HMAC', naming, text.encode(words)))
  const owner = await nameOf('owner')
  const mine = async (kinds: readonly EncryptedEntryKind[]) =>
    (await shelf.all()).filter((each) => each.owner === owner && kinds.includes(each.kind))
  const keyOf = (kind: EncryptedEntryKind, slot: string) => nameOf(`${kind}/${slot}`)
  return {
    owner,
    async put(kind, slot, value, until) {
      const label = { key: await keyOf(kind, slot), owner, kind, until }
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const inside = text.encode(exactJson({ slot, value }))
      const data = await crypto.subtle.encrypt(lock(iv, label), sealing, inside)
      await shelf.put({ ...label, iv, data })
    },
    async remove(kind, slots) {
      await shelf.remove(await Promise.all(slots.map((slot) => keyOf(kind, slot))))
    },
    async all(kind) {
      const found = await Promise.all((await mine([kind])).map((each) => opened(each, sealing)))
      return new Map(found.flatMap((each) => (each ? [[each.slot, each.value]] : [])))
    },
    async wipe(kinds) {
      await shelf.remove((await mine(kinds)).map((each) => each.key))
    },
    async wipeOthers() {
      const others = (await shelf.all()).filter((each) => each.owner !== owner)
      await shelf.remove(others.filter((each) => each.kind === 'along').map((each) => each.key))
    },
  }
}

type Label = Pick<EncryptedEntry, 'key' | 'owner' | 'kind' | 'until'>

/** The label is sealed with the content: nothing can be put in another's place, or kept past its end. */
const lock = (iv: Uint8Array<ArrayBuffer>, { key, owner, kind, until }: Label) => ({
  ...{ name: 'AES-GCM', iv, additionalData: text.encode([key, owner, kind, until].join('\n')) },
})

async function opened(sealed: EncryptedEntry, sealing: CryptoKey) {
  try {
    const inside = await crypto.subtle.decrypt(lock(sealed.iv, sealed), sealing, sealed.data)
    return readExactly(new TextDecoder().decode(inside)) as { slot: string; value: unknown }
  } catch {
    return undefined
  }
}

async function keysFrom(deviceKey: string): Promise<{ sealing: CryptoKey; naming: CryptoKey }> {
  const bytes = Uint8Array.from(atob(deviceKey), (letter) => letter.charCodeAt(0))
  const root = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
  const from = (info: string) => ({
    ...{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: text.encode(info) },
  })
  const aes = { name: 'AES-GCM', length: 256 }
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  return {
    sealing: await crypto.subtle.deriveKey(from('gable sealing'), root, aes, false, [
      'encrypt',
      'decrypt',
    ]),
    naming: await crypto.subtle.deriveKey(from('gable naming'), root, hmac, false, ['sign']),
  }
}

const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)))

/**
 * Throws away what has had its time, whoever's it was; no key is needed. While its writer is here, what she wrote and has
 * not sent stays, however old it seems: the clock of a device may be wrong.
 */
export async function removeExpired(
  shelf: EncryptedEntryStore,
  now: Date,
  here?: string,
): Promise<void> {
  const over = (await shelf.all()).filter((each) => each.until < now.toISOString())
  const isSpared = ({ kind, owner }: EncryptedEntry) => kind !== 'along' && owner === here
  await shelf.remove(over.flatMap((each) => (isSpared(each) ? [] : [each.key])))
}
