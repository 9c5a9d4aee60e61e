import type { PlanDefinition } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { programmeFromFhir } from '#domain/programme/programme-fhir.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { ReadingStore } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type StoredProgramme = Readonly<{ definition: PlanDefinition; programme: Programme }>

const mostProgrammes = 200

/** All programmes, those in use first, by name. */
export async function storedProgrammes(sql: ReadingSql): Promise<readonly StoredProgramme[]> {
  const { rows } = await sql.query<{ content: PlanDefinition | string }>(
    `select content from resource where rt = 'PlanDefinition' and content is not null
       and content #> '{type,coding}' @> '[{"code": "programme"}]'
     order by content ->> 'status', content ->> 'title', rid limit ${mostProgrammes}`,
  )
  return rows.flatMap(({ content }) => knownAs(storedRecord<PlanDefinition>(content)))
}

export async function storedProgramme(
  store: ReadingStore,
  id: string,
): Promise<StoredProgramme | undefined> {
  const { resource } = (await store.read('PlanDefinition', id, everyone)) ?? {}
  return resource?.resourceType === 'PlanDefinition' ? knownAs(resource)[0] : undefined
}

/** As it was defined then. Its record may have more versions: one that changes nothing of the programme is a version too. */
export async function programmeAt(
  sql: ReadingSql,
  id: string,
  version: number,
): Promise<StoredProgramme | undefined> {
  const { rows } = await sql.query<{ content: PlanDefinition | string }>(
    `select v.content from (select rt, id, vid, content from resource
       union all select rt, id, vid, content from history) v
     where v.rt = 'PlanDefinition' and v.id = $1 and v.content ->> 'version' = $2
     order by v.vid desc limit 1`,
    [id, String(version)],
  )
  return rows.flatMap(({ content }) => knownAs(storedRecord<PlanDefinition>(content)))[0]
}

function knownAs(definition: PlanDefinition): readonly StoredProgramme[] {
  const programme = programmeFromFhir(definition)
  return programme ? [{ definition, programme }] : []
}

/** An administrator, or its owner. */
export const mayChangeProgramme = (actor: Actor, programme: Programme): boolean =>
  actor.role === 'admin' ||
  (actor.practitioner !== undefined &&
    programme.owner?.reference === `Practitioner/${actor.practitioner}`)
