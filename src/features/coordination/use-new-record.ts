import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'

/** A form for a new record: closed until it is requested (`isAsked`: at once), and open as long as there is a draft. */
export function useNewRecord<T>(
  key: string,
  empty: () => T,
  another: (fields: T) => T,
  isAsked = false,
) {
  const [fresh, setFresh] = useState(empty)
  const [fields, setFields, clear, isDraft, settle] = useDraft<T>(key, fresh)
  const [isOpen, setOpen] = useState(isAsked)
  const shut = () => {
    // the next one is a separate record
    setFresh(empty())
    setOpen(false)
  }
  return {
    fields,
    setFields,
    isOpen: isOpen || isDraft,
    open: () => setOpen(true),
    close() {
      clear()
      shut()
    },
    /** `sent` is saved; what was typed since stays in the form, as another record */
    sent(sent: T) {
      if (settle(sent, another)) shut()
    },
  }
}

export type NewRecord<T> = ReturnType<typeof useNewRecord<T>>
