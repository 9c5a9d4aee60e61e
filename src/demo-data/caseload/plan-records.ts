import type {
  CarePlan,
  CareTeam,
  Condition,
  EpisodeOfCare,
  Extension,
  Goal,
  Observation,
  Provenance,
  Task,
} from '@medplum/fhirtypes'
import {
  at,
  concept,
  gableCodes,
  gableFhir,
  type Pointer,
  snomed,
  to,
} from '#demo-data/vocabulary/codes.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { categoriesOf, type NeedKind } from '#domain/plan/need-kind.ts'

/** The records that make up one plan, as the app itself writes them. */
export type PlanSeed = Readonly<{
  person: string
  personName: string
  caseId: string
  startedOn: string
  writtenOn: string
  reviewOn: string
  status?: 'active' | 'onhold'
}>

const amina = to('Practitioner', 'amina-yusuf', 'Amina Yusuf')

export function caseOf(seed: PlanSeed): EpisodeOfCare & { id: string } {
  return {
    resourceType: 'EpisodeOfCare',
    id: seed.caseId,
    status: seed.status ?? 'active',
    patient: to('Patient', seed.person),
    managingOrganization: to('Organization', 'brook-surgery', 'Brook Surgery'),
    careManager: amina,
    period: { start: at(seed.startedOn) },
  }
}

export function teamOf(
  seed: PlanSeed,
  members: readonly { role: string; member: Pointer }[],
): CareTeam & { id: string } {
  return {
    resourceType: 'CareTeam',
    id: `team-${seed.caseId}`,
    status: 'active',
    subject: to('Patient', seed.person),
    participant: members.map(({ role, member }) => ({
      role: [{ text: role }],
      member,
      period: { start: seed.startedOn },
    })),
  }
}

export function planOf(
  seed: PlanSeed,
  parts: {
    goals: readonly Goal[]
    needs: readonly Condition[]
    actions: readonly Task[]
    limits?: readonly Extension[]
  },
): CarePlan & { id: string } {
  return {
    resourceType: 'CarePlan',
    id: `plan-${seed.caseId}`,
    status: 'active',
    intent: 'plan',
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
            code: 'assess-plan',
          },
        ],
      },
    ],
    subject: to('Patient', seed.person),
    created: at(seed.writtenOn),
    author: amina,
    careTeam: [to('CareTeam', `team-${seed.caseId}`)],
    supportingInfo: [to('EpisodeOfCare', seed.caseId)],
    ...listed(
      'addresses',
      parts.needs.map((need) => to('Condition', need.id ?? '')),
    ),
    ...listed(
      'goal',
      parts.goals.map((goal) => to('Goal', goal.id ?? '')),
    ),
    ...listed(
      'activity',
      parts.actions.map((action) => ({ reference: to('Task', action.id ?? '') })),
    ),
    extension: [
      { url: `${gableFhir}/review-on`, valueDate: seed.reviewOn },
      ...(parts.limits ?? []),
    ],
  }
}

export function needOf(
  seed: PlanSeed,
  id: string,
  text: string,
  extra: { unmet?: boolean; kind?: NeedKind } = {},
): Condition & { id: string } {
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
      ],
    },
    category: categoriesOf(extra.kind, undefined) ?? [],
    code: { text },
    subject: to('Patient', seed.person),
    recordedDate: seed.writtenOn,
    recorder: amina,
    ...(extra.unmet ? { extension: [{ url: `${gableFhir}/unmet-need`, valueBoolean: true }] } : {}),
  }
}

export function goalOf(
  seed: PlanSeed,
  id: string,
  words: string,
  need?: Condition,
): Goal & { id: string } {
  return {
    resourceType: 'Goal',
    id,
    lifecycleStatus: 'active',
    achievementStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/goal-achievement', code: 'in-progress' },
      ],
    },
    description: { text: words },
    subject: to('Patient', seed.person),
    startDate: seed.writtenOn,
    expressedBy: to('Patient', seed.person, seed.personName),
    ...(need?.id ? { addresses: [to('Condition', need.id)] } : {}),
  }
}

export function actionOf(
  seed: PlanSeed,
  id: string,
  facts: {
    text: string
    owner: Pointer
    by: string
    goal?: Goal
    status?: Task['status']
    doneOn?: string
    /** who wrote it; absent: Amina */
    asked?: Pointer
  },
): Task & { id: string } {
  return {
    resourceType: 'Task',
    id,
    status: facts.status ?? 'accepted',
    intent: 'order',
    description: facts.text,
    for: to('Patient', seed.person),
    focus: facts.goal?.id ? to('Goal', facts.goal.id) : to('CarePlan', `plan-${seed.caseId}`),
    authoredOn: at(seed.writtenOn),
    requester: facts.asked ?? amina,
    owner: facts.owner,
    restriction: { period: { end: facts.by } },
    ...(facts.doneOn ? { executionPeriod: { end: at(facts.doneOn) } } : {}),
  }
}

/** FHIR has no empty lists: they are left out. */
function listed<Name extends string, Item>(name: Name, items: Item[]): { [K in Name]?: Item[] } {
  return items.length > 0 ? ({ [name]: items } as { [K in Name]?: Item[] }) : {}
}

export function aboutMeOf(
  seed: PlanSeed,
  section: keyof typeof aboutMeCodes,
  words: string,
  saidOn: string,
  supportedBy?: string,
): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: `about-${seed.person}-${section}`,
    status: 'final',
    code: { coding: [{ system: snomed, code: aboutMeCodes[section] }] },
    subject: to('Patient', seed.person),
    effectiveDateTime: at(saidOn),
    performer: [to('Patient', seed.person, seed.personName)],
    valueString: words,
    ...(supportedBy
      ? { extension: [{ url: `${gableFhir}/supported-by`, valueString: supportedBy }] }
      : {}),
  }
}

/** The person's agreement to version 1 of the plan: its version in a new database. */
export function agreementOf(
  seed: PlanSeed,
  who: Pointer,
  saidOn: string,
  words: string,
): Provenance & { id: string } {
  return {
    resourceType: 'Provenance',
    id: `agreement-${seed.caseId}-${who.reference?.split('/')[0] === 'Patient' ? 'person' : 'carer'}`,
    target: [{ reference: `CarePlan/plan-${seed.caseId}/_history/1` }, to('Patient', seed.person)],
    occurredDateTime: at(saidOn, '11:30'),
    recorded: at(saidOn, '11:30'),
    activity: concept(gableCodes, 'agree', 'Agreed'),
    agent: [{ who }],
    extension: [{ url: `${gableFhir}/words`, valueString: words }],
  }
}
