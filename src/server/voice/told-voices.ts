import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { type AfterConversation, afterFromFhir } from '#domain/preparation/after-conversation.ts'
import { afterForm } from '#domain/preparation/prompts.ts'
import { type ShownVoice, voiceSexes } from '#domain/voice/voices.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'

/** Words are shown for a year: our own choice. */
const daysShown = 366
/** Fewer could be recognised by their age and sex. */
const fewest = 5

/** Words that a person lets others read, and the record that holds them. */
export type ToldVoice = Readonly<{
  voice: string
  answer: string
  person: string
  after: AfterConversation
  who?: NonNullable<ShownVoice['who']>
}>

type Row = Readonly<{
  id: string
  person: string
  content: unknown
  gender: string | null
  birth: string | null
}>

/**
 * All words that may be shown: with the person’s leave, of no restricted record, of nobody who said no to planning. Of all
 * organisations of the partnership, as the leave says. Those that say whose they are come first, the newest month first;
 * the others in an order that says nothing about when they were written.
 */
export async function toldVoices(
  sql: ReadingSql,
  { today, zone }: Readonly<{ today: string; zone: string }>,
): Promise<readonly ToldVoice[]> {
  const { rows } = await sql.query<Row>(
    `select r.id, r.person, r.content, w.content ->> 'gender' as gender, w.content ->> 'birthDate' as birth
     from resource r
     join resource w on w.rt = 'Patient' and w.id = r.person and w.content is not null and ${diedSql('w')} is null
     where r.rt = 'QuestionnaireResponse' and r.content is not null and r.content ->> 'status' = 'completed'
       and r.content ->> 'questionnaire' like '${afterForm.url}%' and r.content ->> 'authored' >= $1
       and r.room not in ('restricted', 'sealed') and w.room not in ('restricted', 'sealed')
       and not ${optedOutSql('r.person', 'planning')}`,
    [addDays(today, -daysShown)],
  )
  const answers = rows.flatMap((row) => answerIn(row, zone) ?? [])
  const among = Map.groupBy(answers, ({ key }) => key)
  return answers
    .filter(({ after }) => after.mayShow && after.way === 'own' && after.words !== '')
    .map(({ who, key, ...rest }): ToldVoice => {
      const people = new Set(among.get(key)?.map(({ person }) => person))
      return { ...rest, ...(who && people.size >= fewest ? { who } : {}) }
    })
    .toSorted((one, other) => orderOf(one, other))
}

const orderOf = (one: ToldVoice, other: ToldVoice) =>
  (other.who?.month ?? '').localeCompare(one.who?.month ?? '') ||
  one.voice.localeCompare(other.voice)

function answerIn({ id, person, content, gender, birth }: Row, zone: string) {
  const response = storedRecord(content) as QuestionnaireResponse
  const after = isRestricted(response) ? undefined : afterFromFhir(response)
  if (!after) return undefined
  const on = dayOf(after.at, zone)
  const age = ageOn(birth ?? undefined, on)
  const sex = voiceSexes.find((each) => each === gender)
  const who =
    age === undefined || !sex ? undefined : { sex, band: bandOf(age), month: on.slice(0, 7) }
  return {
    ...{ voice: sha256Hex(`voice ${id}`).slice(0, 32), answer: id, person, after, who },
    key: who ? `${who.sex} ${who.band} ${who.month}` : '',
  }
}

const bandOf = (age: number) => Math.min(90, Math.max(10, Math.floor(age / 10) * 10))
