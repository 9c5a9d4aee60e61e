import type { Bundle, CarePlan, PlanDefinition, Resource, Task } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { clockToday } from '#client/clock.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { PlanMovedOn } from '#client/queries/care-plan/agreement.ts'
import { changePlan, writtenNow } from '#client/queries/care-plan/plan.ts'
import { actionToFhir, goalToFhir } from '#domain/goal/fhir.ts'
import { needToFhir } from '#domain/plan/fhir.ts'
import {
  type Plan,
  type SituationLine,
  type WhatIf,
  type Who,
  whatIfIdFor,
} from '#domain/plan/plan.ts'
import { whatIfFromFhir, whatIfToFhir } from '#domain/plan/worse/what-if-fhir.ts'
import type { DecidedWay } from '#domain/suggestion/suggested-change.ts'
import { decidedTask } from '#domain/suggestion/suggested-change-fhir.ts'
import {
  applyTemplateAnswer,
  applyTemplateRequest,
  retireTemplateRequest,
  templateCounts,
} from '#domain/template/apply-template-request.ts'
import type { SuggestedItem } from '#domain/template/suggested-item.ts'
import { templateFromFhir } from '#domain/template/template-fhir.ts'

export const templateQueries = {
  /** Every template, and which of them are retired. */
  offered: () =>
    queryOptions({
      queryKey: ['templates'],
      queryFn: async ({ signal }) => {
        const answer = await fhir.operation<Bundle>('PlanDefinition/$templates', undefined, signal)
        const isOne = (each: Resource): each is PlanDefinition =>
          each.resourceType === 'PlanDefinition'
        return recordsIn(answer).filter(isOne).map(templateFromFhir)
      },
      meta: { kinds: ['PlanDefinition'] },
    }),
  /** How often each item was taken and dismissed, without names. */
  counts: () =>
    queryOptions({
      queryKey: ['template-counts'],
      queryFn: async ({ signal }) =>
        templateCounts.read(
          await fhir.operation('PlanDefinition/$template-counts', undefined, signal),
        ).rows,
      meta: { kinds: ['Task'] },
    }),
}

/** Suggests items of a template; returns how many are new for this person. */
export async function applyTemplate(
  person: string,
  template: string,
  items: readonly string[],
): Promise<number> {
  const request = applyTemplateRequest.write({ template, items })
  const answer = await fhir.operation(`Patient/${person}/$apply-template`, request)
  await noteChangeEvent(['Task'])
  return applyTemplateAnswer.read(answer).suggested
}

export async function retireTemplate(
  template: string,
  retired: boolean,
  reason: string,
): Promise<void> {
  const request = retireTemplateRequest.write({ template, retired, reason })
  await fhir.operation<PlanDefinition>('PlanDefinition/$retire-template', request)
  await noteChangeEvent(['PlanDefinition'])
}

type Choosing = Readonly<{
  item: SuggestedItem
  /** the words as they are taken */
  taken: string
  way: DecidedWay
  person: Who
  plan: Plan | undefined
  whatIf: WhatIf | undefined
}>

/** The id of a record that an item becomes: taken twice, in two places, it is one record. */
const becomesId = ({ id }: SuggestedItem) => id.replace(/^item-/, 'from-')

/** An item of a template becomes part of the plan, in one transaction with the choice. */
export async function acceptTemplateItem(choosing: Choosing): Promise<void> {
  const { item, plan } = choosing
  const [made, became] = madeFrom(choosing)
  const kind = { need: 'write-need', goal: 'write-goal', step: 'write-action' } as const
  await orMovedOn(() =>
    changePlan({
      ...{
        person: item.person,
        planId: plan?.id,
        room: item.kind === 'what-if' ? 'roof' : 'conversation',
      },
      kind: item.kind === 'what-if' ? 'write-what-if' : kind[item.kind],
      untold: [`Task/${item.id}`],
      edits: [made, decisionOn(choosing, became)],
      adjust: (now) => withItem(now, item.kind, became.split('/')[1] ?? ''),
    }),
  )
}

function withItem(plan: Plan, kind: SuggestedItem['kind'], id: string): Plan {
  const including = (list: readonly string[]) => [...new Set([...list, id])]
  if (kind === 'need') return { ...plan, needs: including(plan.needs) }
  if (kind === 'goal') return { ...plan, goals: including(plan.goals) }
  return kind === 'step' ? { ...plan, actions: including(plan.actions) } : plan
}

