import type { Actor } from '#domain/access/actor.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import { parseJson } from '#server/http/read-json.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { type AccessScope, accessScopeOf } from '#server/store/access/access-scope.ts'
import type { Store } from '#server/store/store.ts'
import { canReceive } from './can-receive.ts'
import type { Doing, PresenceBoard, Sign, SignPlace } from './presence.ts'

const places: readonly SignPlace[] = ['house', ...houseRooms]
const doings: readonly Doing[] = ['looking', 'writing', 'away']

type Giving = Readonly<{
  request: Request
  actor: Actor
  services: Readonly<{
    store: Store
    now: () => Date
    zone?: string
    news: Readonly<{ presence: PresenceBoard }>
  }>
}>

/**
 * `POST /events/presence` with `{person, place, doing, tab}`: a signal that the caller is reading, or writing in, a
 * room of a person's plan. Returns who else is there and may be seen; 404 for what the caller cannot see.
 */
export async function presenceResponse({ request, actor, services }: Giving): Promise<Response> {
  const { store, news } = services
  const sign = signOf(parseJson(await request.text()), actor)
  const reach = await accessScopeOf(actor, store, { now: services.now(), zone: services.zone })
  if (!(await canReceive({ person: sign.person, room: sign.place }, reach, store))) throw notFound()
  news.presence.give(sign)
  const here =
    sign.doing === 'away' ? [] : await othersAt(sign, { presence: news.presence, reach, store })
  return new Response(JSON.stringify({ here: here.map(shownSign) }), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  })
}

type Looking = Readonly<{ presence: PresenceBoard; reach: AccessScope; store: Store }>

async function othersAt(sign: Sign, { presence, reach, store }: Looking): Promise<readonly Sign[]> {
  const seen: Sign[] = []
  for (const each of presence.at(sign.person)) {
    if (each.identity === sign.identity) continue
    if (await canReceive({ person: each.person, room: each.place }, reach, store)) seen.push(each)
  }
  return seen
}

/** What others see of a signal: a name and a role, nothing to sign in with. */
export function shownSign({ person, place, doing, tab, name, role }: Sign): unknown {
  return { person, place, doing, tab, name, role }
}

function signOf(body: unknown, actor: Actor): Sign {
  const { person, place, doing, tab } = (body ?? {}) as Record<string, unknown>
  const isWhole =
    typeof person === 'string' &&
    /^[A-Za-z0-9.-]{1,64}$/.test(person) &&
    places.includes(place as SignPlace) &&
    doings.includes(doing as Doing) &&
    typeof tab === 'string' &&
    /^[A-Za-z0-9-]{1,40}$/.test(tab)
  if (!isWhole)
    throw new FhirProblem(400, 'value', 'A presence signal needs person, place, doing and tab')
  const { identity, name, role } = actor
  return { person, place: place as SignPlace, doing: doing as Doing, tab, identity, name, role }
}
