import type { Provenance, Resource } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import {
  type Agreement,
  countsForRoof,
  isForPerson,
  isInPart,
  type NotAgreed,
  newestFirst,
} from '#domain/agreement/agreement.ts'
import { agreementFromFhir, answerCodes } from '#domain/agreement/fhir.ts'
import { partMark } from '#domain/agreement/part-mark.ts'
import { recordOf } from '#server/audit/is-undone.ts'
import type { Sql } from '#server/store/sql.ts'
import type { AnsweredPlan, CoveredVersion } from './versions-covered.ts'

/** An answer that counts for the person, and the versions of the parts that it covers: `Goal/1/_history/2`. */
export type AnswerGiven = Readonly<{
  answer: Agreement
  room: AccessLabel
  covers: readonly string[]
}>

type Row = Readonly<{ id: string; ts: Date | string; room: AccessLabel; content: Provenance }>

/** All that the person has answered to this plan, to whichever version; the newest first. */
export async function answersGiven(
  sql: Sql,
  { person, content: { id: planId } }: AnsweredPlan,
): Promise<readonly AnswerGiven[]> {
  const { rows } = await sql.query<Row>(
    `select id, ts, room, content from resource where rt = 'Provenance' and person = $1 and content is not null
      and content -> 'activity' -> 'coding' -> 0 ->> 'code' = any($2::text[])`,
    [person, [...answerCodes]],
  )
  return rows
    .flatMap(({ id, ts, room, content }) => {
      const lastUpdated = new Date(ts).toISOString()
      const answer = agreementFromFhir({ ...content, id, meta: { lastUpdated } })
      const covers = (content.entity ?? []).flatMap(({ what }) => what.reference ?? [])
      return answer?.planId === planId && countsForRoof(answer) ? [{ answer, room, covers }] : []
    })
    .toSorted((one, other) => newestFirst(one.answer, other.answer))
}

/** What the person themselves said to some words: they left them out, or agreed. */
type Said = NotAgreed | 'agreed'

/**
 * What the person said last about the words of these parts, `Goal/1`, whichever version of the plan had them; nothing
 * for words that they were never asked about.
 */
export async function saidBefore(
  sql: Sql,
  { person, given }: Readonly<{ person: string; given: readonly AnswerGiven[] }>,
  parts: readonly CoveredVersion[],
): Promise<ReadonlyMap<string, Said>> {
  if (parts.length === 0) return new Map()
  const marks = await marksOfVersions(
    sql,
    person,
    parts.map(({ version }) => recordOf(version)),
  )
  const own = given.filter(({ answer }) => isYes(answer) && !isForPerson(answer))
  const said = parts.flatMap(({ version, content }) => {
    const part = { record: recordOf(version), mark: partMark(content) }
    const [last] = own.flatMap((each) => saidIn(each, part, marks) ?? [])
    return last ? [[part.record, last] as const] : []
  })
  return new Map(said)
}

const isYes = (answer: Agreement) => answer.yes || isInPart(answer)

type Part = Readonly<{ record: string; mark: string }>

function saidIn(
  { answer, covers }: AnswerGiven,
  { record, mark }: Part,
  marks: ReadonlyMap<string, string>,
): Said | undefined {
  const left = answer.notAgreed?.find((each) => each.record === record)
  if (left) return left.mark === mark ? left : undefined
  const version = covers.find((each) => recordOf(each) === record)
  return version !== undefined && marks.get(version) === mark ? 'agreed' : undefined
}

/** The mark of each version that these records ever had. */
async function marksOfVersions(
  sql: Sql,
  person: string,
  records: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ rt: string; id: string; vid: number; content: Resource }>(
    `select rt, id, vid, content from (
       select rt, id, vid, person, content from history
       union all select rt, id, vid, person, content from resource
     ) versions where person = $1 and rt || '/' || id = any($2::text[]) and content is not null`,
    [person, [...records]],
  )
  return new Map(
    rows.map(({ rt, id, vid, content }) => [`${rt}/${id}/_history/${vid}`, partMark(content)]),
  )
}
