/**
 * Runs tasks one after another, in the order in which they arrive. Each result or error goes to its own caller; the
 * next task runs in either case.
 */
export type SerialQueue = <T>(task: () => Promise<T>) => Promise<T>

export function serialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const mine = last.then(task)
    last = mine.catch(() => undefined)
    return mine
  }
}
