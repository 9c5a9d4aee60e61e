import type {
  Communication,
  Provenance,
  QuestionnaireResponse,
  Resource,
  Task,
} from '@medplum/fhirtypes'
import { answerIn } from '#domain/agreement/fhir.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import type { DoneFacts } from '#domain/programme/fidelity.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { ProgrammeReading } from './entry-rows.ts'
import { joinedToSql } from './joined-to.ts'

const factKinds = ['Communication', 'QuestionnaireResponse', 'Provenance', 'Task']

/** What was done with these people, from the records that the reader may see: also under a record that was joined to theirs. */
export async function doneFacts(
  { sql, scope, now, zone }: ProgrammeReading,
  persons: readonly string[],
): Promise<ReadonlyMap<string, DoneFacts>> {
  const params = new Params()
  const wanted = params.add([...new Set(persons)], 'text[]')
  const { rows } = await sql.query<{ person: string; content: Resource | string }>(
    `${joinedToSql}, whole(kept, person) as (
       select w.kept, w.kept from unnest(${wanted}) as w(kept)
       union select j.kept, j.person from joined_to j where j.kept = any(${wanted}))
     select w.kept as person, r.content from whole w join resource r on r.person = w.person
     where r.content is not null and r.rt = any(${params.add(factKinds, 'text[]')}) and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  const byPerson = new Map<string, Resource[]>()
  for (const { person, content } of rows)
    byPerson.set(person, [...(byPerson.get(person) ?? []), storedRecord<Resource>(content)])
  return new Map([...byPerson].map(([person, records]) => [person, factsIn(records, zone)]))
}

export const nothingDone: DoneFacts = { contacts: [], assessments: [], answers: [], tasks: [] }

function factsIn(records: readonly Resource[], zone: string): DoneFacts {
  const on = (instant = '') => dayOf(instant, zone)
  const of = <R extends Resource>(type: R['resourceType']) =>
    records.filter((each) => each.resourceType === type) as unknown as readonly R[]
  return {
    contacts: of<Communication>('Communication').flatMap((each) => {
      const contact = contactFromFhir(each)
      return contact ? [{ day: on(contact.at), reached: contact.reached }] : []
    }),
    assessments: of<QuestionnaireResponse>('QuestionnaireResponse').flatMap((each) => {
      const finished = finishedIn(each)
      const form = each.questionnaire?.split('|')[0] ?? ''
      return finished === undefined ? [] : [{ day: on(each.authored), form, finished }]
    }),
    answers: of<Provenance>('Provenance').flatMap((each) => {
      const answer = answerIn(each)
      const day = on(each.occurredDateTime ?? each.recorded)
      return answer ? [{ day, agreed: answer !== 'disagree' }] : []
    }),
    tasks: of<Task>('Task').flatMap((each) => {
      const state = taskState(each)
      return state ? [{ day: on(each.authoredOn), state }] : []
    }),
  }
}

function finishedIn({ status }: QuestionnaireResponse): boolean | undefined {
  if (status === 'completed' || status === 'amended') return true
  return status === 'stopped' ? false : undefined
}

function taskState({ intent, status }: Task): DoneFacts['tasks'][number]['state'] | undefined {
  if (intent !== 'order' || status === 'entered-in-error' || status === 'draft') return undefined
  if (status === 'completed') return 'done'
  return ['rejected', 'cancelled', 'failed'].includes(status) ? 'not-done' : 'open'
}
