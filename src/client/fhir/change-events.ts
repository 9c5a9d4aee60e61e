import * as v from 'valibot'
import { unlessOwnWrite } from '#client/cache/own-writes.ts'
import { hearOfPresence, presenceShape } from '#client/session/presence.ts'
import { sessionEnded, useSession } from '#client/session/session.ts'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import { isNoteOfWriter } from '#domain/plan/plan-record.ts'
import { noteConnection } from './connection-status.ts'
import { openEventSource } from './event-source.ts'
import { gatherChanges } from './gather-changes.ts'
import { currentOfflineResponder } from './offline-responder.ts'
import { queryClient } from './query-client.ts'
import { refetch } from './refetch.ts'
import type { ServerEvent } from './server-events.ts'

/** Reloads every query made from one of these kinds of record, if it is on screen. */
export async function noteChangeEvent(kinds: readonly string[]): Promise<void> {
  await refetch({
    predicate: (query) => query.meta?.kinds?.some((kind) => kinds.includes(kind)) ?? false,
  })
}

const shortestPause = 500
const longestPause = 15_000
/** Data read while the first connection was being made may be older than that connection. */
const slackSeconds = 5

/**
 * Listens to `/events` until the returned function is called. Reconnects by itself and resumes from the last event, so
 * that nothing is missed. Reloads everything only when the server no longer knows that event.
 */
export function listenForChangeEvents(): () => void {
  const stopped = new AbortController()
  void keepListening(stopped.signal)
  return () => {
    stopped.abort()
    noteConnection('open')
  }
}

type Ear = {
  last: string | undefined
  reach: string | undefined
  since: number
  tell: (kind: string) => void
}

async function keepListening(signal: AbortSignal): Promise<void> {
  const ear: Ear = {
    ...{ last: undefined, reach: undefined },
    since: Date.now(),
    tell: gatherChanges(signal, noteChangeEvent),
  }
  // until the server answers
  noteConnection('cut')
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await listenOnce(ear, signal, () => {
        failures = 0
      })
    } catch {
      // a lost connection is expected: wait, then connect again
    }
    if (signal.aborted) return
    noteConnection('cut')
    await pauseOrOnline(pauseAfter(failures), signal)
  }
}

/** Exponential backoff with jitter, so that many clients that lost one server do not reconnect at the same moment. */
function pauseAfter(failures: number): number {
  return Math.min(longestPause, shortestPause * 2 ** failures) * (0.5 + Math.random() / 2)
}

function pauseOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      removeEventListener('online', go)
      signal.removeEventListener('abort', go)
      resolve()
    }
    const timer = setTimeout(go, ms)
    addEventListener('online', go)
    signal.addEventListener('abort', go)
  })
}

async function listenOnce(ear: Ear, signal: AbortSignal, onOpen: () => void): Promise<void> {
  if (!useSession.getState().actor) return
  // the first screen does not wait for it
  const { serverEvents } = await import('./server-events.ts')
  const ago = Math.ceil((Date.now() - ear.since) / 1_000) + slackSeconds
  const response = await openEventSource({ last: ear.last, ago }, signal)
  const isStream = response.headers.get('content-type')?.includes('event-stream')
  if (response.status === 401 && !signal.aborted) sessionEnded()
  if (!response.ok || !response.body || !isStream) return
  onOpen()
  noteConnection('open')
  for await (const event of serverEvents(response.body)) {
    if (signal.aborted) return
    hear(event, ear)
  }
}

const reachShape = v.object({ mark: v.optional(v.string()) })
const changeShape = v.object({
  ...{ type: v.optional(v.string()), id: v.optional(v.string()), version: v.optional(v.number()) },
})
type Change = v.InferOutput<typeof changeShape>

function hear({ name, id, data }: ServerEvent, ear: Ear): void {
  if (id !== undefined) ear.last = id
  if (name === 'reset') reloadAll()
  // a mark that cannot be read counts as a different one
  else if (name === 'reach') hearOfReach(checkedJson(reachShape, data) ?? {}, ear)
  else if (name === 'presence') hearOfPresence(checkedJson(presenceShape, data))
  else hearOfChange(checkedJson(changeShape, data), ear)
}

function hearOfChange({ type, id = '', version }: Change = {}, ear: Ear): void {
  if (!type || isNoteOfWriter(type, id)) return
  unlessOwnWrite(`${type}/${id}/_history/${version}`, () => {
    ear.tell(type)
    if (id) currentOfflineResponder()?.afterChange(`${type}/${id}`)
  })
}

/** Events were missed, and we do not know which: reload everything on screen and everything downloaded. */
function reloadAll(): void {
  currentOfflineResponder()?.afterGap()
  void refetch()
}

/**
 * The first mark identifies the access under which everything was loaded. A different mark, or none, means that access
 * has changed.
 */
function hearOfReach({ mark }: v.InferOutput<typeof reachShape>, ear: Ear): void {
  const isOther = mark === undefined || (ear.reach !== undefined && ear.reach !== mark)
  ear.reach = mark ?? ear.reach
  if (isOther) void forgetWhatWasSeen()
}

/** Access has changed: drop everything that was loaded, and reload what is on screen. */
async function forgetWhatWasSeen(): Promise<void> {
  currentOfflineResponder()?.afterGap()
  queryClient.removeQueries({ type: 'inactive' })
  await queryClient.resetQueries()
}
