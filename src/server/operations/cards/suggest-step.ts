import type { Resource, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { closedAs } from '#domain/access/labels/closed-as.ts'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  type CardReason,
  type CardStep,
  ruleOfStep,
  type ShownCard,
} from '#domain/pathway/care-card.ts'
import { suggestStepRequest } from '#domain/pathway/person-cards.ts'
import { suggestionToFhir } from '#domain/suggestion/fhir.ts'
import { byRule } from '#server/assessment/given-answers.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { refuseAfterDeath } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { cardsOfPerson } from './cards-of-person.ts'

/**
 * Makes a suggestion of one step of a card that is shown for the person now. It is decided like every suggestion from
 * answers. Asked for twice, by two people, it is one: its id is made of the person, the step and what was found.
 */
export const suggestStepOperation: Operation = {
  name: 'suggest-step',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Makes a suggestion of one step of a card that is shown for the person: card, step, finding as the card said it. Returns the suggestion, the same one each time; it is accepted or dismissed with a reason, once',
  async run(call) {
    const { context, id: person = '' } = call
    const wish = askedParameters(call, suggestStepRequest)
    await mustBeInCare(context, person)
    return await withinRecord(
      context,
      async (inside) => {
        const { sql } = inside.service
        // two people who decide at once wait for each other
        await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `$suggest-step ${person}`,
        ])
        const { cards, records } = await cardsOfPerson(call, sql)
        const shown = cards.find(({ card }) => card.code === wish.card)
        const step = shown?.card.steps.find(({ code }) => code === wish.step)
        if (!shown || !step)
          throw new FhirProblem(404, 'not-found', 'This card is not shown for the person any more')
        if (shown.finding !== wish.finding)
          throw new FhirProblem(
            409,
            'conflict',
            'The record has changed since this card was read. Look at it again.',
          )
        return await kept(inside, { person, shown, step, records })
      },
      person,
    )
  },
}

async function mustBeInCare(context: RequestContext, person: string): Promise<void> {
  const { actor } = context
  const relation = await relationTo(context, person)
  const isInCare = relation === 'named' || relation === 'related'
  if (!isStaff(actor) || !actor.practitioner || !isInCare)
    throw forbidden('Only professionals who care for the person can decide about a card')
}

type Asked = Readonly<{
  person: string
  shown: ShownCard
  step: CardStep
  records: readonly Resource[]
}>

async function kept(context: RequestContext, asked: Asked): Promise<Task> {
  const { service } = context
  const { person } = asked
  const resource = taskFor(asked, context.now)
  const before = await service.store.read('Task', resource.id, everyone)
  if (before?.resource && before.person === person) return before.resource as Task
  await refuseAfterDeath(context, resource, { person, before: undefined })
  const request = {
    ...{ resource, person, expect: 'absent' as const, room: accessLabelOf(resource) },
    vouched: false,
  }
  const [written] = await service.store.writeMany([request])
  const done = { request, act: 'C' as const, person, written }
  await noteWritten(context, [done], '$suggest-step')
  return resource
}

function taskFor({ person, shown, step, records }: Asked, now: Date): Task & { id: string } {
  const { card, why, finding } = shown
  const code = ruleOfStep(card.code, step.code)
  const because = `${card.title}: ${why.map(({ words }) => words).join(', ')}`
  const rule = {
    ...{ code, version: card.version, asked: 'card', when: [], kind: step.kind },
    ...{ words: step.words, because, source: '', isOn: true },
    ...(step.days === undefined ? {} : { days: step.days }),
    ...(step.next ? { next: libraryUrl(step.next) } : {}),
  }
  const id = `as-${sha256Hex(`${person} ${code} ${finding}`).slice(0, 40)}-card`
  const { reasonReference: _, ...task } = suggestionToFhir({
    ...{ id, kind: step.kind, code, words: step.words, person, from: '' },
    made: { rule, because: because.slice(0, longestBecause), finding },
    ...{ by: byRule(card.title), at: now.toISOString() },
  })
  const [first] = why.filter(({ record }) => record.includes('/'))
  const reason = first ? { reasonReference: { reference: first.record } } : {}
  return reasonRecords(why, records).reduce<Task & { id: string }>(
    (closed, each) => closedAs(each, closed),
    { ...task, ...reason },
  )
}

const longestBecause = 500

/** The records that a card comes from: what follows is as closed as they are. A count comes from all of them. */
function reasonRecords(
  why: readonly CardReason[],
  records: readonly Resource[],
): readonly Resource[] {
  const isCount = why.some(({ record }) => record === 'score')
  return records.filter(
    (each) =>
      why.some(({ record }) => record === `${each.resourceType}/${each.id}`) ||
      (isCount && each.resourceType === 'Condition'),
  )
}
