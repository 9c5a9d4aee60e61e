import type { Bundle, Observation, ServiceRequest } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const ours = (name: string) => `https://gable.example/fhir/${name}`
const forGoal = 'http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal'
const own = (code: string) => ({ coding: [{ system: codes, code }] })
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
const other = { reference: 'Patient/p-other' }

type Said = Readonly<Record<string, unknown>>
const offer = (more: Said = {}) => ({
  ...{ resourceType: 'ServiceRequest', id: crypto.randomUUID() as string, status: 'active' },
  ...{ intent: 'proposal', category: [own('support-offer')], subject: grace },
  code: { ...own('support-peer'), text: 'Hearts together' },
  performer: [{ display: 'Brook hall, Thursdays' }],
  extension: [{ url: forGoal, valueReference: { reference: 'Goal/goal-1' } }],
  authoredOn: '2026-03-02T08:00:00Z',
  ...more,
})
const word = (about: string, answer: string, more: Said = {}) => ({
  ...{ resourceType: 'Observation', id: crypto.randomUUID() as string, status: 'final' },
  ...{ code: own('support-word'), subject: grace, performer: [grace] },
  ...{ focus: [{ reference: `ServiceRequest/${about}` }] },
  ...{ valueCodeableConcept: own(`support-${answer}`), note: [{ text: `Words: ${answer}` }] },
  ...more,
})
const byAmina = { extension: [{ url: ours('supported-by'), valueReference: amina }] }

