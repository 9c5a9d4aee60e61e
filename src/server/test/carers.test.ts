import type {
  Bundle,
  Consent,
  Flag,
  Observation,
  Parameters,
  QuestionnaireResponse,
} from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiId, chidiOwnId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentToFhir,
  eligibilityDecisionToFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { type CarerShares, carerSharesToFhir } from '#domain/carer/carer-shares.ts'
import { type CarerShown, carersAnswer } from '#domain/carer/carers-answer.ts'
import { carerIllAnswer } from '#domain/plan/worse/carer-ill-request.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const karen = {
  reference: 'Practitioner/karen-lee',
  name: 'Karen Lee',
  voice: 'professional' as const,
}
const at = testNow.toISOString()

const parameter = (name: string, value: object) => ({ name, ...value })
const carerIs = (id: string) =>
  parameter('carer', { valueReference: { reference: `RelatedPerson/${id}` } })
const ask = async (call: Caller, person: string, name: string, ...said: readonly object[]) =>
  await call(`/fhir/Patient/${person}/$${name}`, {
    method: 'POST',
    json: { resourceType: 'Parameters', ...(said.length > 0 ? { parameter: said } : {}) },
  })
const carersFor = async (call: Caller): Promise<readonly CarerShown[]> => {
  const answer = await call(`/fhir/Patient/${graceId}/$carers`)
  expect(answer.status).toBe(200)
  return carersAnswer.read((await answer.json()) as Parameters).carers
}
const chidiIn = async (call: Caller) => (await carersFor(call)).find(({ id }) => id === chidiId)

