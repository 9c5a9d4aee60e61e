import type { Task } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { referralStateOf } from '#domain/referral/fhir.ts'
import {
  answerNeedsWords,
  type ReferralState,
  referralMayBecome,
} from '#domain/referral/referral.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Answer = Readonly<{ prior: Task; person: string | undefined }>

/** Who asks whom for whom, when, and until when. */
const fixed: readonly string[] = [
  ...['authoredOn', 'requester', 'restriction', 'for', 'focus', 'owner', 'code', 'intent'],
  'description',
]

/**
 * Whether this is an answer to a referral for a case manager. Throws 403 and 422 for an answer out of its order, by
 * somebody who is not asked, without words, or with a change of what was sent.
 */
export async function mustBeAnsweredRightly(
  context: RequestContext,
  task: Task,
  { prior, person }: Answer,
): Promise<boolean> {
  const changed = changedElements(prior, task)
  if (context.actor.role === 'admin') return false
  if (changed.some((each) => fixed.includes(each)))
    throw refusal('A referral stays as it was sent', 'restriction')
  const [from, to] = [referralStateOf(prior), referralStateOf(task)]
  if (from === to) {
    // another code for waiting would take it out of the list
    if (changed.includes('status')) throw refusal('A referral waits as requested', 'status')
    return false
  }
  // the single point of access knows no steps between, and a new one is sent instead of an old one again
  if (!caseAnswers.includes(to) || !referralMayBecome(from, to))
    throw refusal(`A referral that is ${from} stays so`, 'status')
  if (to !== 'closed' && to !== 'sent' && answerNeedsWords(to)) mustHaveWords(task)
  await mustBeTheirs(context, { prior, person }, to)
  return true
}

const caseAnswers: readonly ReferralState[] = [
  ...(['accepted', 'signposted', 'refused', 'closed', 'withdrawn'] as const),
]

async function mustBeTheirs(
  context: RequestContext,
  { prior, person }: Answer,
  state: ReferralState,
): Promise<void> {
  const { actor } = context
  const mine = [...namesOf(actor), `Organization/${actor.organisation ?? ''}`]
  const isFrom = (who: Task['owner']) => mine.includes(who?.reference ?? '')
  if (state !== 'withdrawn') {
    if (!isFrom(prior.owner)) throw forbidden('A referral is answered by the team that is asked')
    return
  }
  // those who are named in the care tidy up for who sent it
  if (isFrom(prior.requester) || (await relationTo(context, person)) === 'named') return
  throw forbidden('A referral is withdrawn by who sent it')
}

function mustHaveWords({ statusReason }: Task): void {
  if ((statusReason?.text ?? '').trim() === '')
    throw refusal('Say why, or who helps instead', 'statusReason')
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Task.${element}` })
