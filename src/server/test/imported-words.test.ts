import { expect, test } from 'vitest'
import { relationsServer, tom } from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, goal, grace, message } from '#test-support/worlds/grace-records.ts'

const amina = 'Practitioner/amina-yusuf'
const url = (name: string) => `https://gable.example/fhir/${name}`
const helped = (reference: string) => ({
  ...{ url: url('supported-by'), valueReference: { reference } },
})

type Kept = Readonly<{
  expressedBy?: { reference: string }
  performer?: readonly { reference: string }[]
  extension?: readonly Readonly<{
    url: string
    valueReference?: { reference: string }
    extension?: readonly Readonly<{ url: string; valueString?: string }>[]
  }>[]
}>

eachStore('Words in an import', (open) => {
  const started = async (...records: readonly object[]) => {
    const server = await relationsServer(await open(), ...records)
    const kept = async (path: string) =>
      (await (await server.send('amina', `/${path}`)).json()) as Kept & { meta: object }
    return { ...server, kept }
  }
  const saidBy = ({ expressedBy, performer }: Kept) => (expressedBy ?? performer?.[0])?.reference
  const helpers = ({ extension = [] }: Kept) =>
    extension.flatMap((each) =>
      each.url === url('supported-by') ? (each.valueReference?.reference ?? '') : [],
    )
  const earlier = ({ extension = [] }: Kept) =>
    extension
      .filter((each) => each.url === url('earlier-words'))
      .flatMap((each) => each.extension?.find((part) => part.url === 'words')?.valueString ?? '')

  const rest = { ...goal(grace), description: { text: 'To rest' } }

  test('name the importer as the writer for the person, and a second import changes nothing', async () => {
    const server = await started()
    await server.importAs('amina', goal(grace), aboutMe(grace))
    for (const path of ['Goal/goal-1', 'Observation/about-1']) {
      const once = await server.kept(path)
      expect([saidBy(once), helpers(once)]).toEqual([grace.reference, [amina]])
      await server.importAs('amina', goal(grace), aboutMe(grace))
      expect(await server.kept(path)).toEqual(once)
    }
  })

  test('in the name of somebody who works here say who imported them, and keep the first importer', async () => {
    const role = {
      ...{ resourceType: 'PractitionerRole', id: 'role-tom', active: true },
      practitioner: { reference: 'Practitioner/tom-price' },
      organization: { reference: 'Organization/brook-surgery' },
      code: [{ coding: [{ system: 'https://gable.example/codes', code: 'professional' }] }],
    }
    const server = await started(role)
    const ill = (id: string, recorder: string, more: object = {}) => ({
      ...{ resourceType: 'Condition', id, subject: grace, recorder: { reference: recorder } },
      ...{ code: { text: 'Heart failure' }, ...more },
    })
    const forged = { extension: [helped('Practitioner/tom-price')] }
    const toms = ill('toms', 'Practitioner/tom-price', forged)
    const flag = {
      ...{ resourceType: 'Flag', id: 'fall-flag', status: 'active', subject: grace },
      ...{ code: { text: 'Falls' }, author: { reference: 'Practitioner/tom-price' } },
    }
    const own = ill('own', amina)
    const elsewhere = ill('elsewhere', 'Practitioner/from-elsewhere')
    const answer = await server.importAs('amina', toms, flag, own, elsewhere)
    expect(answer).toContain('somebody who works here')
    const brought = async () =>
      await Promise.all(
        ['Condition/toms', 'Flag/fall-flag', 'Condition/own', 'Condition/elsewhere'].map(
          async (path) => helpers(await server.kept(path)),
        ),
      )
    expect(await brought()).toEqual([[amina], [amina], [], []])
    await server.importAs('admin', toms, flag, own, elsewhere)
    expect((await brought()).slice(0, 2)).toEqual([[amina], [amina]])
  })

  const roleOf = (id: string) => ({
    ...{ resourceType: 'PractitionerRole', id: `role-${id}`, active: true },
    practitioner: { reference: `Practitioner/${id}` },
    organization: { reference: 'Organization/brook-surgery' },
    code: [{ coding: [{ system: 'https://gable.example/codes', code: 'professional' }] }],
  })
  const staffNumber = { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '555000111222' }
  const tomHere = {
    ...{ resourceType: 'Practitioner', id: 'tom-price', identifier: [staffNumber] },
    name: [{ family: 'Price', given: ['Tom'], prefix: ['Mr'] }],
  }
  const toms = { reference: 'Practitioner/tom-price' }

  test('name who imported them wherever the author stands, and however the author is named', async () => {
    const server = await started(roleOf('tom-price'), tomHere)
    const report = {
      ...{ resourceType: 'DiagnosticReport', status: 'final', subject: grace, code: { text: 'x' } },
    }
    const stay = { resourceType: 'Encounter', status: 'finished', class: { code: 'IMP' } }
    const note = { resourceType: 'Condition', subject: grace, code: { text: 'x' } }
    const inside = { ...tomHere, id: 'in-it' }
    const records = [
      { ...report, id: 'read', resultsInterpreter: [toms] },
      { ...stay, id: 'seen', subject: grace, participant: [{ individual: toms }] },
      { ...note, id: 'noted', note: [{ text: 'So', authorReference: toms }] },
      { ...note, id: 'in-words', note: [{ text: 'So', authorString: 'Tom Price' }] },
      { ...note, id: 'shown', recorder: { display: 'Mr Tom Price, social work' } },
      { ...note, id: 'numbered', recorder: { identifier: staffNumber } },
      { ...note, id: 'contained', contained: [inside], recorder: { reference: '#in-it' } },
    ]
    const others = [
      { ...note, id: 'another', recorder: { display: 'Tim Price' } },
      { ...note, id: 'told', note: [{ text: 'Tom Price' }], recorder: { display: 'Price' } },
    ]
    await server.importAs('amina', ...records, ...others)
    for (const { resourceType, id } of records)
      expect(helpers(await server.kept(`${resourceType}/${id}`)), id).toEqual([amina])
    for (const { resourceType, id } of others)
      expect(helpers(await server.kept(`${resourceType}/${id}`)), id).toEqual([])
  })

  test('in the name of a number that has ended are nobody’s here', async () => {
    const ended = { ...staffNumber, period: { end: '2020-01-01' } }
    const server = await started(roleOf('tom-price'), { ...tomHere, identifier: [ended] })
    const note = { resourceType: 'Condition', subject: grace, code: { text: 'x' } }
    await server.importAs('amina', {
      ...note,
      id: 'numbered',
      recorder: { identifier: staffNumber },
    })
    expect(helpers(await server.kept('Condition/numbered'))).toEqual([])
  })

  test('name who imported them, however many others a file names first', async () => {
    const server = await started(roleOf('tom-price'))
    const many = Array.from({ length: 10_001 }, (_, at) => ({ reference: `Practitioner/x${at}` }))
    const read = {
      ...{ resourceType: 'Observation', id: 'crowd', status: 'final', subject: grace },
      ...{ code: { text: 'x' }, performer: [...many, toms] },
    }
    await server.importAs('amina', read)
    expect(helpers(await server.kept('Observation/crowd'))).toEqual([amina])
  })

  test('name a later importer of other words before the first', async () => {
    const server = await started(roleOf('tom-price'))
    const said = (text: string) => ({
      ...{ resourceType: 'Condition', id: 'said', subject: grace, recorder: toms, code: { text } },
    })
    const marks = async () =>
      ((await server.kept('Condition/said')).extension ?? []).map(
        (each) => each.valueReference?.reference ?? (each as { valueString?: string }).valueString,
      )
    await server.importAs('amina', said('Heart failure'))
    await server.importAs('admin', said('Heart failure'))
    expect(await marks(), 'nothing new').toEqual([amina])
    await server.importAs('admin', said('Heart attack'))
    expect(await marks()).toEqual(['Sam Field', amina])
    await server.importAs('amina', said('Heart failure'))
    expect(await marks()).toEqual([amina, 'Sam Field'])
  })

  test('are never new words of the person: other words are the importer’s', async () => {
    const server = await started()
    await server.importAs('amina', goal(grace))
    for (const _run of [1, 2]) {
      expect(await server.importAs('amina', rest)).not.toContain('reason')
      const changed = await server.kept('Goal/goal-1')
      expect([saidBy(changed), helpers(changed), earlier(changed)]).toEqual([
        amina,
        [],
        ['To walk to church'],
      ])
    }
    await server.importAs('amina', { ...rest, description: { text: 'To sleep' } })
    const again = await server.kept('Goal/goal-1')
    expect([saidBy(again), earlier(again)]).toEqual([amina, ['To walk to church']])
  })

  test('do not become the person’s when they were somebody else’s or nobody’s', async () => {
    const server = await started()
    const { expressedBy: _nobody, ...bare } = goal(grace)
    for (const [id, said] of [
      ['toms', goal(tom)],
      ['nobodys', bare],
    ] as const) {
      await server.importAs('amina', { ...said, id })
      await server.importAs('amina', { ...goal(grace), id })
      expect(saidBy(await server.kept(`Goal/${id}`))).toBe(saidBy(said as Kept))
      await server.importAs('amina', { ...rest, id })
      expect(saidBy(await server.kept(`Goal/${id}`))).toBe(amina)
    }
  })

  test('are not changed by a program, and the progress of a goal is still imported', async () => {
    const server = await started()
    await server.importAs('admin', goal(grace))
    expect(await server.importAs('admin', rest)).toContain('These are someone else’s words')
    const done = { ...goal(grace), lifecycleStatus: 'completed' }
    expect(await server.importAs('admin', done)).not.toContain('reason')
    expect(await server.kept('Goal/goal-1')).toMatchObject({
      ...{ lifecycleStatus: 'completed', description: { text: 'To walk to church' } },
    })
  })

  test('of another’s message stay as first imported, and no answer to a promise is imported', async () => {
    const server = await started()
    await server.importAs('amina', message(grace))
    const { id } = message(grace)
    expect(helpers(await server.kept(`Communication/${id}`))).toEqual([amina])
    const other = { ...message(grace), payload: [{ contentString: 'Leave me alone' }] }
    for (const who of ['amina', 'admin']) {
      expect(await server.importAs(who, message(grace))).not.toContain('reason')
      expect(await server.importAs(who, other)).toContain(
        'An import cannot change someone else’s words',
      )
      const mine = { ...other, sender: { reference: amina } }
      expect(await server.importAs(who, mine)).toContain(
        'An import cannot change someone else’s words',
      )
    }
    const code = { system: 'https://gable.example/codes', code: 'promise-answer' }
    const answer = { ...message(grace), id: 'answer', category: [{ coding: [code] }] }
    expect(await server.importAs('amina', answer)).toContain('A promise must be answered here')
  })

  test('of a message say who brought them, an administrator too, whatever the file claims', async () => {
    const server = await started()
    const marks = async (id: string) =>
      JSON.stringify((await server.kept(`Communication/${id}`)).extension ?? [])
    const claimed = { extension: [helped('Practitioner/somebody-else')] }
    await server.importAs('admin', { ...message(grace), ...claimed, id: 'by-admin' })
    expect(await marks('by-admin')).toContain('"valueString":"Sam Field"')
    expect(await marks('by-admin')).not.toContain('somebody-else')
    const tom = { reference: 'Practitioner/tom-price' }
    await server.importAs('amina', { ...message(tom), id: 'of-tom' })
    expect(await marks('of-tom')).toContain(amina)
    await server.importAs('amina', { ...message({ reference: amina }), id: 'own' })
    expect(await marks('own')).not.toContain('supported-by')
  })

  test('of easy read do not claim what they retell', async () => {
    const server = await started()
    const category = [{ coding: [{ system: 'https://gable.example/codes', code: 'easy-read' }] }]
    const easy = {
      ...{ ...message(grace), id: 'easy', category, about: [{ reference: 'Goal/goal-1' }] },
      extension: [{ url: url('easy-retold'), valueString: 'To walk to church' }],
    }
    await server.importAs('admin', goal(grace))
    await server.importAs('admin', easy)
    const stored = JSON.stringify(await server.kept('Communication/easy'))
    expect(stored).toContain('Sam Field')
    expect(stored).not.toContain('easy-retold')
    await server.importAs('amina', easy)
    expect(JSON.stringify(await server.kept('Communication/easy'))).not.toContain('easy-retold')
  })

  test('keep their writer in ordinary updates, and the writer’s own words stay the writer’s', async () => {
    const server = await started()
    expect(
      await server.put('amina', { ...goal(grace), extension: [helped('RelatedPerson/x')] }),
    ).toBe(201)
    expect(helpers(await server.kept('Goal/goal-1'))).toEqual([amina, 'RelatedPerson/x'])
    expect(await server.put('amina', goal(grace), 1)).toBe(200)
    expect(helpers(await server.kept('Goal/goal-1'))).toEqual([amina, 'RelatedPerson/x'])
    const own = { ...goal({ reference: amina }), id: 'own' }
    expect(await server.put('amina', own)).toBe(201)
    expect(await server.put('amina', { ...goal(grace), id: 'own' }, 1)).toBe(200)
    expect(helpers(await server.kept('Goal/own'))).toEqual([amina])
  })

  test('have their author recognised in whatever form the reference is written', async () => {
    const server = await started()
    const far = { reference: `https://elsewhere.example/fhir/${grace.reference}/_history/1` }
    await server.importAs('amina', message(far), { ...goal(far), id: 'goal-1' })
    expect(helpers(await server.kept('Communication/message-1'))).toEqual([amina])
    expect(helpers(await server.kept('Goal/goal-1'))).toEqual([amina])
  })
})
