/** What server processes over one database tell each other. Numbers and signs only, never the content of a record. */
export type PublishedMessage =
  /** changes with these numbers, and perhaps some between them, have been committed */
  | Readonly<{ kind: 'changes'; from: number; to: number }>
  /** so much was changed that it is not told one by one: everything shown is stale */
  | Readonly<{ kind: 'lost' }>
  /** sessions were ended: listeners have to be checked again */
  | Readonly<{ kind: 'sessions' }>
  /** somebody is somewhere; only `presence.ts` reads `sign` */
  | Readonly<{ kind: 'presence'; sign: unknown }>

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
