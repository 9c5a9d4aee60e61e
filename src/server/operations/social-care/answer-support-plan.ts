import { closedAs } from '#domain/access/labels/closed-as.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import {
  answerSupportPlanRequest,
  type SupportPlan,
  type SupportPlanAnswer,
  supportPlanFromFhir,
  supportPlanState,
  supportPlanToFhir,
} from '#domain/social-care/support-plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { decidedForThem } from '#server/social-care/decided-for-them.ts'
import { asWritten, keptRecord, lockSocialCare, unsound } from '#server/social-care/kept-records.ts'
import { mustBeNamed } from '#server/social-care/must-be-named.ts'

const way = '$answer-support-plan'

/**
 * Keeps what the person says to their support plan: yes, or not like this. The answer is to one edition; who changes
 * the plan asks again. A professional named in the care may write down what the person said, and how they said it.
 */
export const answerSupportPlanOperation: Operation = {
  name: 'answer-support-plan',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Keeps what the person says to their support plan (plan, edition): agrees, words; said (how they said it), if a professional named in the care writes it down; forThem, if somebody else decides because the person cannot (way: authority or best-interests; rests: id of the document that gives the authority, or of the best-interests record; capacity: id of the record that says they cannot; on: the day); returns the plan',
  async run(call) {
    const { context, id: person = '' } = call
    const asked = askedParameters(call, answerSupportPlanRequest)
    return await withinRecord(
      context,
      async (inside) => {
        const isOwn = inside.actor.person === person
        if (!isOwn) await mustBeNamed(inside, person)
        await mustBeLiving(inside, person, 'agreement')
        await lockSocialCare(inside, person)
        const kept = await keptRecord(inside, { kind: 'support-plan', id: asked.plan, person })
        const plan = kept && supportPlanFromFhir(kept)
        if (!kept || !plan) throw notFound()
        const answer = await answerOf(inside, { asked, plan, isOwn })
        if (saysTheSame(plan.answers.at(-1), answer)) return kept
        const record = closedAs(
          kept,
          supportPlanToFhir({ ...plan, answers: [...plan.answers, answer] }),
        )
        await keepRecords(inside, [record], { person, way })
        return asWritten(record, plan.version + 1, kept)
      },
      person,
    )
  },
}

type Answering = Readonly<{ asked: SupportPlanAnswer; plan: SupportPlan; isOwn: boolean }>
type Answer = SupportPlan['answers'][number]

async function answerOf(context: RequestContext, answering: Answering): Promise<Answer> {
  const { asked, plan, isOwn } = answering
  mustBeAsked(answering)
  mustSayEnough(answering)
  const { who } = writerOf(context, plan.person)
  const decided = asked.forThem && (await decidedForThem(context, plan.person, asked.forThem))
  const by = decided?.by ?? (isOwn ? who : await personIn(context, plan.person))
  return {
    ...given('forThem', decided?.forThem),
    ...{ edition: asked.edition, agrees: asked.agrees, words: asked.words.trim() },
    by: { reference: by.reference, name: by.name },
    at: context.now.toISOString(),
    ...(isOwn
      ? { said: '', writtenDownBy: '' }
      : { said: asked.said.trim(), writtenDownBy: who.name }),
  }
}

/** The plan waits for an answer to this edition. */
function mustBeAsked({ asked, plan }: Answering): void {
  const state = supportPlanState(plan)
  if (state === 'ended') throw unsound('This plan has ended', 'plan')
  if (state === 'draft' || plan.edition !== asked.edition)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'The plan was changed since. Read it again before you answer',
    )
}

function mustSayEnough({ asked, isOwn }: Answering): void {
  if (isOwn && asked.forThem)
    throw unsound('Your own answer is yours: nobody else decides in it', 'forThem')
  if (!isOwn && asked.said.trim() === '')
    throw unsound('Say how the person gave this answer, for example “on the phone”', 'said')
  if (!asked.agrees && asked.words.trim() === '')
    throw unsound('Say what is not right, so that it can be changed', 'words')
}

async function personIn(context: RequestContext, person: string) {
  const [name] = (await patientOf(context, person))?.name ?? []
  const words = [...(name?.given ?? []), name?.family ?? ''].join(' ').trim()
  return { reference: `Patient/${person}`, name: words }
}

const saysTheSame = (last: Answer | undefined, next: Answer): boolean =>
  last?.edition === next.edition &&
  last.agrees === next.agrees &&
  last.words === next.words &&
  last.said === next.said &&
  last.writtenDownBy === next.writtenDownBy &&
  last.by.name === next.by.name &&
  JSON.stringify(last.forThem) === JSON.stringify(next.forThem)
