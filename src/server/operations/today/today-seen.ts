import { parameters } from '#domain/fhir/parameters.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { mustBeProfessional } from '#server/operations/meetings/stored-talks.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'

/** In the place of a room of a plan: the reader’s own list, which is about nobody in particular. */
const [person, room] = ['', 'today']

const readerOf = ({ actor }: Pick<OperationCall, 'actor'>) =>
  agentOf(actor) ?? `identity/${actor.identity}`

/** The caller has looked at Today: what comes up from now on is new to them, on every device. */
export const todaySeenOperation: Operation = {
  name: 'today-seen',
  on: 'system',
  changes: true,
  purpose: 'Notes that the caller has looked at Today. Nobody else can read it',
  async run(call) {
    mustBeProfessional(call.actor)
    await call.context.service.sql.query(
      `insert into last_viewed as l (agent, person, room, at) values ($1, $2, $3, $4::timestamptz)
       on conflict (agent, person, room) do update set at = greatest(l.at, excluded.at)`,
      [readerOf(call), person, room, call.now.toISOString()],
    )
    return parameters({}).write({})
  },
}

/** When the caller last looked at Today. */
export async function lastLooked(call: OperationCall): Promise<string | undefined> {
  const { rows } = await call.context.service.sql.query<{ at: Date | string }>(
    'select at from last_viewed where agent = $1 and person = $2 and room = $3',
    [readerOf(call), person, room],
  )
  const [row] = rows
  return row && new Date(row.at).toISOString()
}
