import type { Provenance } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import {
  type Agreement,
  answerTo,
  isForPerson,
  type NotAgreed,
} from '#domain/agreement/agreement.ts'
import { agreementFromFhir, agreementToFhir, numberedAnswer } from '#domain/agreement/fhir.ts'
import type { GivenHow } from '#domain/agreement/given-how.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { lastNumber } from './record-answer.ts'
import { type AnsweredPlan, versionsCovered } from './versions-covered.ts'

const ownWords: GivenHow = { way: 'own-words', helpers: [] }

/**
 * Nobody is asked to agree to what they wrote themselves. If the person makes the new version of their plan in their own
 * session, the answer that they gave to the version before stays the answer: it is carried to the new version, with its
 * own day and words, and says that it was carried. What it left out stays left out, except for what the person has now
 * rewritten. A no, and what somebody decided for the person, are not carried. `plan`: the version that was made;
 * `rewritten`: the records that made it, `Goal/1`.
 */
export async function carriedAnswer(
  context: RequestContext,
  plan: AnsweredPlan,
  rewritten: readonly string[],
): Promise<readonly WriteRequest[]> {
  const { actor, turned, now, service } = context
  if (actor.person !== plan.person || turned) return []
  const stood = await answerBefore(context, plan)
  if (!stood) return []
  const { answer, room } = stood
  const notAgreed = (answer.notAgreed ?? []).filter(({ record }) => !rewritten.includes(record))
  const said = notAgreed.length > 0 ? 'agree-in-part' : 'agree'
  const { id: planId } = plan.content
  const { person } = plan
  const version = String(plan.version)
  const carried: Omit<Agreement, 'order'> = {
    ...{ id: crypto.randomUUID(), planId, version, yes: said === 'agree', notAgreed },
    ...{ by: answer.by, how: ownWords, words: answer.words, at: answer.at },
  }
  const at = now.toISOString()
  const resource = numberedAnswer(agreementToFhir(carried, person, at), {
    ...{ said, planId, version, person, at, signedOn: answer.at, by: answer.by, how: ownWords },
    covered: (await versionsCovered(service.sql, plan)).map((each) => each.version),
    number: (await lastNumber(service.sql, person, planId)) + 1,
    notAgreed: notAgreed satisfies readonly NotAgreed[],
  })
  return [{ resource, person, expect: 'absent', room }]
}

type Row = Readonly<{ id: string; ts: Date | string; room: AccessLabel; content: Provenance }>

/** The yes, whole or in part, that the person gave to the version before. */
async function answerBefore(
  { service }: RequestContext,
  { version, person, content }: AnsweredPlan,
): Promise<Readonly<{ answer: Agreement; room: AccessLabel }> | undefined> {
  const before = `CarePlan/${content.id}/_history/${version - 1}`
  const { rows } = await service.sql.query<Row>(
    `select id, ts, room, content from resource where rt = 'Provenance' and person = $1 and content is not null
      and content -> 'target' @> jsonb_build_array(jsonb_build_object('reference', $2::text))`,
    [person, before],
  )
  const found = rows.flatMap(({ id, ts, room, content: provenance }) => {
    const lastUpdated = new Date(ts).toISOString()
    const answer = agreementFromFhir({ ...provenance, id, meta: { lastUpdated } })
    return answer ? [{ answer, room }] : []
  })
  const last = answerTo(
    found.map(({ answer }) => answer),
    String(version - 1),
  )
  const isYes = last && (last.yes || (last.notAgreed ?? []).length > 0)
  if (!isYes || isForPerson(last)) return undefined
  return found.find(({ answer }) => answer === last)
}
