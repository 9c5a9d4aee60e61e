import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { ruleWorld } from '#test-support/worlds/rule-world.ts'

eachStore('A rule', (open) => {
  const world = ruleWorld(open)
  test('is switched on by nobody alone, not through the API either', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    expect((await world.whyIn(await world.ask(server)))[0]).toBe(422)
    await world.lookAtAll(server)
    expect((await world.ask(server)).status).toBe(200)
    const [status, why] = await world.whyIn(await world.agree(server, 'amina'))
    expect([status, why]).toEqual([
      403,
      'Whoever wrote a rule cannot agree to it. A second person has to',
    ])
    expect((await world.agree(server, 'ming')).status).toBe(403)
    expect((await world.agree(server, 'karen')).status).toBe(403)
    expect(await world.found(server)).toBe(404)
    const agreed = await world.ruleIn(await world.agree(server, 'patel'))
    expect(agreed.versions[0]).toMatchObject({
      state: 'running',
      agreed: { by: { name: 'Dr Anil Patel' } },
    })
    expect(agreed.runs.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['run', 'switched-on'],
      ['tried', 'trial'],
    ])
  })

  test('stands on the day’s list of whoever is asked, by name, until they have answered', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    await world.lookAtAll(server)
    const askedOf = async (who: string) =>
      todayParameters.read(await (await (await server.as(who))('/fhir/$today')).json()).rules ?? []
    expect(await askedOf('patel')).toEqual([])
    await world.ask(server, '2026-03-09')
    expect(await askedOf('patel')).toMatchObject([
      { rule: 'r1', name: 'Old and ill', by: 'Amina Yusuf', from: '2026-03-09' },
    ])
    expect(await askedOf('amina')).toEqual([])
    expect(await askedOf('ming')).toEqual([])
    expect(await askedOf('stranger')).toEqual([])
    await world.agree(server, 'patel')
    expect(await askedOf('patel')).toEqual([])
  })

  test('cannot be agreed to by somebody who wrote in the draft as well', async () => {
    const server = await world.started()
    await world.save(server, 'amina', [world.over80])
    await world.save(server, 'patel', [world.over80, world.stayed], 1)
    await world.call(server, 'amina', 'try-rule')
    await world.lookAtAll(server)
    await world.ask(server)
    expect((await world.agree(server, 'patel')).status).toBe(403)
  })

  test('has to be tried and looked at again when its sentence changes', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    await world.lookAtAll(server)
    await world.ask(server)
    const { versions } = await world.ruleIn(await world.save(server, 'amina', [world.over80], 2))
    expect(versions[0]).toMatchObject({ state: 'draft', looked: [{ person: 'old', right: true }] })
    expect((await world.agree(server, 'patel')).status).toBe(422)
  })

  test('is agreed to, asked about and judged only as it was read', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    await world.lookAtAll(server)
    await world.ask(server)
    const read = await world.editNow(server)
    // the sentence of the one who asked becomes another one, tried, looked at and asked about
    await world.save(server, 'amina', [world.over80], read)
    await world.call(server, 'amina', 'try-rule')
    await world.lookAtAll(server)
    await world.ask(server)
    const now = await world.editNow(server)
    const changed = [
      412,
      'Somebody has changed this rule since you read it. Nothing was saved. Read it as it is now, then answer again',
    ]
    expect(await world.whyIn(await world.agree(server, 'patel', read))).toEqual(changed)
    expect(
      await world.whyIn(await world.step(server, 'amina', world.asking(world.today), read)),
    ).toEqual(changed)
    expect(
      await world.whyIn(await world.step(server, 'amina', world.judging('old', 'No'), read)),
    ).toEqual(changed)
    for (const [name, parameter] of [
      world.agreeing,
      world.asking(world.today),
      world.judging('old'),
    ])
      expect((await world.call(server, 'patel', name, parameter)).status).toBe(428)
    const { versions } = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(versions[0]).toMatchObject({ edit: now, state: 'asked' })
    expect((await world.agree(server, 'patel', now)).status).toBe(200)
    // the next version has no edit of an earlier one
    await world.save(server, 'amina', [world.over80, world.stayed])
    expect(await world.editNow(server)).toBeGreaterThan(now)
  })

  test('shows verdicts about people only to whoever may see them now, and each finds the look in their log', async () => {
    const server = await world.running()
    const looksAt = async (who: string) => {
      const { rows } = await server.sql.query<{ count: number }>(
        `select count(*)::int as count from trail.audit where 'old' = any(persons) and way = '$rule' and identity = $1`,
        [who],
      )
      return rows[0]?.count ?? 0
    }
    const lookedAt = async (who: string) =>
      (await world.ruleIn(await world.call(server, who, 'rule'))).versions[0]?.looked.map(
        ({ person }) => person,
      )
    expect(await lookedAt('ming')).toEqual(['old'])
    expect(await looksAt('ming')).toBe(1)
    expect(await lookedAt('ruth')).toEqual([])
    expect(await lookedAt('admin')).toEqual([])
    await server.seed([world.optOut('old')] as ResourceWithId[])
    expect(await lookedAt('ming')).toEqual([])
    expect(await lookedAt('patel')).toEqual([])
  })

  test('judges nobody who said no after the lot', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    await server.seed([world.optOut('old')] as ResourceWithId[])
    expect((await world.step(server, 'amina', world.judging('old'))).status).toBe(422)
  })

  test('wants words for a person whom it is wrong about, and keeps them with the version', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    const judge = async (words: string) =>
      await world.step(server, 'ming', world.judging('old', words))
    expect((await judge('')).status).toBe(422)
    expect((await world.ruleIn(await judge('Moved to a home'))).versions[0]?.looked).toMatchObject([
      { person: 'old', right: false, words: 'Moved to a home', by: { name: 'Ming Zhao' } },
    ])
  })

  test('keeps every trial in the log, of whoever tried it', async () => {
    const server = await world.started()
    await world.tried(server, [world.over80, world.stayed])
    const { runs } = await world.ruleIn(await world.call(server, 'ming', 'try-rule'))
    expect(runs.map(({ by }) => by?.name).toSorted()).toEqual(['Amina Yusuf', 'Ming Zhao'])
  })

  test('runs once a day, however many read it at the same time', async () => {
    const server = await world.running()
    server.pass(24 * 60)
    await Promise.all(
      ['amina', 'ming', 'patel', 'ruth'].map(async (who) => await world.call(server, who, 'rule')),
    )
    const { runs } = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(runs.filter(({ reason }) => reason === 'daily')).toHaveLength(1)
  })

  test('is switched off once, and leaves an earlier version replaced', async () => {
    const server = await world.running()
    await world.save(server, 'amina', [{ kind: 'age', but: false, count: 40 }, world.stayed])
    await world.call(server, 'amina', 'try-rule')
    await world.lookAtAll(server)
    await world.ask(server)
    await world.agree(server, 'patel')
    const end = async (words: string) =>
      await world.call(server, 'ming', 'end-rule', [{ name: 'words', valueString: words }])
    const ended = await world.ruleIn(await end('Too many'))
    expect(ended.versions.map(({ state }) => state)).toEqual(['off', 'replaced'])
    expect((await end('Another reason')).status).toBe(422)
    const { versions, runs } = await world.ruleIn(await world.call(server, 'amina', 'rule'))
    expect(versions.map(({ state, off }) => [state, off?.why])).toEqual([
      ['off', 'Too many'],
      ['replaced', undefined],
    ])
    expect(runs.filter(({ kind }) => kind === 'off')).toHaveLength(1)
  })
})
