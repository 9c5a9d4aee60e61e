import { useState } from 'react'

/** The id under which these words are sent: a retry has the same one, and other words have another. */
export function useIdFor(): (words: unknown) => string {
  const [sent] = useState(() => new Map<string, string>())
  return (words) => {
    const key = JSON.stringify(words)
    const id = sent.get(key) ?? crypto.randomUUID()
    sent.set(key, id)
    return id
  }
}
