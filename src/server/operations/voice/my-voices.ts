import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  afterFromFhir,
  isAfterConversation,
  isLeaveGiven,
  withLeave,
} from '#domain/preparation/after-conversation.ts'
import { myVoicesParameters, voiceLeaveRequest } from '#domain/voice/voices.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { partners } from '#server/outcome/partners.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { changeAsRead, voiceChanges } from '#server/voice/voice-changes.ts'

function mustBeThemselves({ actor, id }: OperationCall): void {
  if (!id || actor.person !== id) throw forbidden('Only the person sees and decides this')
}

const saidNo = async (sql: ReadingSql, person: string): Promise<boolean> => {
  const { rows } = await sql.query<{ no: boolean }>(
    `select ${optedOutSql('$1', 'planning')} as no`,
    [person],
  )
  return rows[0]?.no ?? false
}

/** The person’s own words after conversations, who may read them, and what was changed because of them. */
export const myVoicesOperation: Operation = {
  name: 'my-voices',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'What the person said in their own words after conversations, whether each may be shown without the name, and what was changed because of it; isLeftOut: nothing is shown, because the person said no to planning. For the person alone',
  async run(call) {
    mustBeThemselves(call)
    const { id: person = '', context } = call
    const { sql } = context.service
    const { rows } = await sql.query<{ id: string; content: unknown }>(
      `select r.id, r.content from resource r
       where r.rt = 'QuestionnaireResponse' and r.person = $1 and r.content is not null order by r.rid desc`,
      [person],
    )
    const [all, changes] = [await partners(sql), await voiceChanges(sql, [person])]
    return myVoicesParameters.write({
      isLeftOut: await saidNo(sql, person),
      voices: rows.flatMap(({ id, content }) => {
        const after = ownAnswer(storedRecord(content) as QuestionnaireResponse)
        if (!after) return []
        const { words, at, mayShow = false } = after
        const changed = changes.filter((each) => each.answer === id)
        return {
          ...{ answer: id, words, on: dayOf(at, context.zone), mayShow },
          changes: changed.flatMap(({ said: [newest] }) =>
            newest ? [changeAsRead(newest, { all, zone: context.zone })] : [],
          ),
        }
      }),
    })
  },
}

/** Words that the person wrote: nobody gives leave for what somebody else wrote down. */
function ownAnswer(record: QuestionnaireResponse) {
  if (!isAfterConversation(record)) return undefined
  const after = afterFromFhir(record)
  return after?.way === 'own' && after.words !== '' ? after : undefined
}

const way = '$voice-leave'

/** The person lets words be shown, or takes that back: they are gone at once. */
export const voiceLeaveOperation: Operation = {
  name: 'voice-leave',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Lets the person’s own words after a conversation be shown without the name to all who work for a partner, or takes that back at once: answer (id of the QuestionnaireResponse), leave. For the person alone',
  async run(call) {
    mustBeThemselves(call)
    const { id: person = '', context } = call
    const { answer, leave } = askedParameters(call, voiceLeaveRequest)
    return await withinRecord(
      context,
      async (inside) => {
        const record = await ownRecord(inside, answer, person)
        if (leave && (await saidNo(inside.service.sql, person)))
          throw new FhirProblem(
            ...([422, 'business-rule'] as const),
            'You said no to the use of your data for planning, so your words are shown to nobody',
          )
        if (isLeaveGiven(record) !== leave)
          await keepRecords(inside, [withLeave(record, leave)], { person, way })
        return voiceLeaveRequest.write({ answer, leave })
      },
      person,
    )
  },
}

async function ownRecord({ service }: RequestContext, id: string, person: string) {
  const stored = id ? await service.store.read('QuestionnaireResponse', id, everyone) : undefined
  const resource = stored?.person === person ? stored.resource : undefined
  if (resource?.resourceType !== 'QuestionnaireResponse' || !ownAnswer(resource)) throw notFound()
  return { ...resource, id }
}
