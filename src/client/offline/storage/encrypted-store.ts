import * as v from 'valibot'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { checked } from '#domain/fhir/checked-json.ts'
import type { EncryptedEntry, EncryptedEntryKind, EncryptedEntryStore } from './indexeddb-store.ts'

/** What one user stores on this device, open as long as their key is here. */
export type EncryptedStore = Readonly<{
  /** the label of the owner's entries */
  owner: string
  /** `slot` names the entry inside its kind; settles when it is on disk */
  put: (kind: EncryptedEntryKind, slot: string, value: unknown, until: string) => Promise<void>
  remove: (kind: EncryptedEntryKind, slots: readonly string[]) => Promise<void>
  /** every entry of a kind by its slot; entries damaged on disk are left out */
  all: (kind: EncryptedEntryKind) => Promise<ReadonlyMap<string, unknown>>
  /** deletes all entries of these kinds that belong to the owner */
  wipe: (kinds: readonly EncryptedEntryKind[]) => Promise<void>
  /**
   * Deletes what other users downloaded: a device that changes hands keeps no record of the previous user. Their queued
   * changes and unsaved text stay, encrypted, until they come back or these expire.
   */
  wipeOthers: () => Promise<void>
}>

const text = new TextEncoder()

/**
 * Opens the store of the owner of `deviceKey` (base64 of 32 bytes). Contents are encrypted with AES-GCM, and names are
 * HMACs, under two keys derived from it: nothing on the device can be read, or guessed and compared.
 */
export async function openEncryptedStore(
  deviceKey: string,
  storage: EncryptedEntryStore,
): Promise<EncryptedStore> {
  const { sealing, naming } = await keysFrom(deviceKey)
  const nameOf = async (words: string) =>
    base64(await crypto.subtle.sign('HMAC', naming, text.encode(words)))
  const owner = await nameOf('owner')
  const mine = async (kinds: readonly EncryptedEntryKind[]) =>
    (await storage.all()).filter((each) => each.owner === owner && kinds.includes(each.kind))
  const keyOf = (kind: EncryptedEntryKind, slot: string) => nameOf(`${kind}/${slot}`)
  return {
    owner,
    async put(kind, slot, value, until) {
      const label = { key: await keyOf(kind, slot), owner, kind, until }
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const inside = text.encode(exactJson({ slot, value }))
      const data = await crypto.subtle.encrypt(lock(iv, label), sealing, inside)
      await storage.put({ ...label, iv, data })
    },
    async remove(kind, slots) {
      await storage.remove(await Promise.all(slots.map((slot) => keyOf(kind, slot))))
    },
    async all(kind) {
      const found = await Promise.all((await mine([kind])).map((each) => opened(each, sealing)))
      return new Map(found.flatMap((each) => (each ? [[each.slot, each.value]] : [])))
    },
    async wipe(kinds) {
      await storage.remove((await mine(kinds)).map((each) => each.key))
    },
    async wipeOthers() {
      const others = (await storage.all()).filter((each) => each.owner !== owner)
      await storage.remove(others.filter((each) => each.kind === 'along').map((each) => each.key))
    },
  }
}

type Label = Pick<EncryptedEntry, 'key' | 'owner' | 'kind' | 'until'>

/** The label is authenticated with the content: no entry can be put in another's place, or kept past its expiry. */
const lock = (iv: Uint8Array<ArrayBuffer>, { key, owner, kind, until }: Label) => ({
  ...{ name: 'AES-GCM', iv, additionalData: text.encode([key, owner, kind, until].join('\n')) },
})

/** The content is encrypted with its writer's own key: only this app can have written it. */
const slotShape = v.object({ slot: v.string(), value: v.unknown() })

async function opened(sealed: EncryptedEntry, sealing: CryptoKey) {
  try {
    const inside = await crypto.subtle.decrypt(lock(sealed.iv, sealed), sealing, sealed.data)
    return checked(slotShape, readExactly(new TextDecoder().decode(inside)))
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
 * Deletes expired entries of any owner; no key is needed. While their writer is signed in, unsent changes stay, however
 * old they seem: the clock of a device may be wrong.
 */
export async function removeExpired(
  storage: EncryptedEntryStore,
  now: Date,
  here?: string,
): Promise<void> {
  const over = (await storage.all()).filter((each) => each.until < now.toISOString())
  const isSpared = ({ kind, owner }: EncryptedEntry) => kind !== 'along' && owner === here
  await storage.remove(over.flatMap((each) => (isSpared(each) ? [] : [each.key])))
}
