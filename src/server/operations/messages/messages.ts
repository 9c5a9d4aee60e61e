import type { Communication } from '@medplum/fhirtypes'
import { instantIn } from '#domain/calendar/zone.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { answerTime } from '#domain/message/answer-time.ts'
import { messageCode, messageSeenCode } from '#domain/message/is-message.ts'
import { messageSeenFromFhir, threadMessageFromFhir } from '#domain/message/message-fhir.ts'
import { type MessageLine, messagesAnswer } from '#domain/message/messages-answer.ts'
import { isSeenByTeam, type MessageThread, newTo, threadsFrom } from '#domain/message/threads.ts'
import { note } from '#server/http/request-context.ts'
import { teamHours } from '#server/message/team-hours.ts'
import { mustBeProfessional } from '#server/operations/meetings/stored-talks.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Days: threads in which nothing was said for longer are in the people’s records. */
const shownDays = 90
const most = 200

/** Threads about the people in whose care the caller is named: what nobody has seen first, then what is new to the caller. */
export const messagesOperation: Operation = {
  name: 'messages',
  on: 'type',
  type: 'Communication',
  changes: false,
  purpose:
    'Message threads of the last 90 days about the people in whose care the caller is named, without any words of them: what is new to the caller, and by when somebody of the team has to see what a person or carer wrote; at most 200, what waits longest first, then what is new, with the total',
  async run(call) {
    mustBeProfessional(call.actor)
    const found = await threadsFor(call)
    const cases = await casesOf(
      call,
      found.map(({ person }) => person),
    )
    const hours = await teamHours(
      call.context.service.sql,
      [...cases.values()].flatMap(({ organisation }) => organisation ?? []),
    )
    const all = found.map(({ who, ...thread }): MessageLine => {
      const { organisation, coordinator } = cases.get(thread.person) ?? {}
      return {
        ...{ ...lineOf(thread, `Practitioner/${call.actor.practitioner}`), ...who },
        ...waiting(thread, hours.get(organisation ?? '') ?? {}, call),
        ...(coordinator ? { coordinator } : {}),
      }
    })
    const lines = all.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, most)
    await noteShown(call, lines, found)
    return messagesAnswer.write({ threads: lines, total: all.length })
  },
}

const read = Number.MAX_SAFE_INTEGER

/** What waits longest first, then what is new; what has been read stays in the order of the last message. */
const rankOf = ({ by, isNew }: MessageLine) => (by ? Date.parse(by) : isNew ? read - 1 : read)

async function noteShown(
  { context }: OperationCall,
  lines: readonly MessageLine[],
  threads: readonly MessageThread[],
): Promise<void> {
  const ids = new Set(lines.map(({ id }) => id))
  const seen = Map.groupBy(
    threads.filter(({ id }) => ids.has(id)),
    ({ person }) => person,
  )
  const what = [...seen].map(
    ([person, each]) =>
      [
        person,
        each.flatMap(({ messages }) => messages.map(({ id }) => `Communication/${id}`)),
      ] as const,
  )
  await note(context, new Map(what), { act: 'R', way: '$messages' })
}

function lineOf(thread: MessageThread, me: string) {
  const { id, person, readers, topic, messages, lastAt } = thread
  return {
    ...{ id, who: person, readers, topic, count: messages.length, lastAt },
    lastBy: messages.at(-1)?.by.name ?? '',
    isNew: newTo(thread, me) !== undefined,
  }
}

/** By when somebody of the team has to see the oldest message that nobody has. */
function waiting(
  { messages }: MessageThread,
  hours: Parameters<typeof answerTime>[1],
  { now, context: { zone } }: OperationCall,
): Pick<MessageLine, 'by' | 'isLate'> {
  const first = messages.find(
    (each) => each.by.voice !== 'professional' && !each.isError && !isSeenByTeam(each),
  )
  const time = first && answerTime(new Date(first.came ?? first.at), hours, zone)
  if (!time) return { isLate: false }
  return { by: instantIn(zone, time.by), isLate: time.by < now }
}

type Row = Readonly<{
  id: string
  person: string
  content: unknown
  family: string | null
  given: string | null
}>

const isOf = (code: string) => JSON.stringify([{ coding: [{ system: gableCodeSystem, code }] }])

async function threadsFor({ actor, sql, scope, now }: OperationCall) {
  const params = new Params()
  const agent = params.add(actor.practitioner, 'text')
  const since = params.add(new Date(Number(now) - shownDays * 86_400_000).toISOString(), 'text')
  const at = params.add(now, 'timestamptz')
  const { rows } = await sql.query<Row>(
    `select r.id, r.person, r.content, p.family, p.given
     from resource r join person_row p on p.person = r.person
     where r.rt = 'Communication' and r.content is not null and p.replaced_by is null
       and (r.content -> 'category' @> '${isOf(messageCode)}' or r.content -> 'category' @> '${isOf(messageSeenCode)}')
       and coalesce(r.content ->> 'received', r.content ->> 'sent') >= ${since}
       and r.person in (select l.person from relation l
         where l.agent = ${agent} and l.kind <> 'glass' and (l.until is null or l.until > ${at}))
       and ${scopeSql(scope, 'r', params, now)}
     order by r.rid`,
    params.values,
  )
  const records = rows.map(({ id, content }) => ({
    ...(storedRecord(content) as Communication),
    id,
  }))
  const names = new Map(
    rows.map(({ person, family, given }) => [person, { family: family ?? '', given: given ?? '' }]),
  )
  return threadsFrom(
    records.flatMap((each) => threadMessageFromFhir(each) ?? []),
    records.flatMap((each) => messageSeenFromFhir(each) ?? []),
  ).map((thread) => ({ ...thread, who: names.get(thread.person) ?? { family: '', given: '' } }))
}

type CaseRow = Readonly<{
  person: string
  organisation: string | null
  reference: string | null
  name: string | null
}>

/** Who coordinates the care, and for which organisation. */
async function casesOf(call: OperationCall, people: readonly string[]) {
  const params = new Params()
  const ids = params.add([...new Set(people)], 'text[]')
  const { rows } = await call.sql.query<CaseRow>(
    `select r.person, r.content #>> '{managingOrganization,reference}' as organisation,
       r.content #>> '{careManager,reference}' as reference, r.content #>> '{careManager,display}' as name
     from resource r where r.rt = 'EpisodeOfCare' and r.person = any(${ids}) and r.content is not null
       and r.content ->> 'status' in ('active', 'onhold') and ${scopeSql(call.scope, 'r', params, call.now)}
     order by r.rid`,
    params.values,
  )
  return new Map(
    rows.map(({ person, organisation, reference, name }) => [
      person,
      {
        organisation: organisation?.replace('Organization/', ''),
        coordinator: reference ? { reference, name: name ?? '' } : undefined,
      },
    ]),
  )
}
