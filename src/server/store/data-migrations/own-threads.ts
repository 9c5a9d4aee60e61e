import type { Communication } from '@medplum/fhirtypes'
import type { Clock } from '#domain/calendar/zone.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { messageCode, readersOf } from '#domain/message/is-message.ts'
import { betweenCarers } from '#domain/message/message-fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { writeRecords } from '#server/store/write.ts'

type Row = Readonly<{ id: string; person: string; content: unknown }>
type Message = Readonly<{ person: string; content: Communication & { id: string } }>

/**
 * Earlier versions let every carer with whom the conversation is shared read what another carer wrote to the team. A
 * thread that a carer began becomes that carer’s; where several wrote, theirs together. What the person or the team began
 * for all carers stays so. What somebody saw, and what tells of a message, goes with it.
 */
export async function ownThreads(sql: Sql, clock: Clock): Promise<void> {
  const deps = { sql, ...clock, note: () => undefined, touch: () => undefined }
  for (const thread of (await threadsOfAll(sql)).values())
    for (const { person, content } of movedOf(thread))
      await writeRecords([{ resource: content, person, expect: 'anything' }], deps)
  await sql.query(
    `update change c set room = r.room from resource r
     where r.rt = c.rt and r.id = c.id and r.room like 'own carer-%' and c.room <> r.room`,
  )
}

async function threadsOfAll(sql: Sql): Promise<ReadonlyMap<string, readonly Message[]>> {
  const { rows } = await sql.query<Row>(
    `select r.id, r.person, r.content from resource r
     where r.rt = 'Communication' and r.content is not null and r.person is not null
       and r.content -> 'category' @> $1::jsonb order by r.rid`,
    [JSON.stringify([{ coding: [{ system: gableCodeSystem, code: messageCode }] }])],
  )
  const messages = rows.map(
    ({ id, person, content }): Message => ({
      ...{ person, content: { ...(storedRecord(content) as Communication), id } },
    }),
  )
  return Map.groupBy(messages, ({ person, content: { id, inResponseTo } }) =>
    [person, idIn(inResponseTo?.[0]?.reference) || id].join(' '),
  )
}

const isCarer = ({ content: { sender } }: Message) =>
  sender?.reference?.startsWith('RelatedPerson/') ?? false

/** Empty for a thread that stays as it is. */
function movedOf(thread: readonly Message[]): readonly Message[] {
  const first = thread.find(({ content }) => !content.inResponseTo?.[0])
  if (!first || !isCarer(first) || readersOf(first.content) !== 'carers') return []
  const senders = thread.filter(isCarer).flatMap(({ content: { sender } }) => sender ?? [])
  const carers = [...new Map(senders.map((each) => [each.reference, each])).values()]
  return thread.map(({ person, content }) => ({
    person,
    content: betweenCarers(content, carers),
  }))
}