eachStore('Help that is offered', (open) => {
  async function started(...more: readonly object[]) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const consent = share(['support', 'conversation'], ['read', 'write'])
    const hers = { ...goal(grace), subject: grace }
    await server.seed([...standing, openCase, hers, consent, ...more] as never, 'brook-surgery')
    const put = async (who: string, record: Said, version?: number) =>
      await (await server.as(who))(`/fhir/${record['resourceType']}/${record['id']}`, {
        ...{ method: 'PUT', json: record },
        ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
      })
    const made = offer()
    expect((await put('amina', made)).status).toBe(201)
    const read = async <R>(who: string, path: string) =>
      (await (await (await server.as(who))(`/fhir/${path}`)).json()) as R
    return { server, put, made, read }
  }

  test('An offer is in the name of the professional who makes it, and is not reworded', async () => {
    const { put, made, read, server } = await started()
    const forged = offer({ requester: { reference: 'Practitioner/tom-price' } })
    expect((await put('amina', { ...forged, authoredOn: '2036-01-01T00:00:00Z' })).status).toBe(201)
    const early = offer({ authoredOn: '2001-01-01T00:00:00Z' })
    expect((await put('amina', early)).status).toBe(201)
    for (const { id } of [forged, early]) {
      const kept = await read<ServiceRequest>('amina', `ServiceRequest/${id}`)
      expect(kept.requester).toMatchObject(amina)
      expect(kept.authoredOn, 'the service dates it').toBe('2026-03-02T09:00:00.000Z')
    }
    for (const who of ['grace', 'chidi']) expect((await put(who, offer())).status).toBe(403)
    const standingOffer = await read<Said>('amina', `ServiceRequest/${made.id}`)
    const reworded = { ...standingOffer, code: { ...own('support-peer'), text: 'Something else' } }
    expect((await put('amina', reworded, 1)).status).toBe(403)
    const call = await server.as('amina')
    const gone = await call(`/fhir/ServiceRequest/${made.id}`, { method: 'DELETE' })
    expect(gone.status).toBe(403)
  })

  test.each<[string, Said]>([
    ['without a kind', { code: { text: 'A walk' } }],
    ['without words', { code: own('support-peer') }],
    ['that asks somebody, which would open the record', { performer: [amina] }],
    ['that is a referral too', { category: [own('support-offer'), own('referral')] }],
    ['that is arranged already', { intent: 'order' }],
    [
      'for a goal that is not there',
      {
        extension: [{ url: forGoal, valueReference: { reference: 'Goal/goal-none' } }],
      },
    ],
  ])('An offer %s is refused', async (_title, more) => {
    const { put } = await started()
    expect((await put('amina', offer(more))).status).toBe(422)
  })

  test('The person answers; a professional writes it down and is named; a carer does not answer', async () => {
    const { put, made, read } = await started()
    const carers = word(made.id, 'taken-up', {
      extension: [
        { url: ours('supported-by'), valueReference: { reference: 'RelatedPerson/r-8b51e604' } },
      ],
    })
    expect((await put('chidi', carers)).status).toBe(403)
    expect((await put('chidi', word(made.id, 'taken-up'))).status).toBe(403)
    const down = word(made.id, 'taken-up', byAmina)
    expect((await put('amina', down)).status).toBe(201)
    const kept = await read<Observation>('chidi', `Observation/${down.id}`)
    expect(kept.extension?.[0]).toMatchObject({
      url: ours('supported-by'),
      valueReference: { reference: amina.reference },
    })
    const hers = word(made.id, 'helped', { effectiveDateTime: '2036-01-01T00:00:00Z', ...byAmina })
    expect((await put('grace', hers)).status).toBe(201)
    const said = await read<Observation>('grace', `Observation/${hers.id}`)
    expect([said.effectiveDateTime, said.extension]).toEqual([
      // after the offer and the first answer, which came in the same moment
      '2026-03-02T09:00:00.002Z',
      undefined,
    ])
    const named = word(made.id, 'stopped', { performer: [amina] })
    expect((await put('amina', named)).status).toBe(422)
    expect((await put('amina', word(made.id, 'stopped'))).status).toBe(403)
  })

  test('Answers follow each other, also when two come at once', async () => {
    const { put, made, server } = await started()
    for (const early of ['helped', 'stopped'])
      expect((await put('grace', word(made.id, early))).status).toBe(409)
    const both = await Promise.all(
      ['taken-up', 'taken-up'].map(
        async (each) => (await put('grace', word(made.id, each))).status,
      ),
    )
    expect(both.toSorted()).toEqual([201, 409])
    expect((await put('grace', word(made.id, 'declined'))).status).toBe(409)
    const call = await server.as('grace')
    const entry = ['helped-little', 'stopped'].map((each) => {
      const resource = word(made.id, each)
      return { resource, request: { method: 'PUT', url: `Observation/${resource.id}` } }
    })
    const sent = { resourceType: 'Bundle', type: 'transaction', entry }
    expect((await call('/fhir', { method: 'POST', json: sent })).status).toBe(200)
    expect((await put('grace', word(made.id, 'taken-up'))).status).toBe(201)
  })

  test('What was said is not changed: the last of it is marked as an error by the one who recorded it', async () => {
    const { put, made, read, server } = await started()
    const first = word(made.id, 'taken-up', byAmina)
    const second = word(made.id, 'helped')
    await put('amina', first)
    await put('grace', second)
    const one = await read<Said>('amina', `Observation/${first.id}`)
    const two = await read<Said>('grace', `Observation/${second.id}`)
    const other = { ...two, note: [{ text: 'Other words' }] }
    expect((await put('grace', other, 1)).status).toBe(403)
    expect((await put('amina', { ...two, status: 'entered-in-error' }, 1)).status).toBe(403)
    expect((await put('amina', { ...one, status: 'entered-in-error' }, 1)).status).toBe(409)
    const gone = await (await server.as('grace'))(`/fhir/Observation/${second.id}`, {
      method: 'DELETE',
    })
    expect(gone.status).toBe(403)
    expect((await put('grace', { ...two, status: 'entered-in-error' }, 1)).status).toBe(200)
    expect((await put('amina', { ...one, status: 'entered-in-error' }, 1)).status).toBe(200)
  })

  test('An offer ends with a reason, in the name of who ends it, and takes no new yes after that', async () => {
    const { put, made, read } = await started()
    await put('grace', word(made.id, 'taken-up'))
    const one = await read<Said & { extension: object[] }>('amina', `ServiceRequest/${made.id}`)
    expect((await put('amina', { ...one, status: 'revoked' }, 1)).status).toBe(422)
    const why = {
      url: ours('offer-ended'),
      extension: [
        { url: 'words', valueString: 'The hall is closed' },
        { url: 'by', valueReference: { reference: 'Practitioner/tom-price' } },
      ],
    }
    const ended = { ...one, status: 'revoked', extension: [...one.extension, why] }
    expect((await put('grace', ended, 1)).status).toBe(403)
    expect((await put('amina', ended, 1)).status).toBe(200)
    const kept = await read<ServiceRequest>('grace', `ServiceRequest/${made.id}`)
    const parts = kept.extension?.at(-1)?.extension ?? []
    expect(
      parts.map((each) => each.valueString ?? each.valueReference?.reference ?? each.url),
    ).toEqual(['The hall is closed', amina.reference, 'at'])
    expect((await put('grace', word(made.id, 'stopped'))).status).toBe(409)
    expect((await put('grace', word(made.id, 'helped'))).status).toBe(201)
  })

  test('What helps with one person is never said of another, and is not in a file', async () => {
    const elsewhere = {
      resourceType: 'Patient',
      id: 'p-other',
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    }
    const { put, made, server } = await started(elsewhere)
    const strange = word(made.id, 'taken-up', { subject: other, performer: [other], ...byAmina })
    expect((await put('amina', strange)).status).toBe(422)
    const call = await server.as('amina')
    const found = (await (
      await call(`/fhir/Patient/${grace.reference.slice(8)}/$plan-document`)
    ).json()) as Bundle
    const types = (found.entry ?? []).map(({ resource }) => resource?.id)
    expect(types).not.toContain(made.id)
  })
})
