import { forStranger } from '#domain/card/opened-card.ts'
import { cardRequest } from '#domain/plan/worse/card-request.ts'
import { essentialsAnswer } from '#domain/plan/worse/essentials-answer.ts'
import { cardScope } from '#server/card/card-scope.ts'
import { mustBeWanted } from '#server/card/must-be-wanted.ts'
import { note } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { readEssentials } from '#server/worse/read-essentials.ts'

/**
 * What a printed emergency card holds. The person makes it, or a professional named in the care to whom the person said
 * yes, in words that stay in the audit log. A card on paper cannot be taken back: that is why nobody else makes one.
 */
export const emergencyCardOperation: Operation = {
  name: 'emergency-card',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'What a printed emergency card holds, without an NHS number and without what is restricted, with illnesses and circumstances, and with what matters and who has the whole plan, if asked for (illnesses, matters); for the person, or a professional named in the care with the person’s yes in words (agreed)',
  async run(call) {
    const { id = '', context, sql, now, today } = call
    const { agreed, illnesses, matters } = askedParameters(call, cardRequest)
    await mustBeWanted(context, id, agreed)
    await mustBeLiving(context, id, 'card')
    // the same as behind its link: whoever makes it, and never what is restricted, because anybody can find the paper
    const found = await readEssentials({ sql, scope: cardScope(id), now, today, person: id })
    if (!found) throw notFound()
    await note(context, new Map([[id, found.names]]), {
      ...{ act: 'E', way: '$emergency-card' },
      ...(agreed ? { why: agreed } : {}),
    })
    // anybody who finds the paper can read it, and it does not know what day it is
    const { birthDate } = found.essentials
    const card = forStranger(found.essentials, { illnesses, matters })
    return essentialsAnswer.write({ ...card, birthDate })
  },
}
