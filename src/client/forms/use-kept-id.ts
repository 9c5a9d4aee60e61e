import { useState } from 'react'

/** The id of the next record: a retry has the same one, and what is said after it was saved is another (`renew`). */
export function useKeptId(): readonly [id: string, renew: () => void] {
  const [id, setId] = useState(() => crypto.randomUUID())
  return [id, () => setId(crypto.randomUUID())]
}
