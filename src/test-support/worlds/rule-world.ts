import type { Parameters as FhirParameters, OperationOutcome } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import type { RuleLine } from '#domain/rule/rule-lines.ts'
import { ruleParameters, rulePeopleAnswer, saveRuleRequest } from '#domain/rule/rule-parameters.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import type { eachStore } from '#test-support/servers/stores.ts'

type Open = Parameters<Parameters<typeof eachStore>[1]>[0]

const now = new Date('2026-03-02T09:00:00Z')
const today = '2026-03-02'

const living = (id: string, birthDate: string | undefined, more: object = {}) => ({
  ...{ resourceType: 'Patient', id, ...(birthDate ? { birthDate } : {}) },
  name: [{ family: `Hill${id}`, given: ['Ann'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const condition = (person: string, code: string, more: object = {}) => ({
  ...{
    resourceType: 'Condition',
    id: `c-${person}-${code}`,
    subject: { reference: `Patient/${person}` },
  },
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  ...more,
})
const heartFailure = '84114007'
const livesAlone = '105529008'
const stay = (person: string, start: string, end: string) => ({
  ...{ resourceType: 'Encounter', id: `e-${person}-${start}`, status: 'finished' },
  class: { code: 'IMP' },
  subject: { reference: `Patient/${person}` },
  period: { start, end },
})
const optOut = (person: string) => optOutToFhir({ person, kind: 'finding', stands: true })

const over80: RuleLine = { kind: 'age', but: false, count: 80 }
const stayed: RuleLine = { kind: 'emergency-stay', but: false, count: 1, months: 12 }
const alone: RuleLine = { kind: 'alone', but: false }

/** Old and stayed; old and stayed 13 months ago; young and stayed; of unknown age and stayed. */
const people = [
  ...[
    living('old', '1940-01-01'),
    condition('old', heartFailure),
    stay('old', '2026-01-10', '2026-01-14'),
  ],
  ...[
    living('late', '1941-01-01'),
    condition('late', heartFailure),
    stay('late', '2025-02-01', '2025-02-04'),
  ],
  ...[
    living('young', '1980-01-01'),
    condition('young', heartFailure),
    stay('young', '2026-01-10', '2026-01-14'),
  ],
  ...[
    living('ageless', undefined),
    condition('ageless', heartFailure),
    stay('ageless', '2026-01-10', '2026-01-14'),
  ],
  {
    ...living('elsewhere', '1935-01-01'),
    generalPractitioner: [{ reference: 'Organization/other-surgery' }],
  },
  ...[condition('elsewhere', heartFailure), stay('elsewhere', '2026-01-10', '2026-01-14')],
  {
    ...{ resourceType: 'Practitioner', id: 'anil-patel', name: [{ text: 'Dr Anil Patel' }] },
  },
  {
    ...{ resourceType: 'PractitionerRole', id: 'role-patel', active: true },
    practitioner: { reference: 'Practitioner/anil-patel' },
    organization: { reference: 'Organization/brook-surgery' },
    code: [{ coding: [{ code: 'gp' }] }],
  },
] as ResourceWithId[]

/** Rules over the records of four people, as their writers, a second person and a manager use them. */
export function ruleWorld(open: Open) {
  async function started(more: readonly unknown[] = []): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...people, ...more] as ResourceWithId[])
    return server
  }

  const call = async (
    server: OpenHandler,
    who: string,
    name: string,
    parameter: object[] = [],
    headers = {},
  ) =>
    await (await server.as(who))(`/fhir/PlanDefinition/$${name}`, {
      ...{ method: 'POST', headers },
      json: {
        resourceType: 'Parameters',
        parameter: [{ name: 'rule', valueString: 'r1' }, ...parameter],
      },
    })
  const save = async (
    server: OpenHandler,
    who: string,
    lines: readonly RuleLine[],
    edit?: number,
    name = 'Old and ill',
  ) =>
    await (await server.as(who))('/fhir/PlanDefinition/$save-rule', {
      method: 'POST',
      headers: edit === undefined ? {} : { 'If-Match': `W/"${edit}"` },
      json: saveRuleRequest.write({
        ...{ rule: 'r1', name },
        lines: lines.map(({ among = [], ...line }) => ({ ...line, among })),
      }),
    })
  const ruleIn = async (response: Response) => {
    const body = (await response.json()) as FhirParameters
    expect([response.status, (body as unknown as OperationOutcome).issue]).toEqual([200, undefined])
    return ruleParameters.read(body)
  }
  const whyIn = async (response: Response) =>
    [
      response.status,
      ((await response.json()) as OperationOutcome).issue[0]?.details?.text,
    ] as const
  const tried = async (server: OpenHandler, lines: readonly RuleLine[]) => {
    await save(server, 'amina', lines)
    return (await ruleIn(await call(server, 'amina', 'try-rule'))).versions[0]?.tried?.figures
  }
  const peopleOf = async (server: OpenHandler, group: string, who = 'amina') =>
    rulePeopleAnswer
      .read(
        (await (
          await call(server, who, 'rule-people', [{ name: 'group', valueCode: group }])
        ).json()) as FhirParameters,
      )
      .people.map(({ id }) => id)
      .toSorted()
  const editNow = async (server: OpenHandler) =>
    (await ruleIn(await call(server, 'amina', 'rule'))).versions[0]?.edit ?? 0
  /** As somebody who has read it as it is now, or as it was in an earlier edit. */
  const step = async (
    server: OpenHandler,
    who: string,
    [name, parameter]: readonly [string, object[]],
    edit?: number,
  ) =>
    await call(server, who, name, parameter, {
      'If-Match': `W/"${edit ?? (await editNow(server))}"`,
    })
  const judging = (person: string, words?: string): readonly [string, object[]] => [
    'judge-rule-person',
    [
      { name: 'person', valueString: person },
      { name: 'right', valueBoolean: words === undefined },
      ...(words ? [{ name: 'words', valueString: words }] : []),
    ],
  ]
  const lookAtAll = async (server: OpenHandler) => {
    for (const person of await peopleOf(server, 'sample'))
      await step(server, 'amina', judging(person))
  }
  const asking = (from: string): readonly [string, object[]] => [
    'ask-rule',
    [
      { name: 'of', valueString: 'anil-patel' },
      { name: 'from', valueDate: from },
    ],
  ]
  const ask = async (server: OpenHandler, from = today) => await step(server, 'amina', asking(from))
  const agreeing: readonly [string, object[]] = [
    'answer-rule',
    [{ name: 'agree', valueBoolean: true }],
  ]
  const agree = async (server: OpenHandler, who: string, edit?: number) =>
    await step(server, who, agreeing, edit)
  async function running(lines: readonly RuleLine[] = [over80, stayed]): Promise<OpenHandler> {
    const server = await started()
    await tried(server, lines)
    await lookAtAll(server)
    await ask(server)
    await agree(server, 'patel')
    return server
  }
  const found = async (server: OpenHandler, who = 'amina') => {
    const answer = await (await server.as(who))('/fhir/Patient/$find-people', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'rule', valueString: 'r1' },
          { name: 'known', valueString: 'all' },
          { name: 'order', valueString: 'frailty' },
        ],
      },
    })
    return answer.status === 200
      ? foundPeople.read((await answer.json()) as FhirParameters)
      : answer.status
  }

  const triedNext = async (server: OpenHandler, lines: readonly RuleLine[]) => {
    const { versions } = await ruleIn(await call(server, 'amina', 'rule'))
    await save(server, 'amina', lines, versions[0]?.edit)
    return (await ruleIn(await call(server, 'amina', 'try-rule'))).versions[0]?.tried?.figures
  }

  return {
    now,
    today,
    over80,
    stayed,
    alone,
    living,
    condition,
    livesAlone,
    stay,
    optOut,
    started,
    call,
    save,
    ruleIn,
    whyIn,
    tried,
    triedNext,
    peopleOf,
    editNow,
    step,
    judging,
    lookAtAll,
    asking,
    ask,
    agreeing,
    agree,
    running,
    found,
  }
}
