import type { Actor } from '#domain/access/actor.ts'
import { credentialOf } from '#server/auth/credential.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import type { ChangeFeed } from './change-feed.ts'
import { eventStream } from './event-stream.ts'
import { presenceResponse } from './presence-response.ts'

type Asking = Readonly<{
  request: Request
  url: URL
  actor: Actor
  services: Readonly<{ store: Store; sql: Sql; now: () => Date; zone?: string; news: ChangeFeed }>
}>

/** `GET /events`, the stream of changes and presence; `POST /events/presence`, a sign of presence. */
export async function eventRoutes({ request, url, actor, services }: Asking): Promise<Response> {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /events': {
      const token = credentialOf(request, url)?.token ?? ''
      return eventStream({ request, actor, token, services })
    }
    case 'POST /events/presence':
      return await presenceResponse({ request, actor, services })
    default:
      throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
}
