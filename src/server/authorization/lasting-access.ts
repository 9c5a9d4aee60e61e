import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { Params } from '#server/store/params.ts'
import { referencesToPeople } from './care-roles-in.ts'

/** Relations that last: a referral, a task and an emergency opening only make a guest. */
const lastingKinds = `('registered', 'team', 'case', 'custodian')`

/** A role that ends with somebody's employment does not limit the access itself. */
const isLasting = (now: string) => `l.kind in ${lastingKinds}
  and (l.until is null or (l.role is not null and l.own_until is null and l.until > ${now}))`

/** True if the actor, or their organisation, has access to this person that does not end by itself. */
export async function hasLastingAccess(context: RequestContext, person: string): Promise<boolean> {
  if (context.createdPatients.has(person)) return true
  const params = new Params()
  const { rows } = await context.service.sql.query<{ lasting: boolean }>(
    `select ${lastingSql(context, person, params)} as lasting`,
    params.values,
  )
  return rows[0]?.lasting ?? false
}

/** The same as an expression, for a statement that asks more of the person. */
export function lastingSql({ actor, now }: RequestContext, person: string, params: Params): string {
  const [who, org, agent] = [person, actor.organisation ?? null, actor.practitioner ?? null].map(
    (each) => params.add(each, 'text'),
  )
  return `exists (select 1 from relation l where l.person = ${who}
    and ${isLasting(params.add(now, 'timestamptz'))} and (l.org = ${org} or l.agent = ${agent}))`
}

/** References that mean the actor, their roles and their organisation. */
export async function placesOfActor(context: RequestContext): Promise<readonly string[]> {
  const { practitioner, organisation } = context.actor
  const own = ownPlaces(context.actor)
  if (!practitioner) return own
  const { rows } = await context.service.sql.query<{ id: string }>(
    `select id from resource where rt = 'PractitionerRole' and content is not null
       and content->'practitioner'->>'reference' = $1
       and content->'organization'->>'reference' = $2`,
    [`Practitioner/${practitioner}`, `Organization/${organisation}`],
  )
  return [...own, ...rows.map(({ id }) => `PractitionerRole/${id}`)]
}

function ownPlaces({ practitioner, organisation }: Actor): readonly string[] {
  return [
    ...(practitioner ? [`Practitioner/${practitioner}`] : []),
    ...(organisation ? [`Organization/${organisation}`] : []),
  ]
}

/** Who has lasting access to a person by records other than this one. */
export async function placesElsewhere(
  context: Pick<RequestContext, 'service' | 'now'>,
  person: string,
  { resourceType, id }: Resource,
): Promise<readonly string[]> {
  type Row = Readonly<{ org: string | null; agent: string | null; role: string | null }>
  const { rows } = await context.service.sql.query<Row>(
    `select distinct l.org, l.agent, l.role from relation l
     where l.person = $1 and ${isLasting('$4')}
       and not exists (select 1 from resource r where r.rid = l.source_rid and r.rt = $2 and r.id = $3)`,
    [person, resourceType, id ?? '', context.now],
  )
  return rows.flatMap(referencesToPeople)
}
