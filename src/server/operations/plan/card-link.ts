import type { Parameters, Patient } from '@medplum/fhirtypes'
import {
  cardLinkActs,
  cardLinkAnswer,
  cardLinkMonths,
  cardLinkRequest,
} from '#domain/card/card-link.ts'
import { deathIn } from '#domain/person/death.ts'
import { isInUse } from '#domain/person/joined.ts'
import {
  endCardLink,
  keepNewCardLink,
  latestCardLink,
  newCardToken,
  renewCardLink,
  type StoredCardLink,
} from '#server/card/card-links.ts'
import { cardScope } from '#server/card/card-scope.ts'
import { mustBeHereForLong, mustBeWanted, ownOrNamed } from '#server/card/must-be-wanted.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'

/** Whether the person’s emergency card has a link, and until when it works. Nobody can read the link itself again. */
export const cardLinkOperation: Operation = {
  name: 'card-link',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Whether the emergency card of a person has a link, who made it, and until when it works; for the person, or a professional named in the care',
  async run({ id = '', context, now }) {
    await ownOrNamed(context, id)
    return answerOf(await latestCardLink(context.service.sql, id, now))
  },
}

const way = '$set-card-link'
const longestYes = 1000

/**
 * Makes the link of an emergency card, lets it work for longer, or stops it. Making needs the person’s yes; stopping does
 * not. A new link stops the one before. Only the answer to `new` holds the token: the service keeps its hash.
 */
export const setCardLinkOperation: Operation = {
  name: 'set-card-link',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose: `Makes the link of a person’s emergency card (act=new: the one before stops), lets it work for ${cardLinkMonths} months from today (renew), or stops it (end); for the person, or a professional named in the care with the person’s yes in words (agreed). The token is only in the answer to new`,
  async run(call) {
    const { id = '', context, now } = call
    if (context.service.ground)
      throw new FhirProblem(422, 'not-supported', 'A link needs the team server')
    const asked = askedParameters(call, cardLinkRequest)
    const act = cardLinkActs.find((each) => each === asked.act)
    if (!act) throw new FhirProblem(400, 'value', 'act must be new, renew or end')
    const agreed = asked.agreed.trim().slice(0, longestYes)
    if (act === 'end') await ownOrNamed(context, id)
    else await mustBeMade(call, { id, agreed })
    return await withinRecord(context, async (inside) => {
      const token = await doneTo(inside, id, act)
      await note(inside, new Map([[id, [`Patient/${id}`]]]), {
        ...{ act: 'E', way, why: [act, agreed].filter(Boolean).join(': ') },
      })
      return answerOf(await latestCardLink(inside.service.sql, id, now), token)
    })
  },
}

async function mustBeMade(
  call: OperationCall,
  { id, agreed }: Readonly<{ id: string; agreed: string }>,
): Promise<void> {
  await mustBeWanted(call.context, id, agreed)
  await mustBeHereForLong(call.context, id)
  await mustOpenSomething(call, id)
}

/** A link that would open nothing is not made. */
async function mustOpenSomething({ context }: OperationCall, id: string): Promise<void> {
  const read = await context.service.store.read('Patient', id, cardScope(id))
  const patient = read?.resource as Patient | undefined
  if (!patient || !isInUse(patient))
    throw new FhirProblem(
      422,
      'business-rule',
      'This record is restricted, or joined to another: its card gets no link',
    )
  if (deathIn(patient))
    throw new FhirProblem(422, 'business-rule', 'The person has died: their card gets no link')
}

/** Returns the token of a new link. */
async function doneTo(
  { service, actor, now }: RequestContext,
  person: string,
  act: (typeof cardLinkActs)[number],
): Promise<string | undefined> {
  // of two at once the second one stops what the first one made
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${person}`,
  ])
  const expires = new Date(now)
  expires.setUTCMonth(expires.getUTCMonth() + cardLinkMonths)
  const change = { person, by: actor.name, now, expires }
  if (act === 'new') {
    const { token, hash } = newCardToken()
    await keepNewCardLink(service.sql, change, hash)
    return token
  }
  const changed = await (act === 'end' ? endCardLink : renewCardLink)(service.sql, change)
  if (changed === 0 && act === 'renew')
    throw new FhirProblem(409, 'conflict', 'There is no link that works. Make a new one')
  return undefined
}

function answerOf(link: StoredCardLink | undefined, token?: string): Parameters {
  const {
    id: _own,
    person: _known,
    ...shown
  } = link ?? { id: '', person: '', state: 'none' as const }
  return cardLinkAnswer.write({ ...shown, ...(token ? { token } : {}) })
}
