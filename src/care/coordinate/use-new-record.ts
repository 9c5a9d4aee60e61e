import { useState } from 'react'
import { useDraft } from '#data/writing/drafts.ts'

/** A form for a new record: shut until it is asked for, and open as long as there is a draft of it. */
export function useNewRecord<T>(key: string, empty: () => T) {
  const [fresh, setFresh] = useState(empty)
  const [fields, setFields, clear, isDraft] = useDraft<T>(key, fresh)
  const [isOpen, setOpen] = useState(false)
  return {
    fields,
    setFields,
    isOpen: isOpen || isDraft,
    open: () => setOpen(true),
    close() {
      clear()
      // the next one is a record of its own
      setFresh(empty())
      setOpen(false)
    },
  }
}
