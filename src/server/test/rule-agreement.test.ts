import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { ruleWorld } from '#test-support/worlds/rule-world.ts'

eachStore('A rule', (open) => {
  const {
    today,
    over80,
    stayed,
    optOut,
    started,
    call,
    save,
    ruleIn,
    whyIn,
    tried,
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
  } = ruleWorld(open)
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

  test('is agreed to, asked about and judged only as it was read', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    await lookAtAll(server)
    await ask(server)
    const read = await editNow(server)
    // the sentence of the one who asked becomes another one, tried, looked at and asked about
    await save(server, 'amina', [over80], read)
    await call(server, 'amina', 'try-rule')
    await lookAtAll(server)
    await ask(server)
    const now = await editNow(server)
    const changed = [
      412,
      'Somebody has changed this rule since you read it. Nothing was saved. Read it as it is now, then answer again',
    ]
    expect(await whyIn(await agree(server, 'patel', read))).toEqual(changed)
    expect(await whyIn(await step(server, 'amina', asking(today), read))).toEqual(changed)
    expect(await whyIn(await step(server, 'amina', judging('old', 'No'), read))).toEqual(changed)
    for (const [name, parameter] of [agreeing, asking(today), judging('old')])
      expect((await call(server, 'patel', name, parameter)).status).toBe(428)
    const { versions } = await ruleIn(await call(server, 'amina', 'rule'))
    expect(versions[0]).toMatchObject({ edit: now, state: 'asked' })
    expect((await agree(server, 'patel', now)).status).toBe(200)
    // the next version has no edit of an earlier one
    await save(server, 'amina', [over80, stayed])
    expect(await editNow(server)).toBeGreaterThan(now)
  })

  test('shows verdicts about people only to whoever may see them now, and each finds the look in their log', async () => {
    const server = await running()
    const looksAt = async (who: string) => {
      const { rows } = await server.sql.query<{ count: number }>(
        `select count(*)::int as count from trail.audit where 'old' = any(persons) and way = '$rule' and identity = $1`,
        [who],
      )
      return rows[0]?.count ?? 0
    }
    const lookedAt = async (who: string) =>
      (await ruleIn(await call(server, who, 'rule'))).versions[0]?.looked.map(
        ({ person }) => person,
      )
    expect(await lookedAt('ming')).toEqual(['old'])
    expect(await looksAt('ming')).toBe(1)
    expect(await lookedAt('ruth')).toEqual([])
    expect(await lookedAt('admin')).toEqual([])
    await server.seed([optOut('old')] as ResourceWithId[])
    expect(await lookedAt('ming')).toEqual([])
    expect(await lookedAt('patel')).toEqual([])
  })

  test('judges nobody who said no after the lot', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    await server.seed([optOut('old')] as ResourceWithId[])
    expect((await step(server, 'amina', judging('old'))).status).toBe(422)
  })

  test('wants words for a person whom it is wrong about, and keeps them with the version', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    const judge = async (words: string) => await step(server, 'ming', judging('old', words))
    expect((await judge('')).status).toBe(422)
    expect((await ruleIn(await judge('Moved to a home'))).versions[0]?.looked).toMatchObject([
      { person: 'old', right: false, words: 'Moved to a home', by: { name: 'Ming Zhao' } },
    ])
  })

  test('keeps every trial in the log, of whoever tried it', async () => {
    const server = await started()
    await tried(server, [over80, stayed])
    const { runs } = await ruleIn(await call(server, 'ming', 'try-rule'))
    expect(runs.map(({ by }) => by?.name).toSorted()).toEqual(['Amina Yusuf', 'Ming Zhao'])
  })

  test('runs once a day, however many read it at the same time', async () => {
    const server = await running()
    server.pass(24 * 60)
    await Promise.all(
      ['amina', 'ming', 'patel', 'ruth'].map(async (who) => await call(server, who, 'rule')),
    )
    const { runs } = await ruleIn(await call(server, 'amina', 'rule'))
    expect(runs.filter(({ reason }) => reason === 'daily')).toHaveLength(1)
  })

  test('is switched off once, and leaves an earlier version replaced', async () => {
    const server = await running()
    await save(server, 'amina', [{ kind: 'age', but: false, count: 40 }, stayed])
    await call(server, 'amina', 'try-rule')
    await lookAtAll(server)
    await ask(server)
    await agree(server, 'patel')
    const end = async (words: string) =>
      await call(server, 'ming', 'end-rule', [{ name: 'words', valueString: words }])
    const ended = await ruleIn(await end('Too many'))
    expect(ended.versions.map(({ state }) => state)).toEqual(['off', 'replaced'])
    expect((await end('Another reason')).status).toBe(422)
    const { versions, runs } = await ruleIn(await call(server, 'amina', 'rule'))
    expect(versions.map(({ state, off }) => [state, off?.why])).toEqual([
      ['off', 'Too many'],
      ['replaced', undefined],
    ])
    expect(runs.filter(({ kind }) => kind === 'off')).toHaveLength(1)
  })
})
