/**
 * Whether writes still reach the device. Once a write did not, the device is left exactly as it was at that moment, as
 * after a crash, and the database continues in memory: PostgreSQL never meets an error in the middle of its own work,
 * and what was saved before can still be read.
 */
export class StorageFolder {
  #since: Date | undefined
  /** something was committed in memory that the device does not have: the records have to be opened again */
  isApart = false
  onOut: () => void = () => undefined

  get isOut(): boolean {
    return this.#since !== undefined
  }

  /** when the space ran out */
  get since(): Date | undefined {
    return this.#since
  }

  runOut(): void {
    if (this.#since) return
    this.#since = new Date()
    this.onOut()
  }
}

/** What a browser says in this case; `isFull` recognises it. */
export const storageFull = () =>
  new DOMException('There is no storage space left', 'QuotaExceededError')

/** Whether the browser refused for lack of space, and not because of an error of the caller. */
export function isRefusal(cause: unknown): boolean {
  return cause instanceof DOMException
}
