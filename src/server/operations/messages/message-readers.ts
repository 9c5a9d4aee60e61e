import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { instantIn } from '#domain/calendar/zone.ts'
import { consentedLabelsFor } from '#domain/consent/consent.ts'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'
import { answerTime } from '#domain/message/answer-time.ts'
import { messageReadersAnswer, type WhoReadsMessages } from '#domain/message/messages-answer.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { planHolder } from '#domain/plan/worse/plan-holder.ts'
import { recordsAroundCarers } from '#server/carer/carers-of.ts'
import { note } from '#server/http/request-context.ts'
import { teamHours } from '#server/message/team-hours.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Who reads a message about a person that is written now, and when. For everybody who may see the person. */
export const messageReadersOperation: Operation = {
  name: 'message-readers',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Who reads messages about the person, and when: the team that coordinates the care with its working days and bank holidays, whose task it is, from when on a message that is sent now is read and by when it has been seen, and the carers with whom the conversation is shared (a carer is told no other carer’s name)',
  async run(call) {
    const { id = '', context, now } = call
    const stored = await context.service.store.read('Patient', id, everyone)
    if (stored?.resource?.resourceType !== 'Patient') throw notFound()
    const episodes = await casesOf(call, id)
    const standing = episodes.find(({ status }) => status === 'active' || status === 'onhold')
    const organisation =
      standing?.managingOrganization?.reference ?? planHolder(stored.resource, episodes)?.reference
    const found = await teamHours(context.service.sql, organisation ? [idIn(organisation)] : [])
    const hours = found.get(idIn(organisation))
    const time = answerTime(now, hours ?? {}, context.zone)
    await note(context, new Map([[id, [`Patient/${id}`]]]), { act: 'R', way: '$message-readers' })
    return messageReadersAnswer.write({
      organisation: hours?.name ?? '',
      ...coordinatorIn(standing),
      ...given('from', time && instantIn(context.zone, time.from)),
      ...given('by', time && instantIn(context.zone, time.by)),
      ...{ isNow: time?.isNow ?? false, isKnown: time?.isKnown ?? false },
      ...(await carersFor(call)),
    })
  },
}

function coordinatorIn(standing: EpisodeOfCare | undefined): Pick<WhoReadsMessages, 'coordinator'> {
  const { reference, display = '' } = standing?.careManager ?? {}
  return reference ? { coordinator: { reference, name: display } } : {}
}

type Row = Readonly<{ id: string; content: unknown }>

async function casesOf({ context }: OperationCall, person: string) {
  const { rows } = await context.service.sql.query<Row>(
    `select r.id, r.content from resource r
     where r.rt = 'EpisodeOfCare' and r.person = $1 and r.content is not null order by r.rid`,
    [person],
  )
  return rows.map(({ id, content }) => ({ ...(storedRecord(content) as EpisodeOfCare), id }))
}

/** Those with whom the conversation is shared today. A carer is told their own name, and how many others there are. */
async function carersFor({
  actor,
  id = '',
  context,
  now,
  today,
}: OperationCall): Promise<Pick<WhoReadsMessages, 'carers' | 'others'>> {
  const { relatives, consents } = await recordsAroundCarers(context.service.sql, id)
  const at = instantIn(context.zone, now)
  const found = relatives
    .filter(({ active }) => active !== false)
    .map((each) => ({
      reference: `RelatedPerson/${each.id}`,
      name: nameInWords(each.name, today),
    }))
    .filter(({ reference }) =>
      consentedLabelsFor(consents, reference, at).read.includes('conversation'),
    )
  const mine = actor.caresFor?.map(({ relatedPerson }) => `RelatedPerson/${relatedPerson}`) ?? []
  const shown =
    actor.role === 'carer' ? found.filter(({ reference }) => mine.includes(reference)) : found
  return { carers: shown.map((who) => ({ who })), others: found.length - shown.length }
}
