import type { EpisodeOfCare, OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { foundByIn } from '#domain/rule/found-by-rule.ts'
import { ruleLinesFromFhir } from '#domain/rule/rule-fhir.ts'
import type { RuleLine } from '#domain/rule/rule-lines.ts'
import {
  ruleParameters,
  rulePeopleAnswer,
  rulesAnswer,
  saveRuleRequest,
} from '#domain/rule/rule-parameters.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

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

eachStore('A rule', (open) => {
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
    const body = (await response.json()) as Parameters
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
        ).json()) as Parameters,
      )
      .people.map(({ id }) => id)
      .toSorted()
  const lookAtAll = async (server: OpenHandler) => {
    for (const person of await peopleOf(server, 'sample'))
      await call(server, 'amina', 'judge-rule-person', [
        { name: 'person', valueString: person },
        { name: 'right', valueBoolean: true },
      ])
  }
  const ask = async (server: OpenHandler, from = today) =>
    await call(server, 'amina', 'ask-rule', [
      { name: 'of', valueString: 'anil-patel' },
      { name: 'from', valueDate: from },
    ])
  const agree = async (server: OpenHandler, who: string) =>
    await call(server, who, 'answer-rule', [{ name: 'agree', valueBoolean: true }])
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
      ? foundPeople.read((await answer.json()) as Parameters)
      : answer.status
  }

  test('counts who is left after each line, and counts apart whom it cannot judge', async () => {
    const server = await started()
    const figures = await tried(server, [over80, stayed])
    expect(figures).toMatchObject({
      ...{ total: { count: 4 }, found: { count: 1 }, notJudged: { count: 1 } },
      lines: [
        { left: { count: 2 }, notJudged: { count: 1 } },
        { left: { count: 1 }, notJudged: { count: 0 }, missed: { count: 1 }, caught: { count: 1 } },
      ],
    })
    expect(await peopleOf(server, 'not-judged')).toEqual(['ageless'])
    expect(await peopleOf(server, 'found')).toEqual(['old'])
  })

  test('takes no record of living alone for neither yes nor no', async () => {
    const server = await started([condition('old', livesAlone)])
    const figures = await tried(server, [over80, alone])
    expect(figures).toMatchObject({ found: { count: 1 }, notJudged: { count: 2 } })
    expect(await peopleOf(server, 'not-judged')).toEqual(['ageless', 'late'])
    const without = await tried2(server, [over80, { ...alone, but: true }])
    expect(without).toMatchObject({ found: { count: 0 }, notJudged: { count: 2 } })
  })
  const tried2 = async (server: OpenHandler, lines: readonly RuleLine[]) => {
    const { versions } = await ruleIn(await call(server, 'amina', 'rule'))
    await save(server, 'amina', lines, versions[0]?.edit)
    return (await ruleIn(await call(server, 'amina', 'try-rule'))).versions[0]?.tried?.figures
  }

  test('finds nobody who said no to being looked for', async () => {
    const server = await started([optOut('old')])
    const figures = await tried(server, [over80, stayed])
    expect(figures).toMatchObject({ total: { count: 3 }, found: { count: 0 } })
  })

  test('is switched on by nobody alone, not through the API either', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    expect((await whyIn(await ask(server)))[0]).toBe(422)
    await lookAtAll(server)
    expect((await ask(server)).status).toBe(200)
    const [status, why] = await whyIn(await agree(server, 'amina'))
    expect([status, why]).toEqual([
      403,
      'Whoever wrote a rule cannot agree to it. A second person has to',
    ])
    expect((await agree(server, 'ming')).status).toBe(403)
    expect((await agree(server, 'karen')).status).toBe(403)
    expect(await found(server)).toBe(404)
    const agreed = await ruleIn(await agree(server, 'patel'))
    expect(agreed.versions[0]).toMatchObject({
      state: 'running',
      agreed: { by: { name: 'Dr Anil Patel' } },
    })
    expect(agreed.runs.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['run', 'switched-on'],
      ['tried', 'trial'],
    ])
  })

  test('cannot be agreed to by somebody who wrote in the draft as well', async () => {
    const server = await started()
    await save(server, 'amina', [over80])
    await save(server, 'patel', [over80, stayed], 1)
    await call(server, 'amina', 'try-rule')
    await lookAtAll(server)
    await ask(server)
    expect((await agree(server, 'patel')).status).toBe(403)
  })

  test('has to be tried and looked at again when its sentence changes', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    await lookAtAll(server)
    await ask(server)
    const { versions } = await ruleIn(await save(server, 'amina', [over80], 2))
    expect(versions[0]).toMatchObject({ state: 'draft', looked: [{ person: 'old', right: true }] })
    expect((await agree(server, 'patel')).status).toBe(422)
  })

  test('loses nothing that two people write at once', async () => {
    const server = await started()
    await save(server, 'amina', [over80])
    expect((await save(server, 'ming', [stayed])).status).toBe(428)
    expect((await save(server, 'ming', [over80, stayed], 1)).status).toBe(200)
    expect((await save(server, 'amina', [over80, alone], 1)).status).toBe(412)
    const { versions } = await ruleIn(await call(server, 'amina', 'rule'))
    expect(versions[0]?.lines.map(({ kind }) => kind)).toEqual(['age', 'emergency-stay'])
    expect(ruleLinesFromFhir(versions[0]?.definition ?? ({} as never))).toEqual([over80, stayed])
  })

  test('keeps an unfinished line, and is not tried with it', async () => {
    const server = await started()
    await save(server, 'amina', [over80, { kind: 'conditions', but: false, count: 2 }])
    expect(await whyIn(await call(server, 'amina', 'try-rule'))).toEqual([
      ...[422, 'A line of the rule is not finished. Finish it, then try the rule'],
    ])
  })

  test('stands in the list with the people whom it found, and decides for nobody', async () => {
    const server = await running()
    expect(await found(server)).toMatchObject({
      rules: [{ id: 'r1', version: 1, name: 'Old and ill' }],
      people: [{ id: 'old', foundBy: ['r1'] }],
    })
    expect(await found(server, 'tom')).toBe(404)
    expect(await found(server, 'stranger')).toBe(404)
  })

  test('is pinned in its version to a decision about somebody whom it found, by the service alone', async () => {
    const server = await running()
    const episode = (person: string, extension: object[] = []) => ({
      ...{ resourceType: 'EpisodeOfCare', id: `case-${person}`, status: 'active' },
      ...(extension.length > 0 ? { extension } : {}),
      patient: { reference: `Patient/${person}` },
      careManager: { reference: 'Practitioner/amina-yusuf' },
      managingOrganization: { reference: 'Organization/brook-surgery' },
      period: { start: now.toISOString() },
    })
    const put = async (person: string, extension: object[] = []) => {
      const json = episode(person, extension)
      const headers = { 'If-None-Match': '*', Prefer: 'return=representation' }
      const answer = await (await server.as('amina'))(`/fhir/EpisodeOfCare/case-${person}`, {
        ...{ method: 'PUT', headers, json },
      })
      return foundByIn(((await answer.json()) as EpisodeOfCare).extension)
    }
    expect(await put('old')).toEqual([{ rule: 'r1', version: 1, name: 'Old and ill' }])
    const claimed = {
      url: 'https://gable.example/fhir/found-by-rule',
      extension: [{ url: 'rule', valueId: 'r1' }],
    }
    expect(await put('young', [claimed])).toEqual([])
    const { decided } = await ruleIn(await call(server, 'amina', 'rule'))
    expect(decided).toEqual([{ version: 1, people: { count: 1 } }])
  })

  test('finds nobody any more once it is switched off with a reason, and stays readable', async () => {
    const server = await running()
    expect((await call(server, 'ming', 'end-rule')).status).toBe(422)
    const words = [{ name: 'words', valueString: 'Too many from one home' }]
    const { versions, runs } = await ruleIn(await call(server, 'ming', 'end-rule', words))
    expect(versions[0]).toMatchObject({ state: 'off', off: { why: 'Too many from one home' } })
    expect(runs.filter(({ kind }) => kind === 'off')).toMatchObject([{ dropped: { count: 1 } }])
    expect(await found(server)).toBe(404)
  })

  test('runs once a day in one version, and the log says whom that added and dropped', async () => {
    const server = await running()
    await save(server, 'amina', [{ kind: 'age', but: false, count: 40 }, stayed])
    await call(server, 'amina', 'try-rule')
    await lookAtAll(server)
    await ask(server, '2026-03-03')
    const waiting = await ruleIn(await agree(server, 'patel'))
    expect(waiting.versions.map(({ state }) => state)).toEqual(['agreed', 'running'])
    server.pass(24 * 60)
    const next = await ruleIn(await call(server, 'amina', 'rule'))
    expect(next.versions.map(({ state }) => state)).toEqual(['running', 'replaced'])
    expect(next.runs[0]).toMatchObject({ reason: 'switched-on', version: 2, added: { count: 1 } })
    await call(server, 'amina', 'rule')
    expect((await ruleIn(await call(server, 'amina', 'rule'))).runs).toHaveLength(next.runs.length)
  })

  test('tells a manager counts in fives and no people, and other organisations nothing', async () => {
    const server = await running()
    const rule = await ruleIn(await call(server, 'ruth', 'rule'))
    expect(rule.versions[0]?.looked).toEqual([])
    expect(rule.versions[0]?.tried?.figures.found).toEqual({ fewerThan: 5 })
    expect(rule.runs[0]?.found).toEqual({ fewerThan: 5 })
    expect(
      (await call(server, 'ruth', 'rule-people', [{ name: 'group', valueCode: 'found' }])).status,
    ).toBe(403)
    expect((await call(server, 'ruth', 'try-rule')).status).toBe(403)
    expect((await call(server, 'karen', 'rule')).status).toBe(404)
    const listed = await (await server.as('karen'))('/fhir/PlanDefinition/$rules')
    expect(rulesAnswer.read((await listed.json()) as Parameters).rules).toEqual([])
    expect((await call(server, 'grace', 'rules')).status).toBe(403)
  })

  test('wants words for a person whom it is wrong about, and keeps them with the version', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    const judge = async (words: string) =>
      await call(server, 'ming', 'judge-rule-person', [
        { name: 'person', valueString: 'old' },
        { name: 'right', valueBoolean: false },
        ...(words ? [{ name: 'words', valueString: words }] : []),
      ])
    expect((await judge('')).status).toBe(422)
    expect((await ruleIn(await judge('Moved to a home'))).versions[0]?.looked).toMatchObject([
      { person: 'old', right: false, words: 'Moved to a home', by: { name: 'Ming Zhao' } },
    ])
  })
})
