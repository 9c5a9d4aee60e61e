import type { Consent, Observation, Parameters, Patient, RelatedPerson } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiId, chidiOwnId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import { carerAssessmentToFhir } from '#domain/carer/carer-assessment-fhir.ts'
import { carerSharesToFhir } from '#domain/carer/carer-shares.ts'
import { carerWordsToFhir } from '#domain/carer/carer-words.ts'
import {
  addCarerAnswer,
  carerOfferAnswer,
  carersAnswer,
  caringForAnswer,
} from '#domain/carer/carers-answer.ts'
import { carerIllFlag } from '#domain/plan/worse/carer-ill.ts'
import { beginSession } from '#server/auth/session.ts'
import { sql0031CarerEndings } from '#server/store/migrations/0031-carer-endings.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const why = 'He took money from her purse'
const valueString = (name: string, said: string) => ({ name, valueString: said })
const carerIs = (id: string) => ({
  name: 'carer',
  valueReference: { reference: `RelatedPerson/${id}` },
})
const sees = { name: 'sees', valueCode: 'team' }
const yes = { name: 'answer', valueCode: 'yes' }

eachStore('What is kept about carers, and from whom', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), ...chidiRecords(testDay)],
      'brook-surgery',
    )
    const ask = async (call: Caller, name: string, ...parameter: readonly object[]) => {
      const json = { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) }
      return await call(`/fhir/Patient/${graceId}/$${name}`, { method: 'POST', json })
    }
    const carersFor = async (call: Caller) =>
      carersAnswer.read((await (await ask(call, 'carers')).json()) as Parameters).carers
    const added = async (call: Caller, name: string, ...more: readonly object[]) => {
      const answer = await ask(call, 'add-carer', valueString('name', name), ...more)
      expect(answer.status).toBe(200)
      const { parameter } = (await answer.json()) as Parameters
      return parameter?.[0]?.valueReference?.reference?.split('/')[1] ?? ''
    }
    const asCarer = async (id: string) =>
      server.withToken(
        await beginSession(
          sql,
          {
            ...{ identity: `carer-${id}`, name: 'Ada Eze', role: 'carer' },
            caresFor: [{ relatedPerson: id, person: graceId }],
          },
          testNow,
        ),
      )
    const himself = async () => {
      const call = await server.as('chidi')
      await call('/auth/side', { method: 'POST', body: '{"side":"person"}' })
      return call
    }
    return { ...server, sql, ask, carersFor, added, asCarer, himself }
  }

  test('why a carer stopped is read by the person and professionals, and by no other carer in any way', async () => {
    const { as, ask, added, asCarer, carersFor } = await started()
    const [amina, grace] = [await as('amina'), await as('grace')]
    const ada = await asCarer(await added(grace, 'Ada Eze', sees))
    const ended = await ask(amina, 'end-carer', carerIs(chidiId), valueString('why', why))
    expect(ended.status).toBe(200)
    for (const path of [
      `RelatedPerson/${chidiId}`,
      `RelatedPerson/${chidiId}/_history`,
      `RelatedPerson?patient=${graceId}`,
      `Communication?patient=${graceId}`,
      `Patient/${graceId}/$everything`,
      `Patient/${graceId}/$carers`,
      '_history',
    ]) {
      const text = await (await ada(`/fhir/${path}`)).text()
      expect([path, text.includes('purse')]).toEqual([path, false])
    }
    const shown = await (await ada(`/fhir/RelatedPerson/${chidiId}`)).text()
    expect(shown, 'she does read who he was').toContain('Okafor')
    for (const call of [amina, grace])
      expect((await carersFor(call)).find(({ id }) => id === chidiId)?.endedWhy).toBe(why)
    const record = await amina(`/fhir/RelatedPerson/${chidiId}`)
    const relative = (await record.json()) as RelatedPerson & { id: string }
    const extension = [
      { url: 'https://gable.example/fhir/ended-why', valueString: why },
      ...(relative.extension ?? []),
    ]
    const version = Number(relative.meta?.versionId)
    expect((await putRecord(amina, { ...relative, extension }, version)).status).toBe(403)
  })

  test('what an earlier version wrote into the carer’s record is taken out of it, in every version', async () => {
    const { as, sql, carersFor } = await started()
    const said = JSON.stringify([
      { url: 'https://gable.example/fhir/lives-with', valueBoolean: true },
      { url: 'https://gable.example/fhir/ended-why', valueString: why },
    ])
    const amina = await as('amina')
    const record = await amina(`/fhir/RelatedPerson/${chidiId}`)
    const relative = (await record.json()) as RelatedPerson & { id: string }
    const version = Number(relative.meta?.versionId)
    const put = await putRecord(amina, { ...relative, active: false }, version)
    expect(put.status).toBe(200)
    for (const table of ['resource', 'history'])
      await sql.query(
        `update ${table} set content = jsonb_set(content, '{extension}', $2::jsonb)
         where rt = 'RelatedPerson' and id = $1`,
        [chidiId, said],
      )
    await sql.script(sql0031CarerEndings)
    const history = await (await amina(`/fhir/RelatedPerson/${chidiId}/_history`)).text()
    expect([history.includes('purse'), history.includes('lives-with')]).toEqual([false, true])
    const kept = (await carersFor(amina)).find(({ id }) => id === chidiId)
    expect([kept?.endedWhy, kept?.livesWith]).toEqual([why, true])
  })

  test('why a restricted carer stopped is as restricted as the carer, also what an earlier version had written', async () => {
    const { as, sql, ask, added, withToken } = await started()
    const amina = await as('amina')
    const [first, second] = [await added(amina, 'Ada Eze'), await added(amina, 'Obi Eze')]
    const meta = { security: [restrictedBecause('He must not know')] }
    for (const id of [first, second]) {
      const read = await amina(`/fhir/RelatedPerson/${id}`)
      const relative = (await read.json()) as RelatedPerson & { id: string }
      const version = Number(relative.meta?.versionId)
      expect((await putRecord(amina, { ...relative, meta }, version)).status).toBe(200)
    }
    const said = valueString('why', why)
    expect((await ask(amina, 'end-carer', carerIs(first), said)).status).toBe(200)
    await sql.query(
      `update resource set content = content || $2::jsonb where rt = 'RelatedPerson' and id = $1`,
      [
        second,
        JSON.stringify({
          extension: [{ url: 'https://gable.example/fhir/ended-why', valueString: why }],
        }),
      ],
    )
    await sql.script(sql0031CarerEndings)
    const { rows } = await sql.query<{ id: string; room: string }>(
      `select id, room from resource where rt = 'Communication' and content::text like '%purse%'`,
    )
    expect(rows.map(({ room }) => room)).toEqual(['restricted', 'restricted'])
    const paths = [
      `Communication?patient=${graceId}&_count=200`,
      `Patient/${graceId}/$everything?_count=1000`,
      ...rows.map(({ id }) => `Communication/${id}`),
    ]
    const colleague = withToken(
      await beginSession(
        sql,
        {
          ...{ identity: 'locum', name: 'Dr Lena Cole', role: 'gp', practitioner: 'lena-cole' },
          organisation: 'brook-surgery',
        },
        testNow,
      ),
    )
    expect((await colleague(`/fhir/RelatedPerson/${chidiId}`)).status, 'not named').toBe(200)
    for (const path of paths) {
      const text = await (await colleague(`/fhir/${path}`)).text()
      expect([path, text.includes('purse')]).toEqual([path, false])
    }
    const named = await (await amina(`/fhir/${paths[0]}`)).text()
    expect(named).toContain('purse')
  })

  test('the same offer, and the same answer, sent again is the same one', async () => {
    const { as, ask, added, carersFor } = await started()
    const [amina, karen] = [await as('amina'), await as('karen')]
    const ngozi = await added(karen, 'Ngozi Eze', sees)
    const words = valueString('words', 'Tuesday at two')
    const offers = async () => (await carersFor(amina)).find(({ id }) => id === ngozi)?.offers
    const offer = async (call: Caller, ...more: readonly object[]) => {
      const answer = await ask(call, 'carer-offer', carerIs(ngozi), ...more)
      const text = await answer.text()
      if (answer.status !== 200) return { status: answer.status, text }
      return { status: 200, ...carerOfferAnswer.read(JSON.parse(text) as Parameters) }
    }
    const both = await Promise.all([offer(karen, words), offer(karen, words)])
    expect(both.map((each) => each.status)).toEqual([200, 200])
    expect(await offer(amina)).toMatchObject({ status: 200, already: true })
    expect(await offers()).toHaveLength(1)
    const other = await offer(amina, valueString('words', 'Friday'))
    expect([other.status, 'text' in other && other.text]).toEqual([
      409,
      expect.stringContaining('Karen Lee offered it on'),
    ])
    expect(await offer(amina, yes)).toMatchObject({ already: false })
    expect(await offer(amina, yes)).toMatchObject({ already: true })
    expect((await offers())?.[0]?.replies).toHaveLength(1)
  })

  test('somebody added twice is one carer, and two people of one name are two', async () => {
    const { as, ask, carersFor } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    const add = async (call: Caller, ...said: readonly object[]) => {
      const answer = await ask(call, 'add-carer', ...said)
      expect(answer.status).toBe(200)
      return addCarerAnswer.read((await answer.json()) as Parameters)
    }
    const ngozi = [valueString('name', 'Ngozi Eze'), valueString('relationship', 'Niece')]
    const both = await Promise.all([add(karen, ...ngozi), add(karen, ...ngozi)])
    expect(both.map(({ already }) => already).toSorted()).toEqual([false, true])
    expect(new Set(both.map(({ carer }) => carer)).size).toBe(1)
    const written = [valueString('name', ' ngozi  EZE'), valueString('relationship', 'niece ')]
    expect(await add(grace, ...written)).toEqual({ carer: both[0]?.carer, already: true })
    expect((await carersFor(karen)).filter(({ name }) => name === 'Ngozi Eze')).toHaveLength(1)

    const other = [valueString('name', 'Ngozi Eze'), valueString('relationship', 'Neighbour')]
    expect((await add(karen, ...other)).already, 'somebody else').toBe(false)
    const first = valueString('nhs-number', '943 476 5919')
    const friend = [valueString('name', 'Ada Obi'), valueString('relationship', 'Friend')]
    expect((await add(karen, ...friend, first)).already).toBe(false)
    expect((await add(karen, ...friend, first)).already, 'a retry with the number').toBe(true)
    const second = valueString('nhs-number', '401 023 2137')
    expect((await add(karen, ...friend, second)).already, 'told apart by number').toBe(false)

    const ended = await ask(karen, 'end-carer', carerIs(both[0]?.carer ?? ''))
    expect(ended.status).toBe(200)
    expect((await add(karen, ...ngozi)).already, 'who stopped can come back').toBe(false)
  })

  test('a carer sees on their own side who offered them an assessment, and when', async () => {
    const { as, ask, himself, carersFor } = await started()
    const karen = await as('karen')
    const words = valueString('words', 'At the council, on Monday')
    expect((await ask(karen, 'carer-offer', carerIs(chidiId), words)).status).toBe(200)
    const [seen] = (await carersFor(await as('chidi'))).filter(({ isSelf }) => isSelf)
    expect(seen?.offers.at(-1)?.words, 'on the carer’s side').toBe('At the council, on Monday')
    const own = await himself()
    const answer = await own(`/fhir/Patient/${chidiOwnId}/$caring-for`)
    const [role] = caringForAnswer.read((await answer.json()) as Parameters).roles
    expect(role?.offers.at(-1)).toMatchObject({
      ...{ words: 'At the council, on Monday', by: { name: 'Karen Lee' }, replies: [] },
      at: testNow.toISOString(),
    })
  })

  test('a record is offered to be opened only where it can be, and who cannot know why not is told what to do', async () => {
    const { as, ask, added, carersFor } = await started()
    const [amina, karen, grace] = [await as('amina'), await as('karen'), await as('grace')]
    const number = valueString('nhs-number', '943 476 5919')
    const ngozi = await added(karen, 'Ngozi Eze', number, sees)
    const obi = await added(karen, 'Obi Eze', sees)
    for (const each of [ngozi, obi]) {
      expect((await ask(karen, 'carer-offer', carerIs(each))).status).toBe(200)
      expect((await ask(karen, 'carer-offer', carerIs(each), yes)).status).toBe(200)
    }
    const openings = async (call: Caller) => {
      const carers = await carersFor(call)
      return [ngozi, obi, chidiId].map((each) => carers.find(({ id }) => id === each)?.opening)
    }
    expect(await openings(amina), 'Chidi has a record that she may not know of').toEqual([
      ...['open', 'number', 'ask'],
    ])
    expect(await openings(karen), 'and she is in his care').toEqual(['open', 'number', ''])
    expect(await openings(grace)).toEqual(['', '', ''])
    expect(await openings(await as('patel'))).not.toContain(undefined)
  })

  test('what concerns a carer is dated when it comes here, whatever a client says', async () => {
    const { as, himself } = await started()
    const [karen, own] = [await as('karen'), await himself()]
    const [early, at] = ['2001-01-01T00:00:00.000Z', testNow.toISOString()]
    const by = {
      ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
      voice: 'professional' as const,
    }
    const self = { reference: `Patient/${chidiOwnId}`, name: 'Chidi', voice: 'person' as const }
    const shares = { 'person-cared-for': ['carer-how' as const], 'their-team': [] }
    const found = carerAssessmentToFhir({
      ...{ ...nothingFound, id: 'ca-early', person: chidiOwnId, by, at: early, isDone: true },
    })
    const said = carerWordsToFhir({
      ...{ id: 'how-early', person: chidiOwnId, words: 'Tired', heavy: 3, by: self, at: early },
    })
    const share = carerSharesToFhir({ person: chidiOwnId, carer: chidiId, shares, at: early })
    expect((await putRecord(karen, found)).status).toBe(201)
    expect((await putRecord(own, said)).status).toBe(201)
    expect((await putRecord(own, share, 1)).status).toBe(200)
    const read = async <R>(path: string) => (await (await own(`/fhir/${path}`)).json()) as R
    expect((await read<{ authored: string }>('QuestionnaireResponse/ca-early')).authored).toBe(at)
    expect((await read<Observation>('Observation/how-early')).effectiveDateTime).toBe(at)
    expect((await read<Consent>(`Consent/${share.id}`)).dateTime).toBe(at)
  })

  test('after a death nobody is added as a carer, nothing is offered and no card is made, and a carer’s part still ends', async () => {
    const { as, ask } = await started()
    const amina = await as('amina')
    const patient = (await (await amina(`/fhir/Patient/${graceId}`)).json()) as Patient
    const dead = { ...patient, id: graceId, deceasedDateTime: testDay }
    const version = Number(patient.meta?.versionId)
    expect((await putRecord(amina, dead, version)).status).toBe(200)
    const refused = async (name: string, ...said: readonly object[]) => {
      const answer = await ask(amina, name, ...said)
      return [name, answer.status, /has died/.test(await answer.text())]
    }
    expect(await refused('add-carer', valueString('name', 'Ada Eze'))).toEqual([
      ...['add-carer', 422, true],
    ])
    expect(await refused('carer-offer', carerIs(chidiId))).toEqual(['carer-offer', 422, true])
    expect(await refused('emergency-card', valueString('agreed', 'Yes'))).toEqual([
      ...['emergency-card', 422, true],
    ])
    const ended = await ask(amina, 'end-carer', carerIs(chidiId), valueString('why', 'Thank you'))
    expect(ended.status).toBe(200)
  })

  test('after the day of a death no carer is ill and nobody says how today is', async () => {
    const { as } = await started()
    const amina = await as('amina')
    const patient = (await (await amina(`/fhir/Patient/${graceId}`)).json()) as Patient
    const dead = { ...patient, id: graceId, deceasedDateTime: '2020-01-01' }
    expect((await putRecord(amina, dead, Number(patient.meta?.versionId))).status).toBe(200)
    const who = { reference: `RelatedPerson/${chidiId}`, name: '', voice: 'carer' as const }
    expect((await putRecord(amina, carerIllFlag(graceId, who, testDay))).status).toBe(422)
  })

  test('the news says which parts were shared with a carer, and says nothing if nothing was', async () => {
    const { as, added } = await started()
    const [grace, amina] = [await as('grace'), await as('amina')]
    const news = async () =>
      await (await amina(`/fhir/Provenance?patient=Patient/${graceId}&_count=200`)).text()
    await added(grace, 'Obi Eze')
    expect(await news()).not.toContain('Obi Eze')
    await added(grace, 'Ada Eze', sees, { name: 'sees', valueCode: 'roof' })
    const told = await news()
    expect(told).toContain('Ada Eze can now see: My team, How it is organised.')
    expect(told).not.toContain('Can now see the record: Ada Eze')
  })
})
