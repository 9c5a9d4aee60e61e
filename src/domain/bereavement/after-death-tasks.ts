import type { Resource, Task } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

const code = 'after-death'

type Kind = 'condolence' | 'carer' | 'collect' | 'tell'

/** Days after the death became known. Our own suggestion, and no clinical rule: a team changes the task as it likes. */
const daysAfterDeath: Readonly<Record<Kind, number>> = {
  tell: 1,
  condolence: 3,
  carer: 7,
  collect: 7,
}

export type AfterDeath = Readonly<{
  person: string
  name: string
  coordinator?: Who
  carers: readonly Readonly<{ id: string; name: string }>[]
  /** who comes to the person’s home */
  visitors: readonly string[]
  today: string
  now: Date
}>

type Asked = Readonly<{ kind: Kind; about: string; what: string }>

/**
 * What the team still does for those around a person who has died: each once, for the coordinator, otherwise for whoever
 * of the team takes it. Asked for by the service, in nobody’s name.
 */
export function afterDeathTasks(death: AfterDeath): readonly (Task & { id: string })[] {
  const { name, carers, visitors } = death
  const asked: readonly Asked[] = [
    {
      ...{ kind: 'condolence', about: '' },
      what: `Tell the family of ${name} that we are sorry: call, or write a card`,
    },
    ...carers.map(
      (carer): Asked => ({
        ...{ kind: 'carer', about: carer.id },
        what: `Ask ${carer.name || 'the carer'} how they are after the death of ${name}, and tell them about bereavement support`,
      }),
    ),
    {
      ...{ kind: 'collect', about: '' },
      what: `Arrange that the medicines and the equipment of ${name} are collected`,
    },
    {
      ...{ kind: 'tell', about: '' },
      what:
        visitors.length > 0
          ? `Tell those who come to ${name} that ${name} has died: ${visitors.join(', ')}`
          : `Tell those who come to ${name} that ${name} has died`,
    },
  ]
  return asked.map((each) => taskFor(death, each))
}

/** One for each person and matter, however often a death is recorded. */
const idFor = (person: string, { kind, about }: Asked) =>
  [code, kind, about, person].filter(Boolean).join('-').slice(0, mostOfId)

const mostOfId = 64

function taskFor(death: AfterDeath, asked: Asked): Task & { id: string } {
  const { person, coordinator, today, now } = death
  return {
    resourceType: 'Task',
    id: idFor(person, asked),
    status: 'requested',
    intent: 'order',
    code: { coding: [...(ownCode('staff-task').coding ?? []), { system: gableCodeSystem, code }] },
    for: { reference: `Patient/${person}` },
    description: asked.what,
    authoredOn: now.toISOString(),
    ...(coordinator ? { owner: referenceTo(coordinator) } : {}),
    restriction: { period: { end: addDays(today, daysAfterDeath[asked.kind]) } },
  }
}

/** Asked for because the person died: it stays when everything else ends. */
export const isAfterDeathTask = (resource: Resource | undefined): resource is Task =>
  resource?.resourceType === 'Task' &&
  (resource.code?.coding?.some((each) => each.system === gableCodeSystem && each.code === code) ??
    false)

const withdrawnReason = 'The record of the death was removed'

/** A task that a wrong record of a death asked for: withdrawn, unless somebody has begun it. */
export function withdrawnAfterDeath(task: Task): (Task & { id: string }) | undefined {
  const { id = '', status } = task
  if (status !== 'requested') return undefined
  return { ...task, id, status: 'cancelled', statusReason: { text: withdrawnReason } }
}

/** Withdrawn by the service, and not stopped by somebody. */
export const isWithdrawnTask = ({ status, statusReason }: Task): boolean =>
  status === 'cancelled' && statusReason?.text === withdrawnReason
