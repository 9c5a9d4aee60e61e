import { useState } from 'react'
import { noteWriting } from '#client/session/presence.ts'
import { useSession } from '#client/session/session.ts'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { draftStorage } from './draft-storage.ts'

/** Text that was typed and not saved yet, per signed-in identity, kept through reloads and crashes. */
const prefix = 'gable-draft'

function keyFor(key: string): string {
  return `${prefix}:${useSession.getState().actor?.identity ?? 'nobody'}:${key}`
}

function stored<T>(key: string): T | undefined {
  const text = draftStorage().get(keyFor(key))
  if (text === undefined) return undefined
  try {
    return readExactly(text) as T
  } catch {
    // truncated by a full disk: a page that opens without its draft is better than one that never opens
    return undefined
  }
}

export type Draft<T> = readonly [
  value: T,
  set: (value: T) => void,
  clear: () => void,
  isDraft: boolean,
  /**
   * `sent` has been saved: the draft is removed if it says no more than that. False: more was typed meanwhile, which
   * stays, as `rest` transforms it.
   */
  settle: (sent: T, rest?: (newer: T) => T) => boolean,
]

/** Text typed since is a record of its own: under the same id it would overwrite the saved one. */
export const asAnother = <T extends { id: string }>(newer: T): T => ({
  ...newer,
  id: crypto.randomUUID(),
})

/** Removes a draft that says no more than `sent`; otherwise returns the draft that stays, as `rest` transforms it. */
function settleDraft<T>(
  key: string,
  sent: T,
  rest: (newer: T) => T = (newer) => newer,
): T | undefined {
  // what is stored, not what a screen showed when the save began
  const newer = stored<T>(key)
  if (newer === undefined || exactJson(newer) === exactJson(sent)) {
    draftStorage().remove(keyFor(key))
    return undefined
  }
  const left = rest(newer)
  draftStorage().set(keyFor(key), exactJson(left))
  return left
}

/**
 * A value that survives a reload from the first key stroke until `clear` or `settle`; `key` names the record and the
 * field.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [draft, setDraft] = useState<{ key: string; value: T | undefined }>(() => ({
    key,
    value: stored<T>(key),
  }))
  const current = draft.key === key ? draft.value : stored<T>(key)
  const set = (value: T) => {
    draftStorage().set(keyFor(key), exactJson(value))
    setDraft({ key, value })
    noteWriting()
  }
  const clear = () => {
    draftStorage().remove(keyFor(key))
    setDraft({ key, value: undefined })
  }
  const settle = (sent: T, rest?: (newer: T) => T) => {
    const left = settleDraft(key, sent, rest)
    setDraft({ key, value: left })
    return left === undefined
  }
  return [current ?? initial, set, clear, current !== undefined, settle]
}
