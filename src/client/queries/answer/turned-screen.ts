import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday, clockZone } from '#client/clock.ts'
import { callServer } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { deviceReady } from '#client/offline/device-ready.ts'
import { narrowTo, useSession } from '#client/session/session.ts'
import type { TurnedScreen } from '#client/session/turned-screen.ts'
import type { AnswerHelper } from '#domain/agreement/given-how.ts'
import {
  type TurnedAnswer,
  turnedAnswerRequest,
  turnScreenRequest,
} from '#domain/agreement/turned-answer-request.ts'
import { houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists } from '#domain/plan/house/house-records.ts'
import type { Plan } from '#domain/plan/plan.ts'

/**
 * Turns the screen to the person. The server narrows the session first: without a network nothing is turned. Rejects
 * with `FhirError`; of kind `stale` if the plan has changed since it was read.
 */
export async function turnScreen(plan: Plan, helpers: readonly AnswerHelper[]): Promise<void> {
  const version = Number(plan.version)
  await callServer<Parameters | undefined>({
    method: 'POST',
    path: `CarePlan/${plan.id}/$turn-screen`,
    body: turnScreenRequest.write({ version, helpers }),
  })
  const { actor } = useSession.getState()
  const by = { identity: actor?.identity ?? '', name: actor?.name ?? '' }
  narrowTo({ person: plan.person, plan: plan.id, version: String(version), by })
}

/** The plan on the turned screen. Only the server has it: nothing on the device answers instead. */
export const turnedPlan = ({ plan, version }: TurnedScreen) =>
  queryOptions({
    queryKey: ['turned-plan', plan, version],
    queryFn: async ({ signal }) => {
      // in the embedded app no server answers before the records are open
      await deviceReady()
      const path = `CarePlan/${plan}/$turned-plan`
      const { entry = [] } = await callServer<Bundle>({ method: 'GET', path, signal })
      const records = entry.flatMap(({ resource }) => resource ?? [])
      const patient = records.find((each): each is Patient => each.resourceType === 'Patient')
      if (!patient) throw new FhirError({ status: 404 })
      const facts = { today: clockToday(), zone: clockZone() }
      return houseFromFhir({ patient, ...houseLists(records) }, facts)
    },
  })

/** Sends the answer. One that had arrived counts as sent. */
export async function sendTurnedAnswer(plan: string, answer: TurnedAnswer): Promise<void> {
  await deviceReady()
  await callServer<Parameters>({
    method: 'POST',
    path: `CarePlan/${plan}/$turned-answer`,
    body: turnedAnswerRequest.write(answer),
  })
}