const decisionOn = ({ item, taken, way }: Choosing, became: string): Edit => ({
  ...{ type: 'Task', id: item.id },
  onto: (current) => {
    const task = current as Task | undefined
    if (task?.status !== 'requested') throw new PlanMovedOn()
    const decided = decidedTask(task, { way, seen: '', taken })
    return { ...decided, id: item.id, focus: { reference: became } }
  },
})

function madeFrom(choosing: Choosing): readonly [Edit, string] {
  const { item, taken, way, person, plan } = choosing
  const id = becomesId(item)
  const written = writtenNow(item.person)
  // what the person says is in the person’s name; what the team chooses is the team’s
  const speaker = way === 'self' ? written.by : person
  const helper = speaker.reference === written.by.reference ? {} : { supportedBy: written.by }
  const facts = { id, person: item.person, written }
  const made = (
    resource: ReturnType<typeof needToFhir | typeof goalToFhir | typeof actionToFhir>,
  ) =>
    [
      {
        ...{ type: resource.resourceType, id, isNew: true },
        onto: (current) => (current ? undefined : resource),
      } satisfies Edit,
      `${resource.resourceType}/${id}`,
    ] as const
  if (item.kind === 'need')
    return made(
      needToFhir({ ...facts, words: taken, unmet: false, resolved: false, askedOn: clockToday() }),
    )
  if (item.kind === 'goal')
    return made(
      goalToFhir({
        ...{ ...facts, words: taken, why: '', needs: [], state: 'proposed', since: clockToday() },
        ...{ expressedBy: speaker, ...helper },
      }),
    )
  if (item.kind === 'step')
    return made(
      actionToFhir({
        ...{ ...facts, what: taken, note: '', state: 'planned' },
        ...(plan ? { planId: plan.id } : {}),
      }),
    )
  return lineFrom(choosing)
}

const nothing = { sign: '', doWhat: '', ring: '' }

/** A line of its own for if things get worse: the situation and what to do then stay together, and join no other. */
function lineFrom({ item, taken, whatIf, way, person, plan }: Choosing): readonly [Edit, string] {
  const written = writtenNow(item.person)
  const { by, at } = written
  const caseId = plan?.caseId ?? whatIf?.caseId
  if (!caseId) throw new PlanMovedOn()
  const id = whatIf?.id ?? whatIfIdFor(caseId)
  const isOthers = way === 'said' && person.reference !== by.reference
  const line: SituationLine = {
    ...{ id: becomesId(item), level: item.place?.startsWith('red') ? 'red' : 'amber' },
    ...{ words: taken, said: isOthers ? { by: person, helper: by, at } : { by, at } },
  }
  const fresh: WhatIf = {
    ...{ id, person: item.person, caseId, green: nothing, amber: nothing, red: nothing },
  }
  const edit: Edit = {
    ...{ type: 'CarePlan', id, isNew: whatIf === undefined },
    onto: (current) => {
      const onto = current as CarePlan | undefined
      const standing = onto ? whatIfFromFhir(onto) : fresh
      const others = (standing.situations ?? []).filter((each) => each.id !== line.id)
      return whatIfToFhir({ ...standing, situations: [...others, line], written }, onto)
    },
  }
  return [edit, `CarePlan/${id}`]
}

/** An item that does not fit this person; it never comes again. */
export async function dismissTemplateItem(
  item: SuggestedItem,
  reason: string,
  way: DecidedWay,
): Promise<void> {
  const edit: Edit = {
    ...{ type: 'Task', id: item.id },
    onto: (current) => {
      const task = current as Task | undefined
      if (task?.status !== 'requested') throw new PlanMovedOn()
      return { ...decidedTask(task, { way, seen: '', reason }), id: item.id }
    },
  }
  await orMovedOn(() => saveTogether({ edits: [edit] }))
}

async function orMovedOn(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const isConflict = error instanceof FhirError && error.status === 409
    if (!isConflict && !(error instanceof PlanMovedOn)) throw error
    await noteChangeEvent(['Task', 'CarePlan'])
    throw new PlanMovedOn()
  }
}
