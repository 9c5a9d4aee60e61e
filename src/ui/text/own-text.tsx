import { ownWords } from './own-words.ts'

/** Words from a record, within a page in any language: they are never translated, and keep together. */
export function OwnText({ children }: Readonly<{ children: string }>) {
  return <bdi {...ownWords(children)}>{children}</bdi>
}
