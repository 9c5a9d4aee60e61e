import type { CareTeam, Communication, Consent, RelatedPerson } from '@medplum/fhirtypes'
import { type CarerEnding, carerEndingFromFhir, isCarerEnding } from '#domain/carer/carer-ending.ts'
import { type CarerOffer, carerOfferFromFhir } from '#domain/carer/carer-offer.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type AroundCarers = Readonly<{
  relatives: readonly RelatedPerson[]
  consents: readonly Consent[]
  /** the oldest first */
  offers: readonly CarerOffer[]
  /** why somebody stopped, with the id of the record that says so */
  endings: readonly Pick<CarerEnding, 'id' | 'carer' | 'words'>[]
}>

type Row = Readonly<{ rt: string; id: string; content: unknown }>

/** The carers of a person with what is shared with them and offered to them, whoever reads it. */
export async function recordsAroundCarers(sql: ReadingSql, person: string): Promise<AroundCarers> {
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.content from resource r
     where r.person = $1 and r.content is not null
       and (r.rt in ('RelatedPerson', 'Consent')
         or (r.rt = 'Communication'
           and (r.content::text like '%"carer-offer"%' or r.content::text like '%"carer-ended"%')))
     order by r.rid`,
    [person],
  )
  const of = <T extends { id?: string }>(type: string) =>
    rows
      .filter(({ rt }) => rt === type)
      .map(({ id, content }) => ({ ...(storedRecord(content) as T), id }))
  const messages = of<Communication>('Communication')
  return {
    relatives: of<RelatedPerson>('RelatedPerson'),
    consents: of<Consent>('Consent'),
    offers: messages.flatMap((each) => carerOfferFromFhir(each) ?? []),
    endings: messages
      .filter((each) => isCarerEnding(each) && each.status !== 'entered-in-error')
      .map((each) => ({ id: each.id, ...carerEndingFromFhir(each) })),
  }
}

/** One of the person’s own carers, who still helps. Throws 422. */
export async function carerOfPerson(
  { service }: RequestContext,
  person: string,
  id: string,
): Promise<RelatedPerson & { id: string }> {
  const stored = id ? await service.store.read('RelatedPerson', id, everyone) : undefined
  const relative = stored?.resource
  if (stored?.person !== person || relative?.resourceType !== 'RelatedPerson')
    throw notOneOfTheirs()
  if (relative.active === false) throw notOneOfTheirs()
  return { ...relative, id }
}

const notOneOfTheirs = () =>
  new FhirProblem(422, 'business-rule', 'Say which carer: one of the person’s own, who still helps')

/** The teams of a person, as they are. */
export async function teamsOf(
  sql: ReadingSql,
  person: string,
): Promise<readonly (CareTeam & { id: string })[]> {
  const { rows } = await sql.query<{ id: string; content: CareTeam | string }>(
    `select r.id, r.content from resource r
     where r.person = $1 and r.rt = 'CareTeam' and r.content is not null order by r.rid`,
    [person],
  )
  return rows.map(({ id, content }) => ({ ...storedRecord<CareTeam>(content), id }))
}
