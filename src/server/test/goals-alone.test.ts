import type { Goal } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { isAboutOtherWords, stancesFrom } from '#domain/goal/aims/goal-stance.ts'
import { goalFromFhir } from '#domain/goal/fhir.ts'
import { chosenInOtherWords, topGoalFromFhir } from '#domain/goal/said/top-goal.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  closing,
  goalServer,
  levels,
  openCase,
  scaled,
  scaleOf,
  score,
  tom,
  top,
  view,
} from '#test-support/worlds/goal-answers.ts'
import { amina, chidi, grace, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const ours = (name: string) => `https://gable.example/fhir/${name}`

eachStore('Answers about goals', (open) => {
  const started = async () => await goalServer((await open()).sql)

  test('each party scores without seeing the others, and sees them after its own score', async () => {
    const { put, alone } = await started()
    expect((await put('tom', score(tom, 1))).status).toBe(201)
    expect((await put('chidi', score(chidi, -1))).status).toBe(201)
    expect(await alone('grace')).toEqual({ Practitioner: 'hidden', RelatedPerson: 'hidden' })
    expect(await alone('amina')).toEqual({ Practitioner: 'hidden', RelatedPerson: 'hidden' })
    expect(await alone('tom')).toEqual({ Practitioner: 1, RelatedPerson: -1 })
    await put('grace', score(grace, 0))
    expect(await alone('grace')).toEqual({ Practitioner: 1, RelatedPerson: -1, Patient: 0 })
    expect(await alone('amina'), 'the coordinator has not scored').toEqual({
      ...{ Practitioner: 'hidden', RelatedPerson: 'hidden', Patient: 'hidden' },
    })
  })

  test('no other way leads to a score before its round is shown', async () => {
    const { put, read, found, scores, as } = await started()
    const kept = score(tom, 1)
    await put('tom', kept)
    expect((await read('tom', `Observation/${kept.id}`)).status, 'his own').toBe(200)
    const again = await (await as('tom'))(`/fhir/Observation/${kept.id}`, {
      ...{ method: 'PUT', json: kept, headers: { 'If-None-Match': '*' } },
    })
    expect(again.status, 'sent twice, after a lost answer').toBe(412)
    expect((await put('tom', { ...kept, valueInteger: -2 }, 1)).status).toBe(404)
    expect((await put('amina', { ...kept, valueInteger: -2 }, 1)).status).toBe(403)
    const hers = { ...kept, performer: [amina] }
    expect((await put('amina', hers)).status).toBe(404)
    const gone = await (await as('tom'))(`/fhir/Observation/${kept.id}`, { method: 'DELETE' })
    expect(gone.status).toBe(404)
    for (const who of ['amina', 'grace', 'chidi', 'karen', 'stranger']) {
      expect((await read(who, `Observation/${kept.id}`)).status, who).toBe(404)
      expect((await read(who, `Observation/${kept.id}/_history/1`)).status, who).toBe(404)
      expect((await read(who, `Observation/${kept.id}/_history`)).status, who).toBe(404)
      const list = await read(who, `Observation?patient=${grace.reference}&_total=accurate`)
      expect(await list.text(), who).not.toContain(kept.id)
      const byValue = await found(who, 'Observation?value-quantity=1')
      expect(byValue, who).toEqual([])
    }
    for (const path of [
      `Patient/${grace.reference.slice(8)}/$everything`,
      `Goal?_id=goal-1&_revinclude=Observation:focus`,
      'Observation/_history',
      '_history',
    ]) {
      const answer = await (await read('amina', path)).text()
      expect(answer, path).not.toContain(kept.id)
    }
    expect(await scores('amina')).toEqual([])
    const condition = {
      'If-None-Exist': 'code=goal-attainment-score&performer=Practitioner/tom-price',
    }
    const made = await (await as('amina'))('/fhir/Observation', {
      ...{ method: 'POST', headers: condition, json: score(amina, 0) },
    })
    expect(made.status, 'a condition finds nothing that its sender cannot see').toBe(201)
  })

  test('a shown score cannot be hidden again, or told in other words', async () => {
    const { put, scores } = await started()
    const shown = score(tom, 1)
    await put('tom', shown)
    await put('grace', score(grace, -1))
    expect((await put('amina', closing('goal-attainment-score'))).status).toBe(201)
    const stored = (await scores('amina')).find(({ id }) => id === shown.id)
    expect(stored?.valueInteger).toBe(1)
    const version = Number(stored?.meta?.versionId)
    const hidden = { security: [{ system: codes, code: 'answered-alone' }] }
    const told = { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">-2</div>' }
    for (const who of ['amina', 'tom']) {
      expect((await put(who, { ...stored, meta: hidden }, version)).status, who).toBe(403)
      expect((await put(who, { ...stored, text: told }, version)).status, who).toBe(403)
    }
    expect(await scores('amina')).toHaveLength(2)
  })

  test('a score that was seen beside the others stands until the next round', async () => {
    const { put, alone } = await started()
    await put('tom', score(tom, 1))
    expect((await put('tom', score(tom, 0))).status, 'nobody else has scored').toBe(201)
    await put('grace', score(grace, -1))
    expect((await put('grace', score(grace, 2))).status).toBe(409)
    expect((await put('tom', score(tom, 2))).status).toBe(409)
    expect((await alone('tom'))['Patient']).toBe(-1)
  })

  test('nobody scores in the name of another, and a professional is named for what they wrote down', async () => {
    const { put, alone, scores } = await started()
    expect((await put('chidi', score(grace, 2))).status).toBe(403)
    expect((await put('amina', score(tom, 2))).status).toBe(403)
    expect((await put('amina', score(chidi, 2))).status).toBe(403)
    expect((await put('grace', score(chidi, 2))).status).toBe(403)
    expect((await put('stranger', score({ reference: 'Practitioner/x' }, 2))).status).not.toBe(201)
    expect((await put('amina', score(grace, 1))).status).toBe(201)
    await put('tom', score(tom, 0))
    expect(await alone('amina'), 'only what Amina wrote down herself').toEqual({
      ...{ Patient: 1, Practitioner: 'hidden' },
    })
    await put('amina', closing('goal-attainment-score'))
    const [hers] = (await scores('grace')).filter(
      (each) => each.performer?.[0]?.reference === grace.reference,
    )
    const helper = hers?.extension?.find(({ url }) => url === ours('supported-by'))
    expect(helper?.valueReference?.reference).toBe(amina.reference)
  })

  test('what a person said themselves is not overwritten by somebody who writes it down', async () => {
    const { put } = await started()
    await put('grace', score(grace, -1))
    expect((await put('amina', score(grace, 2))).status).toBe(409)
  })

  test('only the coordinator shows a round to everybody, and the next score begins a new one', async () => {
    const { put, scores, alone } = await started()
    await put('tom', score(tom, 1))
    for (const [who, by] of [
      ['tom', tom],
      ['grace', grace],
      ['chidi', chidi],
    ] as const)
      expect((await put(who, { ...closing('goal-attainment-score'), sender: by })).status).toBe(403)
    const shown = { ...closing('goal-attainment-score'), sender: amina }
    expect((await put('amina', shown)).status).toBe(201)
    const [first] = await scores('chidi')
    expect(first?.valueInteger).toBe(1)
    expect(first?.meta?.security ?? []).toEqual([])
    expect(first?.extension?.find(({ url }) => url === ours('level-words'))?.valueString).toBe(
      'To St Anne’s',
    )
    expect(await alone('grace')).toEqual({})
    await put('grace', score(grace, 0))
    await put('amina', { ...closing('goal-attainment-score'), sender: amina })
    const rounds = (await scores('tom')).map(
      (each) => each.extension?.find(({ url }) => url === ours('round'))?.valueInteger,
    )
    expect(rounds.toSorted()).toEqual([1, 2])
  })

  test.each([
    ['a score above two', score(grace, 3)],
    ['a score that is no whole number', score(grace, 0.5)],
    ['a score without a goal', score(grace, 1, { focus: [] })],
    [
      'a score of a goal that is not there',
      score(grace, 1, { focus: [{ reference: 'Goal/none' }] }),
    ],
    [
      'an importance above ten',
      view('goal-importance', grace, {
        ...score(grace, 11),
        code: { coding: [{ system: codes, code: 'goal-importance' }] },
      }),
    ],
    ['a first goal without words', top(grace, { valueString: ' ' })],
    [
      'a first goal in words and as a goal',
      top(grace, { focus: [{ reference: 'Goal/goal-1' }], valueString: 'x' }),
    ],
  ])('%s is refused', async (_title, record) => {
    const { put } = await started()
    expect((await put('grace', record)).status).toBe(422)
  })

  test('how important a goal is says the person alone, and a professional may write it down', async () => {
    const { put, found } = await started()
    const rating = (by: object, valueInteger: number) =>
      view('goal-importance', by, { focus: [{ reference: 'Goal/goal-1' }], valueInteger })
    expect((await put('chidi', rating(chidi, 9))).status).toBe(422)
    expect((await put('chidi', rating(grace, 9))).status).toBe(403)
    expect((await put('amina', rating(amina, 9))).status).toBe(422)
    expect((await put('grace', rating(grace, 8))).status).toBe(201)
    expect((await put('amina', rating(grace, 9))).status).toBe(201)
    const all = await found('chidi', `Observation?patient=${grace.reference}&code=goal-importance`)
    expect(all.map((each) => each.valueInteger).toSorted()).toEqual([8, 9])
    const hers = all.find((each) => each.valueInteger === 8)
    const changed = { ...hers, valueInteger: 2 }
    expect((await put('grace', changed as never, 1)).status, 'it stays as it was said').toBe(403)
    expect((await put('amina', { ...hers, status: 'entered-in-error' } as never, 1)).status).toBe(
      403,
    )
    expect((await put('grace', { ...hers, status: 'entered-in-error' } as never, 1)).status).toBe(
      200,
    )
  })

  test('words of levels that are changed after a score start a new scale, and the old score keeps its words', async () => {
    const { put, read, scores } = await started()
    await put('tom', score(tom, 1))
    const other = { ...scaled, extension: [scaleOf([...levels.slice(0, 4), 'Without a stick'], 1)] }
    expect((await put('amina', other, 1)).status).toBe(200)
    const stored = (await (await read('amina', 'Goal/goal-1')).json()) as Goal
    const number = (of: Goal) =>
      of.extension
        ?.find(({ url }) => url === ours('attainment-scale'))
        ?.extension?.find(({ url }) => url === 'number')?.valueInteger
    expect(number(stored)).toBe(2)
    const [old] = await scores('grace')
    expect(old?.extension?.find(({ url }) => url === ours('level-words'))?.valueString).toBe(
      'To St Anne’s',
    )
    const claimed = { ...stored, extension: [scaleOf(levels, 9)] }
    await put('amina', claimed as never, 2)
    expect(number((await (await read('amina', 'Goal/goal-1')).json()) as Goal)).toBe(2)
  })

  test('levels that somebody scored are changed only by the coordinator until the scores are shown', async () => {
    const { put, scores } = await started()
    await put('amina', score(amina, 2))
    const other = { ...scaled, extension: [scaleOf([...levels.slice(1), 'Far'])] }
    for (const who of ['tom', 'grace']) expect((await put(who, other, 1)).status, who).toBe(403)
    expect(await scores('tom')).toEqual([])
    await put('amina', closing('goal-attainment-score'))
    expect((await put('tom', other, 1)).status).toBe(200)
  })

  test('undoing a change of levels does not show what was scored on them', async () => {
    const { put, scores, as } = await started()
    const other = { ...scaled, extension: [scaleOf([...levels.slice(1), 'Far'])] }
    await put('tom', other, 1)
    await put('amina', score(amina, 2))
    const undo = {
      ...{ resourceType: 'Provenance', id: 'undo-1', recorded: '2026-03-02T09:00:00Z' },
      target: [{ reference: 'Goal/goal-1/_history/3' }, grace],
      ...{ activity: { coding: [{ system: codes, code: 'undo' }] }, agent: [{ who: tom }] },
    }
    const entry = [
      [other, { method: 'PUT', url: 'Goal/goal-1', ifMatch: 'W/"2"' }],
      [undo, { method: 'PUT', url: 'Provenance/undo-1' }],
    ].map(([resource, request]) => ({ resource, request }))
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    const { status } = await (await as('tom'))('/fhir', { method: 'POST', json })
    expect([status, await scores('tom')]).toEqual([403, []])
  })

  test('nobody makes themselves the coordinator of a round with a case of their own', async () => {
    const { put, scores } = await started()
    await put('amina', score(amina, 2))
    await put('tom', { ...openCase, id: 'case-2', careManager: tom })
    const shown = { ...closing('goal-attainment-score'), sender: tom }
    expect([(await put('tom', shown)).status, await scores('tom')]).toEqual([403, []])
  })

  test('a restricted score is not shown to those who may not see restricted records', async () => {
    const { put, alone } = await started()
    const meta = { security: [restrictedBecause('She asked for it')] }
    expect((await put('amina', score(amina, 2, { meta }))).status).toBe(201)
    await put('chidi', score(chidi, -1))
    await put('grace', score(grace, 0))
    expect(await alone('chidi')).toEqual({ RelatedPerson: -1, Patient: 0 })
    expect(await alone('grace')).toMatchObject({ Practitioner: 2 })
  })

  test('a goal without words on every level cannot be scored', async () => {
    const { put } = await started()
    await put('amina', { ...scaled, extension: [scaleOf(levels.slice(0, 3))] }, 1)
    expect((await put('grace', score(grace, 1))).status).toBe(422)
  })

  test('the first goal is chosen once for an organisation, without seeing the others', async () => {
    const { put, alone } = await started()
    await put('chidi', top(chidi, { valueString: 'No more falls at night' }))
    await put('amina', top(amina))
    expect(await alone('grace')).toEqual({ RelatedPerson: 'hidden', Practitioner: 'hidden' })
    await put('grace', top(grace))
    expect(await alone('grace')).toEqual({
      ...{ RelatedPerson: 'No more falls at night', Practitioner: 'Goal/goal-1' },
      Patient: 'Goal/goal-1',
    })
    expect((await put('grace', top(grace, { valueString: 'Something else' }))).status).toBe(409)
    const subject = { reference: `http://gable.test/fhir/${grace.reference}` }
    const again = top(grace, { valueString: 'In another way', subject })
    expect((await put('grace', again)).status, 'nor by naming her otherwise').toBe(422)
  })

  test('nothing is scored or chosen after a death', async () => {
    const { put, seed } = await started()
    await seed([{ ...standing[0], deceasedDateTime: '2026-02-01' }] as never)
    expect((await put('grace', score(grace, 1))).status).toBe(422)
    expect((await put('amina', top(amina))).status).toBe(422)
  })

  const acceptance = (by: object, status: string, reason?: string) => ({
    url: 'http://hl7.org/fhir/StructureDefinition/goal-acceptance',
    extension: [
      { url: 'individual', valueReference: by },
      { url: 'status', valueCode: status },
      ...(reason
        ? [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/goal-reasonRejected',
              valueCodeableConcept: { text: reason },
            },
          ]
        : []),
    ],
  })

  test('everybody accepts or declines a goal for themselves, with the service’s time', async () => {
    const { put, read } = await started()
    const stands = async () => (await (await read('amina', 'Goal/goal-1')).json()) as Goal
    const answered = (of: Goal, ...more: readonly object[]) => ({
      ...of,
      extension: [...(of.extension ?? []), ...more],
    })
    const first = await stands()
    const byChidi = answered(first, acceptance(chidi, 'disagree', 'It is too far in winter'))
    expect((await put('chidi', byChidi as never, 1)).status).toBe(200)
    const forGrace = answered(await stands(), acceptance(grace, 'agree'))
    expect((await put('chidi', forGrace as never, 2)).status, 'not for Grace').toBe(403)
    const forTom = answered(await stands(), acceptance(tom, 'agree'))
    expect((await put('amina', forTom as never, 2)).status, 'not for Tom').toBe(403)
    expect(
      (await put('amina', { ...(await stands()), extension: [scaleOf(levels)] } as never, 2))
        .status,
      'nor removes his',
    ).toBe(403)
    expect((await put('amina', forGrace as never, 2)).status, 'written down for her').toBe(200)
    const both = JSON.stringify((await stands()).extension)
    expect(both).toContain('It is too far in winter')
    expect(both).toContain('2026-03-02T09:00:00.000Z')
    expect(both).toContain('Practitioner/amina-yusuf')
    const later = { ...(await stands()), description: { text: 'I want to sit by the gate' } }
    expect((await put('amina', later as never, 3)).status).toBe(200)
    const stances = stancesFrom(await stands())
    expect(stances.map(({ words }) => words)).toEqual(['To walk to church', 'To walk to church'])
    const { words = '' } = goalFromFhir(await stands())
    expect(stances.every((each) => isAboutOtherWords(each, { words }))).toBe(true)
    expect(stances.some((each) => isAboutOtherWords(each, { words: 'To walk to church' }))).toBe(
      false,
    )
  })

  test('what is put first is kept with the words that the goal had then', async () => {
    const { put, found, read } = await started()
    const claimed = { focus: [{ reference: 'Goal/goal-1', display: 'Something else' }] }
    expect((await put('tom', top(tom, claimed))).status).toBe(201)
    expect((await put('grace', top(grace))).status).toBe(201)
    expect(
      (await put('amina', { ...closing('top-goal'), about: [{ reference: 'CarePlan/plan-1' }] }))
        .status,
    ).toBe(201)
    const stood = (await (await read('amina', 'Goal/goal-1')).json()) as Goal
    await put('amina', { ...stood, description: { text: 'I want to sit by the gate' } } as never, 1)
    const records = await found('amina', `Observation?patient=${grace.reference}&code=top-goal`)
    const choices = records.flatMap((each) => topGoalFromFhir(each) ?? [])
    expect(
      chosenInOtherWords(choices, 'I want to sit by the gate').map((each) => each.goalWords),
    ).toEqual(['To walk to church', 'To walk to church'])
    expect(chosenInOtherWords(choices, 'To walk to church')).toEqual([])
  })
})
