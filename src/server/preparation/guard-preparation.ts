import type { CarePlan, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { authorOf } from '#domain/access/record-access-kind.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { isPlan, planFromFhir } from '#domain/plan/fhir.ts'
import { isPreparation, plannedDayIn } from '#domain/preparation/preparation-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>
type Response = QuestionnaireResponse

const refused = (text: string, expression?: string) =>
  new FhirProblem(422, 'business-rule', text, expression ? { expression } : {})

const responseIn = (resource: Resource | undefined) =>
  resource?.resourceType === 'QuestionnaireResponse' ? resource : undefined

/**
 * What somebody prepares for a conversation about the plan: in their own name, once for each author, for a conversation
 * that is planned, and unchanged from the moment it was held. Throws 403 and 422.
 */
export async function guardPreparation(
  context: RequestContext,
  resource: Resource & { id: string },
  { person, before }: Where,
): Promise<void> {
  const after = responseIn(resource)
  const existing = responseIn(before)
  const was = existing && isPreparation(existing) ? existing : undefined
  if (!after || !person || !(was || isPreparation(after))) return
  mustBeOwn(context, after, was)
  const prepared = await preparedBefore(context, person)
  if (prepared.some(({ id, isOver }) => id === resource.id && isOver))
    throw refused(
      'The conversation that this was written for has taken place. It stays as it was: write for the next one',
    )
  if (was) return mustStayAbout(was, after)
  await mustBePlanned(context, after, { person, prepared })
}

async function mustBePlanned(
  context: RequestContext,
  after: Response,
  { person, prepared }: Readonly<{ person: string; prepared: readonly Prepared[] }>,
): Promise<void> {
  const plan = await planOf(context, person, after)
  const day = planFromFhir(plan).reviewOn
  if (!day) throw refused('No conversation is planned yet, so nothing can be prepared for it')
  const claimed = plannedDayIn(after) || 'a day that is not named'
  if (claimed !== day)
    throw refused(
      `The next conversation is planned for ${day}, not for ${claimed}`,
      'QuestionnaireResponse.extension',
    )
  const same = prepared.find(
    ({ isOver, source, plan: about }) =>
      !isOver && about === `CarePlan/${plan.id}` && source === sourceOf(after),
  )
  if (same) throw refused('This was prepared already: change what is there')
}

const sourceOf = ({ source, author }: Response) => (source ?? author)?.reference ?? ''

/** Everybody in their own name; staff write down what the person says, and change nobody’s own writing. */
function mustBeOwn({ actor }: RequestContext, after: Response, was: Response | undefined): void {
  const author = authorOf(after) ?? ''
  const source = sourceOf(after)
  const isWrittenDown = author.startsWith('Practitioner/') && source === after.subject?.reference
  if (source !== author && !isWrittenDown)
    throw refused(
      'Say whose words these are: the author’s own, or the person’s, written down by a professional',
      'QuestionnaireResponse.source',
    )
  if (actor.role === 'admin') return
  if (isStaff(actor) && isOwnWriting(was))
    throw forbidden('You cannot change what somebody prepared themselves')
  if (!namesOf(actor).includes(author) || isStaff(actor) !== isWrittenDown)
    throw forbidden('Write in your own name. Professionals write down what the person says')
}

const isOwnWriting = (was: Response | undefined) =>
  was !== undefined && /^(Patient|RelatedPerson)\//.test(authorOf(was) ?? '')

function mustStayAbout(was: Response, after: Response): void {
  if (!isPreparation(after) && after.status !== 'entered-in-error')
    throw refused('What was prepared cannot be turned into other answers')
  const isSamePlan = was.basedOn?.[0]?.reference === after.basedOn?.[0]?.reference
  if (!isSamePlan || plannedDayIn(was) !== plannedDayIn(after))
    throw refused('What was prepared stays with the conversation it was written for')
  if (sourceOf(was) !== sourceOf(after)) throw refused('These are the words of somebody else')
}

async function planOf(
  { service, pendingWrites }: RequestContext,
  person: string,
  response: Response,
): Promise<CarePlan & { id: string }> {
  const [name, ...others] = (response.basedOn ?? []).flatMap(({ reference }) => reference ?? [])
  const id = /^CarePlan\/([^/]+)$/.exec(name ?? '')?.[1]
  const coming = name ? pendingWrites.get(name) : undefined
  const stored = id ? await service.store.read('CarePlan', id, everyone) : undefined
  const plan = coming ?? (stored?.person === person ? stored.resource : undefined)
  if (plan?.resourceType !== 'CarePlan' || !isPlan(plan) || !id || others.length > 0)
    throw refused('Name the plan that the conversation is about', 'QuestionnaireResponse.basedOn')
  return { ...plan, id }
}

type Prepared = Readonly<{ id: string; source: string; plan: string; isOver: boolean }>

const since = (table: string) =>
  `coalesce((select h.ts from history h where h.rt = ${table}.rt and h.id = ${table}.id and h.vid = 1), ${table}.ts)`

/**
 * What was prepared about a person, and whether its conversation was held: by the server’s own times of first storing
 * each, and in the order of storing where they are the same.
 */
async function preparedBefore(
  { service }: RequestContext,
  person: string,
): Promise<readonly Prepared[]> {
  const { rows } = await service.sql.query<
    Readonly<{ id: string; source: string | null; plan: string | null; over: boolean }>
  >(
    `with review as (
       select r.rid, ${since('r')} as first, r.content #>> '{about,0,reference}' as plan
       from resource r where r.person = $1 and r.rt = 'Communication' and r.content is not null
         and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"review"}]}]'
         and r.content ->> 'status' = 'completed' and r.content #>> '{sender,reference}' like 'Practitioner/%')
     select p.id, coalesce(p.content #>> '{source,reference}', p.content #>> '{author,reference}') as source,
       p.content #>> '{basedOn,0,reference}' as plan,
       exists (select 1 from review v where v.plan = p.content #>> '{basedOn,0,reference}'
         and (v.first, v.rid) > (${since('p')}, p.rid)) as over
     from resource p where p.person = $1 and p.rt = 'QuestionnaireResponse' and p.content is not null
       and p.content ->> 'questionnaire' like '%/Questionnaire/prepare%'
       and p.content ->> 'status' <> 'entered-in-error'`,
    [person],
  )
  return rows.map(({ id, source, plan, over }) => ({
    ...{ id, source: source ?? '', plan: plan ?? '', isOver: over },
  }))
}
