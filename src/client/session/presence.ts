import * as v from 'valibot'
import { create } from 'zustand'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import type { Role } from '#domain/access/actor.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { callerHeaders, useSession } from './session.ts'

/** Where in a person's plan somebody is: in a room, or on the page of the whole house. */
export type PresencePlace = Readonly<{ person: string; place: HouseRoom | 'house' }>

/** Somebody else in the same plan. */
export type OthersPresent = PresencePlace &
  Readonly<{ doing: 'looking' | 'writing'; tab: string; name: string; role: Role }>

type Sign = Omit<OthersPresent, 'doing'> & Readonly<{ doing: OthersPresent['doing'] | 'away' }>
type PresentUser = OthersPresent & Readonly<{ until: number }>

/** As long as the server keeps a signal; a lost `away` has expired by then. */
const signHolds = 20_000
const signEvery = 9_000
const writingLasts = 5_000

const usePresenceKept = create<Readonly<{ here: readonly PresentUser[] }>>(() => ({ here: [] }))

/** Who else is in this person's plan, each once: writing counts more than reading. */
export function useOthersAt(person: string): readonly OthersPresent[] {
  const { here } = usePresenceKept()
  const byUser = new Map<string, OthersPresent>()
  for (const each of here) {
    const who = `${each.name} ${each.role}`
    const known = byUser.get(who)
    if (each.person === person && (!known || known.doing === 'looking')) byUser.set(who, each)
  }
  return [...byUser.values()]
}

const sign = v.looseObject({
  person: v.string(),
  place: v.string(),
  doing: v.string(),
  tab: v.string(),
})

/** What the server says about somebody in a plan. */
export const presenceShape = v.custom<Sign>((value) => v.is(sign, value))
const hereShape = v.object({ here: v.array(presenceShape) })

export function hearOfPresence(sign: Sign | undefined): void {
  if (!sign) return
  const { here } = usePresenceKept.getState()
  const others = here.filter((each) => each.tab !== sign.tab || each.name !== sign.name)
  const { doing } = sign
  const now = doing === 'away' ? [] : [{ ...sign, doing, until: Date.now() + signHolds }]
  usePresenceKept.setState({ here: [...others, ...now] })
  setTimeout(forgetOld, signHolds + 50)
}

function forgetOld(): void {
  const { here } = usePresenceKept.getState()
  const left = here.filter((each) => each.until > Date.now())
  if (left.length < here.length) usePresenceKept.setState({ here: left })
}

const tab = crypto.randomUUID()
let at: PresencePlace | undefined
let writingUntil = 0
let sent = { at: 0, doing: 'looking' as OthersPresent['doing'] }
let timer: ReturnType<typeof setTimeout> | undefined

/** Reports where this page is now; undefined: in nobody's plan. */
export function beAt(place: PresencePlace | undefined): void {
  if (place?.person === at?.person && place?.place === at?.place) return
  if (at && at.person !== place?.person) {
    void give(at, 'away')
    usePresenceKept.setState({ here: [] })
  }
  at = place
  writingUntil = 0
  signNow()
}

/** A key stroke in a field of the current page. */
export function noteWriting(): void {
  if (!at) return
  writingUntil = Date.now() + writingLasts
  if (sent.doing !== 'writing' || Date.now() - sent.at > writingLasts) signNow()
}

/** Sends a signal, and schedules the next one: when writing ends, or before this one expires. */
function signNow(): void {
  clearTimeout(timer)
  if (!at || document.hidden || !useSession.getState().actor) return
  const now = Date.now()
  const doing = writingUntil > now ? 'writing' : 'looking'
  sent = { at: now, doing }
  void give(at, doing)
  timer = setTimeout(signNow, doing === 'writing' ? writingUntil - now : signEvery)
}

async function give(place: PresencePlace, doing: Sign['doing']): Promise<void> {
  try {
    const response = await fetch('/events/presence', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        // only writing counts as activity: an open page does not keep the session alive
        ...(doing === 'writing' ? {} : { 'Gable-Unattended': '1' }),
        ...callerHeaders(),
      },
      body: JSON.stringify({ ...place, doing, tab }),
      keepalive: true,
    })
    const answer = await parseJsonResponse(response, hereShape)
    if (!response.ok || !answer || place.person !== at?.person) return
    for (const each of answer.here) hearOfPresence(each)
  } catch {
    // this signal is lost; the next one follows
  }
}

/** Keeps reporting where this page is while it is visible. Started once. */
export function followPresence(): void {
  document.addEventListener('visibilitychange', signNow)
  addEventListener('pagehide', () => at && void give(at, 'away'))
  useSession.subscribe((session, before) => {
    if (session.actor?.identity === before.actor?.identity) return
    usePresenceKept.setState({ here: [] })
    signNow()
  })
}
