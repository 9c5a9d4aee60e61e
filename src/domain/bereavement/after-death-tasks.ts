import type { Coding, Resource, Task } from '@medplum/fhirtypes'
import { closedAs } from '#domain/access/labels/closed-as.ts'
import { addDays } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { given, ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
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

/** To whom the record is closed that says it: what the team is asked from it is as closed. Absent: to nobody. */
type Closing = Readonly<{ closing?: readonly Coding[] }>

export type AfterDeath = Readonly<{
  person: string
  name: string
  coordinator?: Who
  carers: readonly (Readonly<{ id: string; name: string }> & Closing)[]
  /** who comes to the person’s home */
  visitors: readonly (Readonly<{ name: string }> & Closing)[]
  today: string
  now: Date
}>

type Asked = Readonly<{ kind: Kind; about: string; what: string }> & Closing

/**
 * What the team still does for those around a person who has died: each once, for the coordinator, otherwise for whoever
 * of the team takes it. Asked for by the service, in nobody’s name.
 */
export function afterDeathTasks(death: AfterDeath): readonly (Task & { id: string })[] {
  const { name, carers } = death
  const asked: readonly Asked[] = [
    {
      ...{ kind: 'condolence', about: '' },
      what: `Tell the family of ${name} that we are sorry: call, or write a card`,
    },
    ...carers.map(
      (carer): Asked => ({
        ...{ kind: 'carer', about: carer.id },
        what: `Ask ${carer.name || 'the carer'} how they are after the death of ${name}, and tell them about bereavement support`,
        ...given('closing', carer.closing),
      }),
    ),
    {
      ...{ kind: 'collect', about: '' },
      what: `Arrange that the medicines and the equipment of ${name} are collected`,
    },
    ...tellings(death),
  ]
  return asked.map((each) => taskFor(death, each))
}

/** What everybody may read in one task, and what is closed in one for each way in which it is closed. */
function tellings({ name, visitors }: AfterDeath): readonly Asked[] {
  const what = `Tell those who come to ${name} that ${name} has died`
  const groups = Map.groupBy(visitors, ({ closing }) => closingName(closing))
  const named = (some: AfterDeath['visitors'] = []) => {
    const names = new Set(some.map((each) => each.name))
    return names.size > 0 ? `${what}: ${[...names].join(', ')}` : what
  }
  const closed = [...groups].filter(([about]) => about !== '')
  return [
    { kind: 'tell', about: '', what: named(groups.get('')) },
    ...closed.map(
      ([about, some]): Asked => ({
        ...{ kind: 'tell', about, what: named(some) },
        ...given('closing', some[0]?.closing),
      }),
    ),
  ]
}

const closingName = (closing: Closing['closing'] = []) =>
  closing.map(({ code = '' }) => code.toLowerCase()).join('-')

/** One for each person and matter, however often a death is recorded. */
const idFor = (person: string, { kind, about }: Asked) =>
  [code, kind, about, person].filter(Boolean).join('-').slice(0, mostOfId)

const mostOfId = 64

function taskFor(death: AfterDeath, asked: Asked): Task & { id: string } {
  const { person, coordinator, today, now } = death
  const closing = { meta: { security: [...(asked.closing ?? [])] } }
  return closedAs<Task & { id: string }>(closing, {
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
  })
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
