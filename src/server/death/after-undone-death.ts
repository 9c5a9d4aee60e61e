import type { EpisodeOfCare, Flag, Task } from '@medplum/fhirtypes'
import { alertDutyExtension, alertDutyName, alertDutyOf } from '#domain/alert/alert-duty.ts'
import { answerBy } from '#domain/alert/answer-by.ts'
import { dutyNow, raisedAlerts } from '#domain/alert/raised-alert.ts'
import { isAfterDeathTask, withdrawnAfterDeath } from '#domain/bereavement/after-death-tasks.ts'
import { asBeforeDeath } from '#domain/bereavement/ended-by-death.ts'
import { openAgainTask } from '#domain/bereavement/open-again-task.ts'
import type { TeamHours } from '#domain/contact/open-times.ts'
import { idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { teamHours } from '#server/message/team-hours.ts'
import { withLastingOwner } from '#server/task/owner-with-access.ts'
import { validateResource } from '#server/validation/validate.ts'

type Call = Pick<RequestContext, 'service' | 'now' | 'zone'>

type Undone = Readonly<{ person: string; name: string; today: string; now: Date }>

/** What changes once a death was taken back: what it ended comes back, and what it asked for is withdrawn. */
export async function afterUndoneDeath(
  call: Call,
  undone: Undone,
  records: readonly ResourceWithId[],
): Promise<readonly ResourceWithId[]> {
  const cases = records.filter((each) => each.resourceType === 'EpisodeOfCare')
  const hours = await hoursOfTeam(call, cases)
  const back = records.flatMap((record) => comesBack(record, { ...call, hours }))
  const asked = await askedToOpen(call, { ...undone, cases }, [...back, ...records])
  return [...back, ...(asked ? [asked] : [])]
}

function comesBack(record: ResourceWithId, facts: Facts): readonly ResourceWithId[] {
  if (isAfterDeathTask(record)) return [withdrawnAfterDeath(record) ?? []].flat()
  const stood = asBeforeDeath(record, facts.now)
  if (!stood || validateResource(stood).length > 0) return []
  return [stood.resourceType === 'Flag' ? withTimeToAnswer(stood, facts) : stood]
}

type Facts = Readonly<{ now: Date; zone: string; hours: TeamHours }>

/** Nobody could answer while the death stood: whoever had to, has the whole time again. */
function withTimeToAnswer(flag: Flag & { id: string }, facts: Facts): Flag & { id: string } {
  const [alert] = raisedAlerts([flag])
  const duty = alertDutyOf(flag)
  if (!alert || !duty || dutyNow(alert, facts.now).is === 'answered') return flag
  const again = { ...duty, answerBy: answerBy(facts.now, facts).toISOString() }
  return { ...flag, ...withExtensions(flag, { [alertDutyName]: [alertDutyExtension(again)] }) }
}

async function hoursOfTeam({ service }: Call, cases: readonly EpisodeOfCare[]): Promise<TeamHours> {
  const current = cases.find(({ status }) => status === 'active' || status === 'onhold')
  const organisation = idIn(current?.managingOrganization?.reference)
  const found = await teamHours(service.sql, organisation ? [organisation] : [])
  return found.get(organisation) ?? {}
}

/** Once: what somebody has still to do is not asked again. Whoever has left, or has no access, is asked for nothing. */
async function askedToOpen(
  call: Call,
  undone: Undone & Readonly<{ cases: readonly EpisodeOfCare[] }>,
  records: readonly ResourceWithId[],
): Promise<(Task & { id: string }) | undefined> {
  const task = openAgainTask(undone)
  const stood = records.find(({ resourceType, id }) => resourceType === 'Task' && id === task?.id)
  if (!task || (stood && !isOver(stood as Task))) return undefined
  return await withLastingOwner(call, undone.person, task)
}

const isOver = ({ status }: Task) =>
  ['completed', 'cancelled', 'failed', 'rejected', 'entered-in-error'].includes(status)
