import type { EpisodeOfCare, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { gableUrl } from '#domain/fhir/codes.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { outsideScoreSystem } from '#domain/outside-score/outside-score-fhir.ts'
import { foundByIn } from '#domain/rule/found-by-rule.ts'
import { ruleLinesFromFhir } from '#domain/rule/rule-fhir.ts'
import { newRuleLine, type RuleLine } from '#domain/rule/rule-lines.ts'
import { rulesAnswer } from '#domain/rule/rule-parameters.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { ruleWorld } from '#test-support/worlds/rule-world.ts'

const fifthUrl = gableUrl('deprivation-fifth')
const planningNo = (person: string) => optOutToFhir({ person, kind: 'planning', stands: true })

eachStore('A rule', (open) => {
  const world = ruleWorld(open)
  test('counts who is left after each line, and counts apart whom it cannot judge', async () => {
    const server = await world.started()
    const figures = await world.tried(server, [world.over80, world.stayed])
    expect(figures).toMatchObject({
      ...{ total: { count: 4 }, found: { count: 1 }, notJudged: { count: 1 } },
      lines: [
        { left: { count: 2 }, notJudged: { count: 1 } },
        { left: { count: 1 }, notJudged: { count: 0 }, missed: { count: 1 }, caught: { count: 1 } },
      ],
    })
    expect(await world.peopleOf(server, 'not-judged')).toEqual(['ageless'])
    expect(await world.peopleOf(server, 'found')).toEqual(['old'])
  })

  test('takes no record of living alone for neither yes nor no', async () => {
    const server = await world.started([world.condition('old', world.livesAlone)])
    const figures = await world.tried(server, [world.over80, world.alone])
    expect(figures).toMatchObject({ found: { count: 1 }, notJudged: { count: 2 } })
    expect(await world.peopleOf(server, 'not-judged')).toEqual(['ageless', 'late'])
    const without = await world.triedNext(server, [world.over80, { ...world.alone, but: true }])
    expect(without).toMatchObject({ found: { count: 0 }, notJudged: { count: 2 } })
  })

  test('compares those found with all whom the first line finds, by street, group, age, sex and language', async () => {
    const many = Array.from({ length: 60 }, (_, at) => [
      world.living(`m${at}`, '1940-01-01', {
        ...{ gender: at < 30 ? 'female' : 'male' },
        extension: [{ url: fifthUrl, valueInteger: at % 2 === 0 ? 1 : 5 }],
      }),
      // two of three women and no man stayed, and of the poorest streets as many as of others
      ...(at < 20 ? [world.stay(`m${at}`, '2026-01-10', '2026-01-12')] : []),
    ]).flat()
    const server = await world.started([...many, planningNo('m0')])
    const figures = await world.tried(server, [world.over80, world.stayed])
    const of = (by: string, group: string) =>
      figures?.compared.find((each) => each.by === by && each.of === group)
    expect(of('sex', 'male')).toMatchObject({ selected: { count: 0 }, verdict: 'fewer' })
    expect(of('sex', 'female')).toMatchObject({
      ...{ selected: { count: 19 }, eligible: { count: 29 }, verdict: 'more' },
    })
    expect(of('deprivation', '1')).toMatchObject({ selected: { count: 9 }, verdict: 'expected' })
    const { versions } = await world.ruleIn(await world.call(server, 'ruth', 'rule'))
    const told = JSON.stringify(versions[0]?.tried?.figures.compared)
    expect(told).not.toMatch(/"count":(?!\d*[05]\b)/)
  })

  test('counts beside each line of how many it is not known, also of those whom another line rules out', async () => {
    const server = await world.started([world.condition('old', world.livesAlone)])
    const figures = await world.tried(server, [world.over80, world.alone])
    expect(figures?.lines.map(({ unknown }) => unknown)).toEqual([{ count: 1 }, { count: 3 }])
  })

  test('finds whoever has many services without a coordinator, high use, or a low PAM level, and takes a gap for no answer', async () => {
    const visits = ['110', '120', '130'].map((kind) => ({
      ...{ resourceType: 'Encounter', id: `v-${kind}`, status: 'finished', class: { code: 'AMB' } },
      serviceProvider: { reference: `Organization/${kind}` },
      ...{ subject: { reference: 'Patient/late' }, period: { start: '2026-01-20' } },
    }))
    const stays = ['2024-05-01', '2024-07-01', '2025-06-01', '2025-08-01'].map((start) =>
      world.stay('old', start, start),
    )
    const pam = {
      ...{
        resourceType: 'Observation',
        id: 'pam-young',
        status: 'final',
        valueQuantity: { value: 2 },
      },
      code: { coding: [{ system: outsideScoreSystem, code: 'pam-level' }] },
      ...{ subject: { reference: 'Patient/young' }, effectiveDateTime: '2026-01-01' },
    }
    const bare = world.living('bare', '1950-01-01')
    const server = await world.started([...visits, ...stays, pam, bare])
    const answers = async (line: RuleLine) => {
      await world.triedNext(server, [line])
      return [await world.peopleOf(server, 'found'), await world.peopleOf(server, 'not-judged')]
    }
    await world.save(server, 'amina', [world.over80])
    expect(await answers(newRuleLine('many-services'))).toEqual([['late'], ['bare']])
    expect(await answers(newRuleLine('high-use'))).toEqual([['old'], ['bare']])
    expect(await answers(newRuleLine('activation'))).toEqual([
      ['young'],
      ['ageless', 'bare', 'late', 'old'],
    ])
    expect(await answers({ kind: 'activation', but: false, count: 1 })).toEqual([
      [],
      ['ageless', 'bare', 'late', 'old'],
    ])
  })

  test('finds nobody who said no to being looked for', async () => {
    const server = await world.started([world.optOut('old')])
    const figures = await world.tried(server, [world.over80, world.stayed])
    expect(figures).toMatchObject({ total: { count: 3 }, found: { count: 0 } })
  })

  test('loses nothing that two people write at once', async () => {
    const server = await world.started()
    await world.save(server, 'amina', [world.over80])
    expect((await world.save(server, 'ming', [world.stayed])).status).toBe(428)
    expect((await world.save(server, 'ming', [world.over80, world.stayed], 1)).status).toBe(200)
    expect((await world.save(server, 'amina', [world.over80, world.alone], 1)).status).toBe(412)
    const { versions } = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(versions[0]?.lines.map(({ kind }) => kind)).toEqual(['age', 'emergency-stay'])
    expect(ruleLinesFromFhir(versions[0]?.definition ?? ({} as never))).toEqual([
      world.over80,
      world.stayed,
    ])
  })

  test('keeps an unfinished line, and is not tried with it', async () => {
    const server = await world.started()
    await world.save(server, 'amina', [world.over80, { kind: 'conditions', but: false, count: 2 }])
    expect(await world.whyIn(await world.call(server, 'amina', 'try-rule'))).toEqual([
      ...[422, 'A line of the rule is not finished. Finish it, then try the rule'],
    ])
  })

  test('stands in the list with the people whom it found, and decides for nobody', async () => {
    const server = await world.running()
    expect(await world.found(server)).toMatchObject({
      rules: [{ id: 'r1', version: 1, name: 'Old and ill' }],
      people: [{ id: 'old', foundBy: ['r1'] }],
    })
    expect(await world.found(server, 'tom')).toBe(404)
    expect(await world.found(server, 'stranger')).toBe(404)
  })

  test('is pinned in its version to a decision about somebody whom it found, by the service alone', async () => {
    const server = await world.running()
    const episode = (person: string, extension: object[] = []) => ({
      ...{ resourceType: 'EpisodeOfCare', id: `case-${person}`, status: 'active' },
      ...(extension.length > 0 ? { extension } : {}),
      patient: { reference: `Patient/${person}` },
      careManager: { reference: 'Practitioner/amina-yusuf' },
      managingOrganization: { reference: 'Organization/brook-surgery' },
      period: { start: world.now.toISOString() },
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
    const { decided } = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(decided).toEqual([{ version: 1, people: { count: 1 } }])
    // a decision that was undone is none
    await server.sql.query(
      `update resource set content = jsonb_set(content, '{status}', '"entered-in-error"') where id = 'case-old'`,
    )
    expect((await world.ruleIn(await world.call(server, 'amina', 'rule'))).decided).toEqual([])
  })

  test('finds nobody any more once it is switched off with a reason, and stays readable', async () => {
    const server = await world.running()
    expect((await world.call(server, 'ming', 'end-rule')).status).toBe(422)
    const words = [{ name: 'words', valueString: 'Too many from one home' }]
    const { versions, runs } = await world.ruleIn(
      await world.call(server, 'ming', 'end-rule', words),
    )
    expect(versions[0]).toMatchObject({ state: 'off', off: { why: 'Too many from one home' } })
    expect(runs.filter(({ kind }) => kind === 'off')).toMatchObject([{ dropped: { count: 1 } }])
    expect(await world.found(server)).toBe(404)
  })

  test('runs once a day in one version, and the log says whom that added and dropped', async () => {
    const server = await world.running()
    await world.save(server, 'amina', [{ kind: 'age', but: false, count: 40 }, world.stayed])
    await world.call(server, 'amina', 'try-rule')
    await world.lookAtAll(server)
    await world.ask(server, '2026-03-03')
    const waiting = await world.ruleIn(await world.agree(server, 'patel'))
    expect(waiting.versions.map(({ state }) => state)).toEqual(['agreed', 'running'])
    server.pass(24 * 60)
    const next = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(next.versions.map(({ state }) => state)).toEqual(['running', 'replaced'])
    expect(next.runs[0]).toMatchObject({ reason: 'switched-on', version: 2, added: { count: 1 } })
    await world.call(server, 'amina', 'rule')
    expect((await world.ruleIn(await world.call(server, 'amina', 'rule'))).runs).toHaveLength(
      next.runs.length,
    )
  })

  test('tells a manager counts in fives and no people, and other organisations nothing', async () => {
    const server = await world.running()
    const rule = await world.ruleIn(await world.call(server, 'ruth', 'rule'))
    expect(rule.versions[0]?.looked).toEqual([])
    expect(rule.versions[0]?.tried?.figures.found).toEqual({ fewerThan: 5 })
    expect(rule.runs[0]?.found).toEqual({ fewerThan: 5 })
    expect(
      (await world.call(server, 'ruth', 'rule-people', [{ name: 'group', valueCode: 'found' }]))
        .status,
    ).toBe(403)
    expect((await world.call(server, 'ruth', 'try-rule')).status).toBe(403)
    expect((await world.call(server, 'karen', 'rule')).status).toBe(404)
    const listed = await (await server.as('karen'))('/fhir/PlanDefinition/$rules')
    expect(rulesAnswer.read((await listed.json()) as Parameters).rules).toEqual([])
    expect((await world.call(server, 'grace', 'rules')).status).toBe(403)
  })
})
