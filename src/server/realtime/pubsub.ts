import * as v from 'valibot'

/** What server processes over one database tell each other. Numbers and signs only, never the content of a record. */
export const publishedMessageShape = v.variant('kind', [
  /** changes with these numbers, and perhaps some between them, have been committed */
  v.object({ kind: v.literal('changes'), from: v.number(), to: v.number() }),
  /** so much was changed that nobody tells it one by one: all that is shown is old */
  v.object({ kind: v.literal('lost') }),
  /** sessions were ended: who listens is to be asked for again */
  v.object({ kind: v.literal('sessions') }),
  /** somebody is somewhere; `sign` is read by `presence.ts` alone */
  v.object({ kind: v.literal('presence'), sign: v.unknown() }),
])

export type PublishedMessage = Readonly<v.InferOutput<typeof publishedMessageShape>>

/** The connection between processes. A host with one process, such as the browser, does without. */
export type Pubsub = Readonly<{
  /** soon, together with others, after the caller's commit; never rejects and blocks nobody */
  tell: (told: PublishedMessage) => void
  /**
   * Called with what other processes tell, and with `gap` whenever the connection was opened (again): earlier messages
   * may have been missed. Returns how to stop.
   */
  onTold: (listener: (told: PublishedMessage | Readonly<{ kind: 'gap' }>) => void) => () => void
}>
