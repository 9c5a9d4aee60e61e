import type { Task } from '@medplum/fhirtypes'
import { dayIn, dayOf } from '#domain/calendar/zone.ts'
import { answerByFor } from '#domain/referral/case-referral.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustAllowCase } from '#server/opt-out/opted-out.ts'
import { FhirProblem } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Asked = Task & { id: string }

/**
 * A new referral for a case manager, dated by the service, with the day by which it is answered. Throws 422 if there is
 * a case already or the person said no to one, and 409 if the team has not answered an earlier one.
 */
export async function askedOfTeam(
  context: RequestContext,
  task: Asked,
  person: string | undefined,
): Promise<Asked> {
  const { now, zone } = context
  if (person === undefined || task.status !== 'requested')
    throw refusal('A referral for a case manager begins as requested', 'status')
  if (!/^(Organization|Practitioner)\/[A-Za-z0-9.-]{1,64}$/.test(task.owner?.reference ?? ''))
    throw refusal('Say which Organization or Practitioner is asked for a case manager', 'owner')
  await mustAllowCase(context.service.sql, person, 'Task.for')
  await mustNotHaveCase(context, person)
  await mustNotBeAskedTwice(context, task, person)
  const { authoredOn: _sent, restriction, ...rest } = task
  return {
    ...rest,
    // whatever a device’s clock says: it is asked when it comes here
    authoredOn: now.toISOString(),
    restriction: {
      ...restriction,
      period: { ...restriction?.period, end: answerByFor(dayIn(zone, now)) },
    },
  }
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Task.${element}` })

/** Somebody who has a case has a coordinator: they are asked, and not the single point of access. Throws 422. */
async function mustNotHaveCase({ service }: RequestContext, person: string): Promise<void> {
  const { rows } = await service.sql.query<{ id: string }>(
    `select id from resource where rt = 'EpisodeOfCare' and person = $1 and content is not null
       and content ->> 'status' in ('active', 'onhold') limit 1`,
    [person],
  )
  if (rows.length > 0)
    throw new FhirProblem(
      ...([422, 'business-rule'] as const),
      'There is a case already: ask the coordinator instead',
    )
}

/** A team is asked once about a person until it has answered; two who ask at once wait for each other. Throws 409. */
async function mustNotBeAskedTwice(
  { service, zone }: RequestContext,
  task: Asked,
  person: string,
): Promise<void> {
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `case-referral ${person}`,
  ])
  const sent = await waitingReferrals({ service }, person)
  const standing = sent.find(
    ({ id, owner }) => id !== task.id && owner?.reference === task.owner?.reference,
  )
  if (!standing) return
  const day = dayOf(standing.authoredOn ?? '', zone)
  throw new FhirProblem(
    ...([409, 'conflict'] as const),
    `The team was asked on ${day} and has not answered yet`,
  )
}

/** The referrals for a case manager that nobody has answered. */
export async function waitingReferrals(
  { service }: Pick<RequestContext, 'service'>,
  person: string,
): Promise<readonly Asked[]> {
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Task' and person = $1 and content is not null
       and content ->> 'status' = 'requested'
       and content -> 'code' -> 'coding' @> '[{"code": "case-management"}]' order by rid`,
    [person],
  )
  return rows.map(({ id, content }) => ({ ...(storedRecord(content) as Task), id }))
}
