import type { Basic } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  type ChangeWords,
  isVoiceChange,
  type VoiceChange,
  voiceChangeFromFhir,
} from '#domain/voice/voice-change.ts'
import type { Partner } from '#server/outcome/partners.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** What was changed because of the words of these people, the oldest first. */
export async function voiceChanges(
  sql: ReadingSql,
  people: readonly string[],
): Promise<readonly VoiceChange[]> {
  if (people.length === 0) return []
  const { rows } = await sql.query<{ id: string; vid: number; content: unknown }>(
    `select r.id, r.vid, r.content from resource r
     where r.rt = 'Basic' and r.person = any($1) and r.content is not null
       and r.room not in ('restricted', 'sealed') order by r.rid`,
    [[...new Set(people)]],
  )
  return rows
    .map(({ id, vid, content }): Basic => {
      const record = storedRecord(content) as Basic
      return { ...record, id, meta: { ...record.meta, versionId: String(vid) } }
    })
    .filter(isVoiceChange)
    .map(voiceChangeFromFhir)
}

/** As it is read: when, by whom, of which organisation. */
export const changeAsRead = (
  { words, by, organisation, at }: ChangeWords,
  { all, zone }: Readonly<{ all: readonly Partner[]; zone: string }>,
) => ({
  ...{ words, by, on: dayOf(at, zone) },
  organisationName: all.find((each) => each.organisation === organisation)?.name ?? '',
})
