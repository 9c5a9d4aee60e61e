import { closedAs } from '#domain/access/labels/closed-as.ts'
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
    'Keeps what the person says to their support plan (plan, edition): agrees, words; said (how they said it), if a professional named in the care writes it down; returns the plan',
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

async function answerOf(
  context: RequestContext,
  { asked, plan, isOwn }: Answering,
): Promise<Answer> {
  const state = supportPlanState(plan)
  if (state === 'ended') throw unsound('This plan has ended', 'plan')
  if (state === 'draft' || plan.edition !== asked.edition)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'The plan was changed since. Read it again before you answer',
    )
  const said = asked.said.trim()
  if (!isOwn && said === '')
    throw unsound('Say how the person gave this answer, for example “on the phone”', 'said')
  const words = asked.words.trim()
  if (!asked.agrees && words === '')
    throw unsound('Say what is not right, so that it can be changed', 'words')
  const { who } = writerOf(context, plan.person)
  const by = isOwn ? who : await personIn(context, plan.person)
  return {
    ...{ edition: asked.edition, agrees: asked.agrees, words },
    by: { reference: by.reference, name: by.name },
    at: context.now.toISOString(),
    ...(isOwn ? { said: '', writtenDownBy: '' } : { said, writtenDownBy: who.name }),
  }
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
  last.writtenDownBy === next.writtenDownBy
