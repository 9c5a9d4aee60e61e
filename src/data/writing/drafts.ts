import { useState } from 'react'
import { noteWriting } from '#data/session/presence.ts'
import { useSession } from '#data/session/session.ts'
import { keptText } from './kept-text.ts'

/** What was typed and not yet taken by the server, per signed-in identity, kept through reloads and crashes. */
const prefix = 'gable-draft'

function keyFor(key: string): string {
  return `${prefix}:${useSession.getState().actor?.identity ?? 'nobody'}:${key}`
}

function stored<T>(key: string): T | undefined {
  const text = keptText().get(keyFor(key))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    // cut short by a full disk: a page that opens without its draft beats one that never opens
    return undefined
  }
}

export type Draft<T> = readonly [
  value: T,
  set: (value: T) => void,
  clear: () => void,
  isDraft: boolean,
]

/** A value that survives a reload from the first key stroke until `clear`; `key` names the record and the field. */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [draft, setDraft] = useState<{ key: string; value: T | undefined }>(() => ({
    key,
    value: stored<T>(key),
  }))
  const current = draft.key === key ? draft.value : stored<T>(key)
  const set = (value: T) => {
    keptText().set(keyFor(key), JSON.stringify(value))
    setDraft({ key, value })
    noteWriting()
  }
  const clear = () => {
    keptText().remove(keyFor(key))
    setDraft({ key, value: undefined })
  }
  return [current ?? initial, set, clear, current !== undefined]
}
