import type { Observation } from '@medplum/fhirtypes'
import { type Actor, namesOf } from '#domain/access/actor.ts'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { extensionOf, given, idIn, ownCode } from '#domain/fhir/references-and-extensions.ts'
import { answeredAloneRequest } from '#domain/goal/said/answered-alone-request.ts'
import { roundOf } from '#domain/goal/said/attainment-score.ts'
import { answeredAloneLabel, goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { partyIn } from '#server/goals/record-goal-view.ts'
import { withoutLabel } from '#server/goals/show-round.ts'
import { whose } from '#server/http/request-context.ts'
import { auditSearchRequest } from '#server/interactions/audit-search-request.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { canReceive } from '#server/realtime/can-receive.ts'
import { recordOwnerOf } from '#server/store/access/record-owner.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'

type View = Observation & { id: string }

/**
 * The answers of rounds that are still open. A reader who has answered sees those of the others; to anybody else they
 * come without what was answered, so that they show only who has.
 */
export const answeredAloneOperation: Operation = {
  name: 'answered-alone',
  on: 'type',
  type: 'Observation',
  changes: false,
  purpose:
    'Scores of goals, and what each party puts first, in rounds that are still open: without the answer for a reader who has not answered; patient',
  async run(call) {
    const { patient } = askedParameters(call, answeredAloneRequest)
    if (!patient) throw new FhirProblem(400, 'required', 'Say of which patient, by id')
    const found = await shownTo(call, patient)
    const what = await whose(call.context, found)
    await auditSearchRequest(call.context, { what, asked: [patient] })
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      entry: found.map((resource) => ({
        fullUrl: `${call.context.base}/Observation/${resource.id}`,
        resource,
        search: { mode: 'match' as const },
      })),
    }
  },
}

async function shownTo(call: OperationCall, person: string): Promise<readonly View[]> {
  const { context, store } = call
  const about = { person, room: 'conversation' }
  if (!(await canReceive(about, context.accessScope, store))) return []
  const { rows } = await context.service.sql.query<
    Omit<StoredVersionRow, 'content'> & { content: View }
  >(
    `select rt, id, vid, ts, person, content from resource
     where person = $1 and rt = 'Observation' and room = 'alone' and content is not null order by rid`,
    [person],
  )
  const answers = rows.map((row) => completeRow(row) as View)
  const rounds = Map.groupBy(answers, roundName)
  const shown = [...rounds.values()].flatMap((round) => ofRound(round, call.actor))
  const seen = await Promise.all(shown.map(async (each) => await withVisibleGoal(call, each)))
  return seen.flatMap((each) => each ?? [])
}

function roundName(answer: View): string {
  const code = goalObservationCode(answer)
  const goal = code === 'top-goal' ? '' : answer.focus?.[0]?.reference
  return `${code} ${goal} ${roundOf(answer)}`
}

function ofRound(round: readonly View[], actor: Actor): readonly View[] {
  const mine = namesOf(actor)
  const ours = [...mine, ...(actor.organisation ? [`Organization/${actor.organisation}`] : [])]
  const hasAnswered = round.some((each) => ours.includes(partyIn(each)))
  return round.map((each) => {
    const isOwn = mine.includes(each.performer?.[0]?.reference ?? '')
    const helper = extensionOf(each, 'supported-by')?.valueReference?.reference ?? ''
    return hasAnswered || isOwn || mine.includes(helper) ? each : masked(each)
  })
}

const shownOfMasked = ['round', 'attainment-scale-number', 'supported-by', 'for-organisation']

/** Who answered, and when; nothing of what was answered, not even in a text that somebody added. */
function masked({ id, meta, status, subject, performer, ...rest }: View): View {
  const code = goalObservationCode({ ...rest, status, resourceType: 'Observation' })
  const { versionId, lastUpdated } = meta ?? {}
  return {
    ...{ resourceType: 'Observation', id, status, code: ownCode(code ?? '') },
    meta: {
      ...given('versionId', versionId),
      ...given('lastUpdated', lastUpdated),
      security: [answeredAloneLabel],
    },
    ...given('subject', subject),
    ...given('performer', performer),
    ...given('effectiveDateTime', rest.effectiveDateTime),
    ...given('focus', code === 'top-goal' ? undefined : rest.focus),
    extension: (rest.extension ?? []).filter(({ url }) =>
      shownOfMasked.some((name) => url === gableUrl(name)),
    ),
    dataAbsentReason: { coding: [{ system: hl7CodeSystem('data-absent-reason'), code: 'masked' }] },
  }
}

/** A score of a goal that the reader cannot see is left out; a choice of it is shown as one that they may not see. */
async function withVisibleGoal(call: OperationCall, answer: View): Promise<View | undefined> {
  const { store, scope } = call
  if (!(await isOpenTo(call, answer))) return undefined
  const goal = idIn(answer.focus?.[0]?.reference)
  if (!goal || (await store.read('Goal', goal, scope))) return answer
  return goalObservationCode(answer) === 'top-goal' ? masked(answer) : undefined
}

/** An answer that its giver restricted is for those who may see it when its round is shown. */
async function isOpenTo({ context, store, actor }: OperationCall, answer: View): Promise<boolean> {
  if (namesOf(actor).includes(answer.performer?.[0]?.reference ?? '')) return true
  const room = accessLabelOf(withoutLabel(answer))
  return await canReceive({ person: recordOwnerOf(answer), room }, context.accessScope, store)
}
