import type { CareTeam, Consent, RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { carerEndingToFhir } from '#domain/carer/carer-ending.ts'
import { endCarerAnswer, endCarerRequest } from '#domain/carer/carers-answer.ts'
import { asksForRooms, namedIn } from '#domain/consent/consent.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { carerOfPerson, recordsAroundCarers, teamsOf } from '#server/carer/carers-of.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { mustBeShort } from '#server/validation/short-words.ts'

const way = '$end-carer'

/**
 * Somebody no longer cares for the person: their access ends at once, with every share. Who they were, and what they
 * wrote, stays. The carer, the person and professionals named in the care can say it.
 */
export const endCarerOperation: Operation = {
  name: 'end-carer',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Ends the part of a carer, by the carer, the person or a professional named in the care: carer, why; their access ends at once',
  async run(call) {
    const { context, id: person = '', today } = call
    const { carer, why } = askedParameters(call, endCarerRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mayEnd(inside, person, carer)
        const relative = await carerOfPerson(inside, person, carer)
        const records = [
          ended(relative, today),
          ...whyEnded(inside, { person, carer, words: mustBeShort(why) }),
          ...(await sharesEnded(inside, person, carer)),
          ...(await teamsLeft(inside, { person, carer, today })),
        ]
        await keepRecords(inside, records, { person, way })
        return endCarerAnswer.write({ carer, ended: true })
      },
      person,
    )
  },
}

async function mayEnd(context: RequestContext, person: string, carer: string): Promise<void> {
  const { actor } = context
  if (actor.caresFor?.some((each) => each.relatedPerson === carer)) return
  const relation = await relationTo(context, person)
  if (relation === 'self') return
  const isNamed = isStaff(actor) && relation === 'named'
  if (isNamed && (await hasLastingAccess(context, person))) return
  throw forbidden('Only the carer, the person and professionals named in the care end it')
}

const ended = (relative: RelatedPerson & { id: string }, today: string) => ({
  ...relative,
  active: false,
  period: { ...relative.period, end: today },
})

type Ending = Readonly<{ person: string; carer: string; words: string }>

/** Not in the carer’s own record: other carers read that. */
function whyEnded(context: RequestContext, { person, carer, words }: Ending) {
  if (!words) return []
  const { who: by, at } = writerOf(context, person)
  return [carerEndingToFhir({ id: crypto.randomUUID(), carer, words, by, at }, person)]
}

/** A share with others as well stays for them: only this carer is taken out of it. */
async function sharesEnded(
  { service }: RequestContext,
  person: string,
  carer: string,
): Promise<readonly (Consent & { id: string })[]> {
  const { consents } = await recordsAroundCarers(service.sql, person)
  const reference = `RelatedPerson/${carer}`
  return consents
    .filter((each) => namedIn(each).includes(reference))
    .filter((each) => each.status === 'active' || asksForRooms(each))
    .map((each) => shareEnded(each, reference))
}

function shareEnded(share: Consent, reference: string): Consent & { id: string } {
  const { id = '', provision } = share
  if (provision && namedIn(share).some((each) => each !== reference))
    return { ...share, id, provision: without(provision, reference) }
  return { ...share, id, status: share.status === 'active' ? 'inactive' : 'rejected' }
}

type Provision = NonNullable<Consent['provision']>

/** The place in the share stays, and names nobody: without one it would be for whomever the share around it names. */
function without(provision: Provision, reference: string): Provision {
  const nested = provision.provision?.map((each) => without(each, reference))
  const actor = provision.actor?.map((each) =>
    each.reference.reference === reference
      ? { ...each, reference: { display: 'A carer whose part has ended' } }
      : each,
  )
  return { ...provision, ...(actor ? { actor } : {}), ...(nested ? { provision: nested } : {}) }
}

type Leaving = Readonly<{ person: string; carer: string; today: string }>

async function teamsLeft(
  context: RequestContext,
  { person, carer, today }: Leaving,
): Promise<readonly (CareTeam & { id: string })[]> {
  const reference = `RelatedPerson/${carer}`
  const stands = ({ member, period }: Participant) =>
    member?.reference === reference && !period?.end
  const teams = await teamsOf(context.service.sql, person)
  return teams
    .filter(({ participant = [] }) => participant.some(stands))
    .map((team) => ({
      ...team,
      participant: (team.participant ?? []).map((each) =>
        stands(each) ? { ...each, period: { ...each.period, end: today } } : each,
      ),
    }))
}

type Participant = NonNullable<CareTeam['participant']>[number]
