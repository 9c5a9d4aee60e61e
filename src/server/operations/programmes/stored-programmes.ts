import type { PlanDefinition } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { Programme } from '#domain/programme/programme.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
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

/** The definition under which somebody was invited; undefined if it cannot be read. */
export type DefinedThen = (
  entry: Pick<ProgrammeEntry, 'programme' | 'version'>,
) => StoredProgramme | undefined

const keyOf = (id: string, version: number | string) => `${id}|${version}`

/**
 * Each entry is read by the version under which the person was invited, and by what stands if that cannot be read. A
 * record may have more versions: one that changes nothing of the programme is a version too.
 */
export async function definedThen(
  sql: ReadingSql,
  entries: readonly Pick<ProgrammeEntry, 'programme' | 'version'>[],
  all: readonly StoredProgramme[],
): Promise<DefinedThen> {
  const now = new Map(all.map((each) => [each.programme.id, each]))
  const known = new Map(all.map((each) => [keyOf(each.programme.id, each.programme.version), each]))
  const wanted = new Map(
    entries
      .map(({ programme, version }) => [keyOf(programme, version), [programme, version]] as const)
      .filter(([key]) => !known.has(key)),
  )
  if (wanted.size > 0) {
    const { rows } = await sql.query<{ content: PlanDefinition | string }>(
      `select distinct on (v.id, v.content ->> 'version') v.content
       from (select rt, id, vid, content from resource union all select rt, id, vid, content from history) v
       join unnest($1::text[], $2::text[]) as w(id, version) on w.id = v.id and w.version = v.content ->> 'version'
       where v.rt = 'PlanDefinition'
       order by v.id, v.content ->> 'version', v.vid desc`,
      [
        [...wanted.values()].map(([id]) => id),
        [...wanted.values()].map(([, version]) => String(version)),
      ],
    )
    for (const each of rows.flatMap(({ content }) =>
      knownAs(storedRecord<PlanDefinition>(content)),
    ))
      known.set(keyOf(each.programme.id, each.programme.version), each)
  }
  return ({ programme, version }) => known.get(keyOf(programme, version)) ?? now.get(programme)
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