eachStore('Carers', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), ...chidiRecords(testDay)],
      'brook-surgery',
    )
    return server
  }

  /** Chidi with his own record, not as Grace’s carer. */
  async function asHimself(server: OpenHandler): Promise<Caller> {
    const call = await server.as('chidi')
    const sides = (await (await call('/auth/sides')).json()) as { sides: string[] }
    expect(sides.sides.toSorted()).toEqual(['carer', 'person'])
    expect((await call('/auth/side', { method: 'POST', body: '{"side":"person"}' })).status).toBe(
      200,
    )
    return call
  }

  const shares = (own: CarerShares) =>
    carerSharesToFhir({ person: chidiOwnId, carer: chidiId, shares: own, at })
  const put = async (
    call: Caller,
    record: object & { resourceType: string; id: string },
    version?: string,
  ) =>
    await call(`/fhir/${record.resourceType}/${record.id}`, {
      method: 'PUT',
      json: record,
      headers: version ? { 'If-Match': version } : {},
    })

  test('a carer is a person of their own: one side at a time, and neither record tells of the other', async () => {
    const server = await started()
    const chidi = await server.as('chidi')
    expect((await chidi(`/fhir/Patient/${chidiOwnId}`)).status, 'as Grace’s carer').toBe(404)
    const himself = await asHimself(server)
    expect((await himself(`/fhir/Patient/${chidiOwnId}`)).status).toBe(200)
    expect((await himself(`/fhir/Patient/${graceId}`)).status, 'as himself').toBe(404)
    const roles = (await (
      await himself(`/fhir/Patient/${chidiOwnId}/$caring-for`)
    ).json()) as object
    expect(JSON.stringify(roles)).toContain('Grace')
    const back = await himself('/auth/side', { method: 'POST', body: '{"side":"carer"}' })
    expect(back.status).toBe(200)
    expect((await himself(`/fhir/Patient/${graceId}`)).status).toBe(200)
    for (const who of ['grace', 'amina', 'ruth']) {
      const other = await server.as(who)
      const side = await other('/auth/side', { method: 'POST', body: '{"side":"carer"}' })
      expect([who, side.status]).toEqual([who, 403])
    }
  })

  test.each(['grace', 'amina', 'patel', 'stranger', 'ruth'])(
    '%s gets nothing of the carer’s own record in any way',
    async (who) => {
      const server = await started()
      const call = await server.as(who)
      const paths = [
        `Patient/${chidiOwnId}`,
        `Patient/${chidiOwnId}/_history`,
        `Patient/${chidiOwnId}/$everything`,
        `Patient/${chidiOwnId}/$carers`,
        `Patient/${chidiOwnId}/$caring-for`,
        `Patient/${chidiOwnId}/$essentials`,
        'Condition/need-c1',
        'Goal/goal-c1',
        'Observation/carer-how-chidi',
        'CarePlan/plan-case-5e07b1c9',
        `Consent/carer-record-${chidiOwnId}`,
      ]
      for (const path of paths)
        expect([path, (await call(`/fhir/${path}`)).status]).toEqual([path, 404])
      const searches = [
        'Patient?family=Okafor',
        'Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|9991002014',
        `Condition?patient=${chidiOwnId}`,
        `Consent?patient=${chidiOwnId}`,
        'Condition?patient.identifier=9991002014',
        'RelatedPerson?_include=RelatedPerson:patient&_revinclude=Consent:actor',
        'Patient?_has:Condition:patient:_id=need-c1',
        'Observation?code=carer-how',
      ]
      for (const path of searches) {
        const answer = await call(`/fhir/${path}`)
        const text = await answer.text()
        expect([
          path,
          text.replaceAll(`patient=${chidiOwnId}`, '').includes(chidiOwnId),
          text.includes('sofa'),
        ]).toEqual([path, false, false])
      }
      for (const path of [
        `Patient/${graceId}/$everything`,
        `Patient/${graceId}/$carers`,
        '_history',
      ]) {
        const text = await (await call(`/fhir/${path}`)).text()
        expect([path, text.includes(chidiOwnId), text.includes('sofa')]).toEqual([
          path,
          false,
          false,
        ])
      }
    },
  )

  test('what a carer shows is their own decision, for each reader, and counts at once', async () => {
    const server = await started()
    const [amina, grace] = [await server.as('amina'), await server.as('grace')]
    expect((await chidiIn(amina))?.shown).toMatchObject({ heavy: 8, needs: [], goals: [] })
    expect((await chidiIn(grace))?.shown, 'nothing to Grace').toBeUndefined()
    expect((await chidiIn(grace))?.offers, 'nor what was offered to him').toEqual([])
    const wanted = shares({ 'person-cared-for': ['carer-needs'], 'their-team': [] })
    for (const who of ['karen', 'grace', 'amina', 'admin']) {
      const call = await server.as(who)
      expect([who, (await put(call, wanted, 'W/"1"')).status === 200]).toEqual([who, false])
    }
    const himself = await asHimself(server)
    expect((await put(himself, wanted, 'W/"1"')).status).toBe(200)
    expect((await chidiIn(grace))?.shown).toMatchObject({
      topics: ['carer-needs'],
      words: '',
      needs: [
        { words: 'Four nights of seven on Mum’s sofa', unmet: true },
        { words: 'Late for work nine times since summer' },
        { words: 'Missed the blood pressure check twice' },
      ],
    })
    expect((await chidiIn(amina))?.shown).toBeUndefined()
    expect((await grace('/fhir/Condition/need-c1')).status, 'shown, and not opened').toBe(404)
    const log = await himself(`/fhir/Patient/${chidiOwnId}/$who-looked`)
    expect(await log.text(), 'and he sees that she looked').toContain('Grace Okafor')
  })

  test('his own record is opened only to those in his own care, and only they find the way to it', async () => {
    const server = await started()
    expect((await chidiIn(await server.as('karen')))?.record).toBe(chidiOwnId)
    expect((await chidiIn(await server.as('karen')))?.offers[0]?.replies[0]?.answer).toBe('yes')
    expect((await chidiIn(await server.as('amina')))?.record).toBeUndefined()
    expect((await chidiIn(await server.as('chidi')))?.record).toBeUndefined()
    expect((await chidiIn(await server.as('chidi')))?.isSelf).toBe(true)
  })

  const added = async (call: Caller, name: string, ...more: readonly object[]) => {
    const answer = await ask(
      call,
      graceId,
      'add-carer',
      parameter('name', { valueString: name }),
      ...more,
    )
    expect(answer.status).toBe(200)
    const { parameter: said } = (await answer.json()) as Parameters
    return said?.[0]?.valueReference?.reference?.split('/')[1] ?? ''
  }
  const number = parameter('nhs-number', { valueString: '943 476 5919' })
  const seesTeam = parameter('sees', { valueCode: 'team' })

  test('an assessment is offered and answered, a record opened only after a yes, once, and by somebody named', async () => {
    const server = await started()
    const [karen, amina] = [await server.as('karen'), await server.as('amina')]
    const ngozi = await added(karen, 'Ngozi Eze', number, seesTeam)
    const agreed = parameter('agreed', { valueString: 'Said yes at the kitchen table' })
    const openIt = async (call: Caller) =>
      (await ask(call, graceId, 'open-carer-record', carerIs(ngozi), agreed)).status
    const offer = async (call: Caller, ...said: readonly object[]) =>
      (await ask(call, graceId, 'carer-offer', carerIs(ngozi), ...said)).status
    const yes = parameter('answer', { valueCode: 'yes' })
    expect(await openIt(karen), 'nobody offered it').toBe(422)
    expect(await offer(karen, yes), 'nor can it be answered').toBe(422)
    for (const who of ['grace', 'chidi'])
      expect([who, await offer(await server.as(who))]).toEqual([who, 403])
    expect(await offer(karen)).toBe(200)
    expect(await offer(await server.as('chidi'), yes), 'another carer does not answer').toBe(403)
    expect(await offer(await server.as('grace'), yes), 'nor the person').toBe(403)
    expect(await openIt(karen), 'before the yes').toBe(422)
    expect(await offer(amina, parameter('answer', { valueCode: 'no' }))).toBe(200)
    expect(await openIt(karen), 'after a no').toBe(422)
    expect(await offer(karen, yes)).toBe(200)
    expect(await openIt(await server.as('grace'))).toBe(403)
    expect(await openIt(karen)).toBe(200)
    expect(await openIt(karen), 'a number that has a record').toBe(422)
    const mine = (await carersFor(karen)).find(({ id }) => id === ngozi)
    expect(mine?.offers[0]?.replies.map(({ answer, by }) => [answer, by.name])).toEqual([
      ['no', 'Amina Yusuf'],
      ['yes', 'Karen Lee'],
    ])
    const own = mine?.record ?? ''
    expect((await karen(`/fhir/Patient/${own}`)).status).toBe(200)
    expect((await amina(`/fhir/Patient/${own}`)).status, 'Grace’s nurse is not Ngozi’s').toBe(404)
    expect((await carersFor(amina)).find(({ id }) => id === ngozi)?.record).toBeUndefined()
    const consent = (await (await karen(`/fhir/Consent/carer-record-${own}`)).json()) as Consent
    expect(consent.category[0]?.text).toBe('Said yes at the kitchen table')
  })

  test('an offer is written and answered in no other way', async () => {
    const server = await started()
    const karen = await server.as('karen')
    const stored = await karen('/fhir/Communication/carer-offer-chidi')
    const offer = (await stored.json()) as { resourceType: string; id: string }
    const version = stored.headers.get('ETag') ?? ''
    expect(
      (await put(karen, { ...offer, status: 'in-progress' } as typeof offer, version)).status,
    ).toBe(403)
    expect((await put(karen, { ...offer, id: 'mine' })).status).toBe(403)
    const gone = await karen('/fhir/Communication/carer-offer-chidi', { method: 'DELETE' })
    expect(gone.status).toBe(403)
    const grace = await server.as('grace')
    expect((await grace('/fhir/Communication/carer-offer-chidi')).status).toBe(404)
  })

  test('somebody who is added sees what the person shares; what a professional writes down waits', async () => {
    const server = await started()
    const grace = await server.as('grace')
    const shareOf = async (id: string) =>
      ((await (await grace(`/fhir/Consent/share-${id}`)).json()) as Consent).status
    expect(await shareOf(await added(grace, 'Ada Eze', seesTeam))).toBe('active')
    expect(await shareOf(await added(await server.as('amina'), 'Ngozi Eze', seesTeam))).toBe(
      'proposed',
    )
    const name = parameter('name', { valueString: 'X' })
    for (const who of ['chidi', 'patel-not', 'stranger', 'ruth', 'admin'].filter(
      (each) => !each.includes('-'),
    )) {
      const answer = await ask(await server.as(who), graceId, 'add-carer', name)
      expect([who, [403, 404].includes(answer.status)]).toEqual([who, true])
    }
    const taken = parameter('nhs-number', { valueString: '9991002014' })
    expect((await ask(grace, graceId, 'add-carer', name, taken)).status, 'Chidi’s').toBe(422)
    const hers = parameter('nhs-number', { valueString: '9991001018' })
    expect((await ask(grace, graceId, 'add-carer', name, hers)).status, 'her own').toBe(422)
    await server.sql.query(
      `update resource set content = jsonb_set(content, '{identifier,0,period}', '{"end": "2020-01-01"}')
       where rt = 'RelatedPerson' and content::text like '%9991002014%'`,
    )
    expect((await ask(grace, graceId, 'add-carer', name, taken)).status, 'ended').toBe(200)
    const wrong = parameter('nhs-number', { valueString: '1234567890' })
    expect((await ask(grace, graceId, 'add-carer', name, wrong)).status).toBe(400)
  })

  test('when somebody stops caring, their access ends at once, and who they were stays', async () => {
    const server = await started()
    const chidi = await server.as('chidi')
    expect((await chidi(`/fhir/Patient/${graceId}`)).status).toBe(200)
    for (const who of ['stranger', 'ruth']) {
      const answer = await ask(await server.as(who), graceId, 'end-carer', carerIs(chidiId))
      expect([who, answer.status]).toEqual([who, 404])
    }
    const why = parameter('why', { valueString: 'Moves abroad' })
    expect((await ask(chidi, graceId, 'end-carer', carerIs(chidiId), why)).status).toBe(200)
    expect((await chidi(`/fhir/Patient/${graceId}`)).status).toBe(404)
    const seen = await chidiIn(await server.as('grace'))
    expect(seen).toMatchObject({
      isOver: true,
      endedOn: testDay,
      endedWhy: 'Moves abroad',
      read: [],
    })
    const team = await (
      await (
        await server.as('grace')
      )('/fhir/CareTeam/team-case-3f9c27d1')
    ).json()
    const place = (team as { participant: { member: { reference: string }; period: object }[] })
      .participant
    expect(place.find(({ member }) => member.reference.endsWith(chidiId))?.period).toMatchObject({
      end: testDay,
    })
    const again = await ask(await server.as('grace'), graceId, 'end-carer', carerIs(chidiId))
    expect(again.status).toBe(422)
  })

  test('a professional in the carer’s own care decides, with a reason, on a finished assessment', async () => {
    const server = await started()
    const call = await server.as('karen')
    const assessment = (id: string, isDone: boolean): QuestionnaireResponse & { id: string } =>
      carerAssessmentToFhir({ ...nothingFound, id, person: chidiOwnId, by: karen, at, isDone })
    expect((await put(call, assessment('ca-1', false))).status).toBe(201)
    const decision = {
      id: 'cd-1',
      person: chidiOwnId,
      assessment: 'ca-1',
      isEligible: true,
      by: karen,
      at,
    }
    const decide = async (who: Caller, reason: string, id = 'cd-1') =>
      (await put(who, eligibilityDecisionToFhir({ ...decision, id, reason }))).status
    expect(await decide(call, 'Sleep'), 'not finished').toBe(422)
    expect((await put(call, assessment('ca-1', true), 'W/"1"')).status).toBe(200)
    expect(await decide(call, ' ')).toBe(422)
    expect(await decide(await server.as('amina'), 'Sleep')).toBe(404)
    expect(await decide(call, 'Sleep is at risk')).toBe(201)
    expect((await put(call, assessment('ca-1', false), 'W/"2"')).status, 'decided on').toBe(422)
    const stored = await call('/fhir/Observation/cd-1')
    const kept = (await stored.json()) as Observation & { id: string }
    expect(kept.performer?.[0]?.reference).toBe(karen.reference)
    const version = stored.headers.get('ETag') ?? ''
    expect(
      (await put(call, Object.assign({ ...kept }, { valueBoolean: false }), version)).status,
    ).toBe(403)
    expect((await call('/fhir/Observation/cd-1', { method: 'DELETE' })).status).toBe(403)
    const himself = await asHimself(server)
    expect((await himself('/fhir/Observation/cd-1')).status, 'he reads it').toBe(200)
    expect(await decide(himself, 'I say so', 'cd-2'), 'and does not decide').toBe(403)
    const wrong = { ...kept, status: 'entered-in-error' as const }
    expect((await put(call, wrong, version)).status, 'without a reason').toBe(422)
    const why = [...(kept.note ?? []), { text: 'Written for somebody else' }]
    expect((await put(call, Object.assign({ ...wrong }, { note: why }), version)).status).toBe(200)
  })

  test('with two carers, an illness is said of one of them, and each reads their own', async () => {
    const server = await started()
    const grace = await server.as('grace')
    const ngozi = await added(grace, 'Ngozi Eze', seesTeam)
    const team = await (await grace('/fhir/CareTeam/team-case-3f9c27d1')).text()
    expect(team, 'she is one of the team').toContain(ngozi)
    expect((await ask(grace, graceId, 'carer-ill')).status, 'which of them?').toBe(400)
    const ill = async (who: string, ...said: readonly object[]) => {
      const answer = await ask(await server.as(who), graceId, 'carer-ill', ...said)
      return { status: answer.status, text: await answer.text() }
    }
    const first = await ill('amina', carerIs(ngozi))
    expect(first.text).toContain('Call Ngozi Eze')
    expect(first.text).not.toContain('Call Chidi')
    const { nobody } = carerIllAnswer.read(JSON.parse(first.text) as Parameters)
    expect(
      nobody.map(({ what }) => what),
      'who is ill does not step in',
    ).toContain('Call Grace and come by')
    expect((await ill('chidi', carerIs(ngozi))).status, 'a carer speaks for themselves').toBe(403)
    expect((await ill('chidi')).text).toContain('Call Chidi Okafor')
    const better = parameter('better', { valueBoolean: true })
    expect((await ill('grace', carerIs(ngozi), better)).status).toBe(200)
    const answer = await grace(`/fhir/Flag?patient=${graceId}`)
    const flags = ((await answer.json()) as Bundle<Flag>).entry ?? []
    const standing = flags.filter(({ resource }) => resource?.status === 'active')
    expect(standing.map(({ resource }) => resource?.id)).toEqual([expect.stringContaining(chidiId)])
  })
})
