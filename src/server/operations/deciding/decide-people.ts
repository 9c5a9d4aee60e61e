import type { Practitioner } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import {
  type CaseDecisionKind,
  caseDecisions,
  type DecidedPerson,
  type DecidePeople,
  type DecisionFault,
  decidePeopleAnswer,
  decidePeopleRequest,
  decisionFault,
  longestDeferral,
  longestReason,
  mostDecidedAtOnce,
} from '#domain/case/decide-people.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { whoWorksHere } from '#server/operations/lists/list-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { freshenSomeSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { decideOnPerson, type ListedDecision } from './decide-on-person.ts'

/**
 * Decides about one person of a list, or about many: each in a transaction of their own, so that a refusal for one
 * stops nobody else, and nothing is half done for anybody.
 */
export const decidePeopleOperation: Operation = {
  name: 'decide-people',
  on: 'type',
  type: 'Patient',
  changes: true,
  alone: true,
  purpose:
    'Decides about people on a list, each for itself: decision (take-on, defer, decline, reopen, undo), person for each (id; seen, or for undo the case and version of the answer), reason and lookAgain (defer), reason (decline), coordinator (take-on, a colleague of the same organisation). Answers for each person what was done (referral: somebody who asked for it waits for an answer), or why not',
  async run(call) {
    const { actor, context } = call
    if (!isStaff(actor) || actor.role === 'program')
      throw forbidden('Only people who care for others decide about a list')
    const asked = askedParameters(call, decidePeopleRequest)
    const decision = await soundDecision(call, asked)
    const chosen = peopleIn(asked)
    const clock = { now: call.now, zone: context.zone }
    const ids = chosen.map(({ id }) => id)
    await freshenSomeSummaries(context.service.sql, clock, ids)
    const people: DecidedPerson[] = []
    for (const person of chosen) people.push(await decideOnPerson(context, decision, person))
    return decidePeopleAnswer.write({
      done: people.filter(({ done }) => done).length,
      people,
    })
  },
}

/** Everybody once. Throws 400 for nobody, and 422 for more than can be decided about at once. */
function peopleIn({ people }: DecidePeople): DecidePeople['people'] {
  const each = new Map(people.map((person) => [person.id, person]))
  if (each.size === 0 || each.has(''))
    throw new FhirProblem(400, 'required', 'Say about whom (person, with an id)')
  if (each.size > mostDecidedAtOnce)
    throw new FhirProblem(
      ...([422, 'too-costly'] as const),
      `${mostDecidedAtOnce} people at most can be decided about at once`,
    )
  return [...each.values()]
}

async function soundDecision(call: OperationCall, asked: DecidePeople): Promise<ListedDecision> {
  const kind = caseDecisions.find((each): each is CaseDecisionKind => each === asked.decision)
  if (!kind)
    throw new FhirProblem(400, 'value', `decision must be one of ${caseDecisions.join(', ')}`)
  const fault = decisionFault(asked, call.today)
  if (fault)
    throw new FhirProblem(422, 'business-rule', faultWords[fault], {
      expression: fault.includes('reason') ? 'reason' : 'lookAgain',
    })
  const reason = asked.reason?.trim() ?? ''
  if (kind === 'defer') return { kind, reason, lookAgain: asked.lookAgain ?? '' }
  if (kind === 'decline') return { kind, reason }
  return kind === 'take-on' ? { kind, coordinator: await coordinatorFor(call, asked) } : { kind }
}

const faultWords: Readonly<Record<DecisionFault, string>> = {
  'no-reason': 'Give a reason',
  'long-reason': `A reason has ${longestReason} characters at most`,
  'no-day': 'Give the day to look again (lookAgain) as YYYY-MM-DD',
  'day-passed': 'The day to look again must be after today',
  'day-too-late': `The day to look again must be within ${longestDeferral} days`,
}

/** The caller, or a colleague who works in the caller’s organisation today. Throws 422 for anybody else. */
async function coordinatorFor(
  call: OperationCall,
  { coordinator = '' }: DecidePeople,
): Promise<Who> {
  const { actor, context, today } = call
  if (coordinator === '' || coordinator === actor.practitioner)
    return writerOf(context, undefined).who
  const reference = `Practitioner/${coordinator}`
  const here = actor.organisation ? await whoWorksHere(call, [reference]) : new Set()
  const stored = await context.service.store.read('Practitioner', coordinator, everyone)
  const colleague = stored?.resource as Practitioner | undefined
  if (!here.has(reference) || !colleague)
    throw new FhirProblem(
      422,
      'business-rule',
      'Only somebody who works in your organisation can be the coordinator',
      { expression: 'coordinator' },
    )
  return { reference, name: nameInWords(colleague.name, today), voice: 'professional' }
}
