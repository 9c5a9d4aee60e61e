import type { Contact } from './contact.ts'

/** The last contact that was made, and how many tries since then reached nobody. */
export function missedContacts(
  contacts: readonly Contact[],
): Readonly<{ last: Contact | undefined; missed: number }> {
  const ordered = contacts.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  const place = ordered.findLastIndex(({ reached }) => reached)
  return { last: ordered[place], missed: ordered.length - place - 1 }
}
