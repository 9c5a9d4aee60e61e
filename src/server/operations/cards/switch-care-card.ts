import { isStaff } from '#domain/access/actor.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { careCardToFhir } from '#domain/pathway/care-card-fhir.ts'
import { careCardList, switchCareCardRequest } from '#domain/pathway/person-cards.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { holdRule } from '#server/operations/suggestions/hold-rule.ts'
import { mustManageRules } from '#server/operations/suggestions/must-manage-rules.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { careCardsNow } from './care-cards-now.ts'

/** Every card as it is here, with its sources. */
export const careCardListOperation: Operation = {
  name: 'care-card-list',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'Every pathway card and medicine prompt: its words and sources, its version, whether it is on, and who switched it last',
  async run({ actor, context }) {
    if (!isStaff(actor) && actor.role !== 'manager' && actor.role !== 'admin')
      throw forbidden('Only staff can see the cards')
    const cards = await careCardsNow(context.service.sql)
    return careCardList.write({
      cards: cards.map(({ code, version, kind, title, lines, isOn, changedBy, changedAt }) => ({
        ...{ code, version, kind, title, lines, on: isOn },
        ...{ ...given('changedBy', changedBy), ...given('changedAt', changedAt) },
      })),
    })
  },
}

/** Switches a card off, or on again. What was decided of it stays. */
export const switchCareCardOperation: Operation = {
  name: 'switch-care-card',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Switches a pathway card or medicine prompt off, or on again: card, on, reason; it becomes a new version with who did it and why. It holds for everybody here. For managers and administrators',
  async run(call) {
    const { actor, now, context } = call
    mustManageRules(actor)
    const { card: code, on, reason } = askedParameters(call, switchCareCardRequest)
    return await withinRecord(context, async (inside) => {
      await holdRule(inside, `card ${code}`)
      const card = (await careCardsNow(inside.service.sql)).find((each) => each.code === code)
      if (!card) throw new FhirProblem(404, 'not-found', 'There is no such card')
      if (reason.trim() === '') throw new FhirProblem(400, 'required', 'Give a reason')
      // the same again, because the first answer was lost
      if (card.isOn === on) return careCardToFhir(card)
      const changed = careCardToFhir({
        ...{ ...card, isOn: on, version: card.version + 1 },
        ...{ changedBy: actor.name, changedAt: now.toISOString() },
      })
      const why = { url: gableUrl('changed-why'), valueString: reason.trim() }
      const request = { resource: { ...changed, extension: [why] }, expect: 'anything' as const }
      const written = await inside.service.store.write(request)
      const done = [{ request, act: 'U' as const, person: undefined, before: undefined, written }]
      await noteWritten(inside, done, '$switch-care-card')
      return request.resource
    })
  },
}
