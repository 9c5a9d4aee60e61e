/** What server processes over one database tell each other. Numbers and signs only, never what a record says. */
export type PublishedMessage =
  /** changes with these numbers, and perhaps some between them, have been committed */
  | Readonly<{ kind: 'changes'; from: number; to: number }>
  /** so much was changed that nobody tells it one by one: all that is shown is old */
  | Readonly<{ kind: 'lost' }>
  /** sessions were ended: who listens is to be asked for again */
  | Readonly<{ kind: 'sessions' }>
  /** somebody is somewhere; `sign` is read by `presence.ts` alone */
  | Readonly<{ kind: 'presence'; sign: unknown }>

/** The line between processes. A host with one process, as the browser, does without. */
export type Pubsub = Readonly<{
  /** soon, together with others, after the caller's commit; never rejects and keeps nobody waiting */
  tell: (told: PublishedMessage) => void
  /**
   * Calls back with what other processes tell, and with `gap` whenever the line was opened (anew): what was told
   * before may have been missed. Answers the way to stop.
   */
  onTold: (listener: (told: PublishedMessage | Readonly<{ kind: 'gap' }>) => void) => () => void
}>
