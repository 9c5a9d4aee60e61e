import type { Resource, ResourceType } from '@medplum/fhirtypes'
import { clockZone } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { mergeEditOf } from '#client/forms/merge-edit.ts'
import { changePlan } from '#client/queries/care-plan/plan.ts'
import { actionKind, goalKind } from '#domain/goal/fhir.ts'
import { aboutMeKind } from '#domain/plan/about-me-fhir.ts'
import { needKind } from '#domain/plan/fhir.ts'
import { wordsTold } from '#domain/plan/house/telling-of.ts'
import type { Plan, PlanRecord } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { whatIfKind } from '#domain/plan/worse/what-if-fhir.ts'

// biome-ignore lint/suspicious/noExplicitAny: each kind is used with records of its own type only
type AnyKind = RecordKind<any, any>

/** What the author of the last change can undo, by type of record. */
const undoKinds: Readonly<Record<string, AnyKind>> = {
  Goal: goalKind,
  Task: actionKind,
  Condition: needKind,
  Observation: aboutMeKind,
  CarePlan: whatIfKind,
}

type Undone = Readonly<{
  type: string
  person: string
  planId: string | undefined
  /** the record as this user saved it, and as it was before */
  last: PlanRecord
  former: PlanRecord
}>

/**
 * Puts back what a record said before this user’s last change, as a new version. Merges, waits offline and meets
 * conflicts as every save does; the service refuses it if somebody else wrote since.
 */
export async function undoChange({ type, person, planId, last, former }: Undone): Promise<void> {
  const kind = undoKinds[type]
  if (!kind) return
  const { room } = wordsTold({ resourceType: type } as Resource)
  await changePlan({
    ...{ person, planId, kind: 'undo', room },
    edits: [mergeEditOf(kind, { base: last, mine: { ...former, id: last.id } })],
    adjust: (plan) => withPart(plan, type, former),
  })
}

const listOf: Readonly<Record<string, 'goals' | 'actions' | 'needs'>> = {
  ...{ Goal: 'goals', Task: 'actions', Condition: 'needs' },
}

/** A part that the last change had taken out of the plan is in it again. */
function withPart(plan: Plan, type: string, former: PlanRecord): Plan {
  const list = listOf[type]
  const { state, resolved } = former as Readonly<{ state?: string; resolved?: boolean }>
  if (!list || state === 'stopped' || resolved || plan[list].includes(former.id)) return plan
  return { ...plan, [list]: [...plan[list], former.id] }
}

/** The same for a record by its address (`Goal/1`): both versions are read first. */
export async function undoLastChange(
  facts: Readonly<{ person: string; planId: string | undefined; record: string }>,
): Promise<void> {
  const { person, planId, record } = facts
  const [type = '', id = ''] = record.split('/')
  const kind = undoKinds[type]
  const current = await fhir.read(type as ResourceType, id)
  const version = Number(current.meta?.versionId)
  if (!kind || !(version > 1)) return
  const before = await fhir.readVersion(type as ResourceType, id, String(version - 1))
  const read = (resource: Resource) => kind.fromFhir(resource, clockZone()) as PlanRecord
  await undoChange({ type, person, planId, last: read(current), former: read(before) })
}
