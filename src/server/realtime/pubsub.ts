import * as v from 'valibot'

/** The messages between server processes on one database. Numbers and signals only, never the content of a record. */
export const publishedMessageShape = v.variant('kind', [
  /** changes with these numbers, and perhaps some between them, have been committed */
  v.object({ kind: v.literal('changes'), from: v.number(), to: v.number() }),
  /** so much was changed that nobody lists it: everything that is shown is old */
  v.object({ kind: v.literal('lost') }),
  /** what lists count was changed without a record: counts are old */
  v.object({ kind: v.literal('counted') }),
  /** sessions were ended: check again who is listening */
  v.object({ kind: v.literal('sessions') }),
  /** somebody is somewhere; only `presence.ts` reads `sign` */
  v.object({ kind: v.literal('presence'), sign: v.unknown() }),
])

export type PublishedMessage = Readonly<v.InferOutput<typeof publishedMessageShape>>

/** The connection between processes. A host with one process, such as the browser, does without. */
export type Pubsub = Readonly<{
  /** soon, together with others, after the caller's commit; never rejects and blocks nobody */
  tell: (told: PublishedMessage) => void
  /**
   * Called with the messages of other processes, and with `gap` whenever the connection was opened (again): earlier
   * messages may have been missed. Returns how to stop.
   */
  onTold: (listener: (told: PublishedMessage | Readonly<{ kind: 'gap' }>) => void) => () => void
}>
