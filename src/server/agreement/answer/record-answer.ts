import type { CarePlan, Provenance, Resource } from '@medplum/fhirtypes'
import {
  agreementFromFhir,
  answerCodes,
  answerIn,
  answerNumberOf,
  numberedAnswer,
} from '#domain/agreement/fhir.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import { attestedAnswer } from './attested-answer.ts'
import { partsLeftOut } from './parts-left-out.ts'
import { type AnsweredPlan, versionsCovered } from './versions-covered.ts'

type Named = ResourceWithId

/**
 * An agreement or refusal as it is stored: to the exact version of everything the plan says at this moment, with the
 * service’s own time and number. The access rules have decided who may give it. 409 if the plan has changed since its
 * reader saw it; an answer that was given never changes. Any other record is returned unchanged.
 */
export async function recordAnswer(
  context: RequestContext,
  resource: Named,
  { before, person }: Readonly<{ before: Resource | undefined; person: string | undefined }>,
): Promise<Named> {
  if (resource.resourceType !== 'Provenance') return resource
  if (before?.resourceType === 'Provenance' && answerIn(before)) throw staysAsGiven()
  const said = answerIn(resource)
  if (!said) return resource
  if (before) throw staysAsGiven()
  const { planId, version } = versionNamed(resource)
  const standing = await planThatStands(context.service.sql, planId, person)
  mustBeHerself(resource, standing.person)
  const by = byOf(context, resource)
  const { how, signedOn, plan } = await attestedAnswer(context, resource, {
    ...{ plan: standing, version, by, movedOn },
  })
  const contents = await versionsCovered(context.service.sql, plan)
  const covered = contents.map((each) => each.version)
  mustNameNothingElse(resource, [
    `CarePlan/${planId}/_history/${version}`,
    ...covered,
    `Patient/${plan.person}`,
  ])
  const notAgreed = partsLeftOut(resource, said, contents)
  const number = (await lastNumber(context.service.sql, plan.person, planId)) + 1
  const at = context.now.toISOString()
  return numberedAnswer(resource, {
    said,
    planId,
    version,
    covered,
    number,
    at,
    by: how.author,
    person: plan.person,
    how: how.given,
    signedOn,
    notAgreed,
  })
}

/** An answer stays: a new one can be given, but nobody can remove it. */
export function mustNotBeAnAnswer(resource: Resource): void {
  if (resource.resourceType === 'Provenance' && answerIn(resource)) throw staysAsGiven()
}

const staysAsGiven = () =>
  forbidden('An answer to a plan cannot be changed. Give a new answer instead')

const movedOn = (now: number) =>
  new FhirProblem(
    409,
    'conflict',
    `The plan has changed since you read it: it is now at version ${now}. Read it again, then answer`,
  )

function versionNamed(resource: Provenance): Readonly<{ planId: string; version: string }> {
  const plans = resource.target.filter((each) => /(^|\/)CarePlan\//.test(each.reference ?? ''))
  const named = agreementFromFhir(resource)
  if (named && plans.length === 1) return named
  throw new FhirProblem(
    422,
    'business-rule',
    'An answer must name the exact version of one plan, as CarePlan/<id>/_history/<version>, and the one person who gives it',
    { expression: 'Provenance.target' },
  )
}

/** A person with a record of their own who cares for another answers about the other one as carer. */
function mustBeHerself({ agent }: Provenance, person: string): void {
  const by = agent[0]?.who?.reference ?? ''
  if (by.startsWith('Patient/') && by !== `Patient/${person}`)
    throw forbidden('Only the person can answer about the plan as the person')
}

/** Locked until the answer is stored: nobody changes the plan meanwhile. Another person's plan is treated as missing. */
async function planThatStands(
  sql: Sql,
  id: string,
  person: string | undefined,
): Promise<AnsweredPlan> {
  const { rows } = await sql.query<{ vid: number; person: string | null; content: CarePlan }>(
    `select vid, person, content from resource where rt = 'CarePlan' and id = $1 and content is not null for update`,
    [id],
  )
  const [found] = rows
  if (!found?.person || found.person !== person) throw movedOn(0)
  return { version: found.vid, person: found.person, content: { ...found.content, id } }
}

/** A client may leave out what the plan contains; it may not claim that something else was agreed. */
function mustNameNothingElse(resource: Provenance, known: readonly string[]): void {
  const named = [...resource.target, ...(resource.entity ?? []).map((each) => each.what)]
  const other = named.find(({ reference }) => !known.includes(reference ?? ''))
  if (!other) return
  throw new FhirProblem(
    409,
    'conflict',
    `The plan does not contain ${other.reference ?? 'this record'} in this version. Read it again, then answer`,
  )
}

/** Of the answers to a plan, how many the server has numbered. */
export async function lastNumber(sql: Sql, person: string, planId: string): Promise<number> {
  const { rows } = await sql.query<{ content: Provenance }>(
    `select content from resource where rt = 'Provenance' and person = $1 and content is not null
      and content -> 'activity' -> 'coding' -> 0 ->> 'code' = any($2::text[])`,
    [person, [...answerCodes]],
  )
  const ofPlan = rows.filter(({ content }) => agreementFromFhir(content)?.planId === planId)
  return Math.max(0, ...ofPlan.map(({ content }) => answerNumberOf(content)))
}

/** The name beside the answer is that of the user who gives it, whatever the client calls them. */
function byOf({ actor }: RequestContext, { agent }: Provenance): Who {
  const reference = agent[0]?.who?.reference ?? agentOf(actor) ?? ''
  const by = whoFrom({ reference, display: actor.name })
  return by ?? { reference, name: actor.name, voice: 'professional' }
}
