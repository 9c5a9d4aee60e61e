import type { Actor } from '#domain/access/actor.ts'
import { credentialOf } from '#server/auth/credential.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/sql/sql.ts'
import type { Store } from '#server/sql/store.ts'
import { eventStream } from './event-stream.ts'
import type { News } from './news.ts'
import { presenceAnswer } from './presence-answer.ts'

type Asking = Readonly<{
  request: Request
  url: URL
  actor: Actor
  house: Readonly<{ store: Store; sql: Sql; now: () => Date; zone?: string; news: News }>
}>

/** `GET /events`, the stream of changes and of who is there; `POST /events/presence`, a sign of being there. */
export async function eventsAnswer({ request, url, actor, house }: Asking): Promise<Response> {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /events': {
      const token = credentialOf(request, url)?.token ?? ''
      return eventStream({ request, actor, token, house })
    }
    case 'POST /events/presence':
      return await presenceAnswer({ request, actor, house })
    default:
      throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
}
