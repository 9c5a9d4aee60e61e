/**
 * Runs tasks one after another, in the order they come. Each result or error goes to its own caller; the next task runs
 * either way.
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
