type OwnWrite = { isTaken: boolean; readonly told: (() => void)[] }

/** Versions that this tab makes or has made, e.g. `Goal/1/_history/3`. */
const own = new Map<string, OwnWrite>()
const mostKept = 1_000

/**
 * Does the work that makes these versions. Once it is done, change events about them are ignored; if it fails,
 * somebody else may have made them, and the events that arrived meanwhile are passed on.
 */
export async function asOwnWrite<T>(
  versions: readonly string[],
  work: () => Promise<T>,
  /** whether the server did it: a device may have queued it */
  isDone: (answer: T) => boolean,
): Promise<T> {
  const write: OwnWrite = { isTaken: false, told: [] }
  for (const version of versions) own.set(version, write)
  try {
    const answer = await work()
    write.isTaken = isDone(answer)
    return answer
  } finally {
    if (write.isTaken) forgetOldest()
    else giveUp(versions, write)
  }
}

function giveUp(versions: readonly string[], write: OwnWrite): void {
  for (const version of versions) if (own.get(version) === write) own.delete(version)
  for (const tell of write.told) tell()
}

/** Passes a change on, unless this tab made it; while that is undecided, it waits. */
export function unlessOwnWrite(version: string, tell: () => void): void {
  const write = own.get(version)
  if (!write) tell()
  else if (!write.isTaken) write.told.push(tell)
}

function forgetOldest(): void {
  for (const version of own.keys()) {
    if (own.size <= mostKept) return
    own.delete(version)
  }
}
