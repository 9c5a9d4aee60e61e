import type { OperationOutcome } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { afterToFhir } from '#domain/preparation/after-conversation.ts'
import type { Preparation } from '#domain/preparation/preparation.ts'
import { preparationKind, questionAnswerToFhir } from '#domain/preparation/preparation-fhir.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const person = grace.reference.split('/')[1] ?? ''
const plan = {
  ...{ resourceType: 'CarePlan', id: 'plan-case-1', status: 'active', intent: 'plan' },
  subject: grace,
  supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }],
  extension: [{ url: 'https://gable.example/fhir/review-on', valueDate: '2026-03-12' }],
} as const
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const

const voices = { grace: 'person', chidi: 'carer', amina: 'professional' } as const
const references = { grace: grace.reference, chidi: chidi.reference, amina: amina.reference }
const who = (name: keyof typeof references) => ({
  ...{ reference: references[name], name, voice: voices[name] },
})

const prepared = (by: keyof typeof references, more: Partial<Preparation> = {}) =>
  preparationKind.toFhir({
    ...{ id: `prepare-${by}`, person, plan: plan.id, forDay: '2026-03-12', by: who(by) },
    saidBy: who(by === 'amina' ? 'grace' : by),
    asks: ['Can I go by train?'],
    answers: { worry: 'The stairs at night' },
    confident: 4,
    written: { by: who(by), at: '2026-03-01T10:00:00.000Z' },
    ...more,
  })

const review = (id = 'review-1') => ({
  ...{ resourceType: 'Communication', id, status: 'completed', subject: grace, sender: amina },
  category: [{ coding: [{ system: codes, code: 'review' }] }],
  about: [{ reference: `CarePlan/${plan.id}` }],
  ...{ sent: '2026-03-12T10:00:00Z', payload: [{ contentString: 'We talked' }] },
})

type Written = Readonly<{ resourceType: string; id: string }>
const put = async (call: Caller, record: Written, version = 0) =>
  await call(`/fhir/${record.resourceType}/${record.id}`, {
    ...{ method: 'PUT', json: record },
    headers: version ? { 'If-Match': `W/"${version}"` } : {},
  })
const words = async (response: Response) =>
  ((await response.json()) as OperationOutcome).issue[0]?.details?.text

eachStore('What is prepared for a conversation', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const rooms = ['conversation', 'roof']
    const shared = share(rooms, ['read', 'write'])
    await server.seed([...standing, openCase, plan, shared] as never, 'brook-surgery')
    const [own, carer, nurse] = [
      await server.as('grace'),
      await server.as('chidi'),
      await server.as('amina'),
    ]
    const status = async (call: Caller, record: Written, version = 0) =>
      (await put(call, record, version)).status
    return { ...server, own, carer, nurse, status }
  }

  test('is the author’s own: the person’s is shared with no carer, a carer’s is read by all', async () => {
    const { own, carer, nurse, status } = await started()
    expect(await status(own, prepared('grace'))).toBe(201)
    expect(await status(carer, prepared('chidi'))).toBe(201)
    const seenBy = async (call: Caller) => {
      const found = await (
        await call(`/fhir/QuestionnaireResponse?patient=${grace.reference}`)
      ).json()
      return found.entry.map((each: { resource: Written }) => each.resource.id).toSorted()
    }
    expect(await seenBy(own)).toEqual(['prepare-chidi', 'prepare-grace'])
    expect(await seenBy(nurse)).toEqual(['prepare-chidi', 'prepare-grace'])
    expect(await seenBy(carer)).toEqual(['prepare-chidi'])
    const about = { preparation: 'prepare-grace', question: 'Can I go by train?' }
    const by = { by: who('amina'), at: '2026-03-02T09:00:00Z' }
    const answer = questionAnswerToFhir({ id: 'a-1', person, words: 'Yes', ...about, ...by })
    expect(await status(nurse, answer)).toBe(201)
    expect((await carer('/fhir/Communication/a-1')).status, 'tells what she asked').toBe(404)
    expect((await own('/fhir/Communication/a-1')).status).toBe(200)
  })

  test('is not written in the name of somebody else', async () => {
    const { own, carer, nurse, status } = await started()
    expect(await status(nurse, prepared('grace')), 'staff as the person').toBe(403)
    expect(await status(nurse, prepared('chidi')), 'staff as the carer').toBe(403)
    expect(await status(nurse, prepared('amina', { saidBy: who('amina') }))).toBe(403)
    expect(await status(nurse, prepared('amina', { saidBy: who('chidi') }))).toBe(422)
    expect(await status(carer, prepared('grace')), 'the carer as the person').not.toBe(201)
    expect(await status(carer, prepared('chidi', { saidBy: who('grace') }))).not.toBe(201)
    expect(await status(own, prepared('amina')), 'the person as staff').toBe(403)
    expect(await status(own, prepared('grace'))).toBe(201)
    const changed = prepared('amina', { id: 'prepare-grace', asks: ['Nothing'] })
    expect(await status(nurse, changed, 1), 'staff over the person’s own').toBe(403)
    const error = { ...prepared('grace'), status: 'entered-in-error' }
    expect(await status(nurse, error, 1)).toBe(403)
    const gone = await nurse('/fhir/QuestionnaireResponse/prepare-grace', { method: 'DELETE' })
    expect(gone.status).toBe(403)
  })

  test('is written down by a professional as said by the person, who may change it', async () => {
    const { own, nurse, status } = await started()
    expect(await status(nurse, prepared('amina'))).toBe(201)
    const inHerName = prepared('amina', { asks: ['Put there by Grace'] })
    expect(await status(own, inHerName, 1), 'in the name of the nurse').toBe(403)
    const mine = prepared('grace', { id: 'prepare-amina', asks: ['My own'] })
    expect(await status(own, mine, 1)).toBe(200)
    expect(await words(await put(own, prepared('grace', { id: 'second' })))).toContain('already')
  })

  test('can be changed until the conversation is held, and then stays as it was', async () => {
    const { own, nurse, status, wait } = await started()
    expect(await status(own, prepared('grace'))).toBe(201)
    expect(await status(own, prepared('grace', { asks: ['By bus?'] }), 1)).toBe(200)
    wait(5)
    expect(await status(nurse, review())).toBe(201)
    const late = await put(own, prepared('grace', { asks: ['By ship?'] }), 2)
    expect([late.status, await words(late)]).toEqual([422, expect.stringContaining('taken place')])
    wait(5)
    const said = { ...review('review-2'), sender: grace }
    expect(await status(own, said), 'only staff hold a review: this is a message').toBe(201)
    const old = await put(own, prepared('grace', { id: 'prepare-next', forDay: '2026-03-01' }))
    expect([old.status, await words(old)]).toEqual([422, expect.stringContaining('2026-03-12')])
    const next = prepared('grace', { id: 'prepare-next' })
    expect(await status(own, next)).toBe(201)
    expect(await status(own, { ...said, id: 'review-3' })).toBe(201)
    const touched = { ...next, authored: '2026-03-02T10:00:00Z' }
    expect(await status(own, touched, 1)).toBe(200)
  })

  test('is for a conversation that is planned, about a plan of the same person', async () => {
    const { own, nurse, status } = await started()
    const { extension: _day, ...undated } = plan
    expect(await status(own, prepared('grace', { plan: 'plan-1' })), 'no day is set').toBe(422)
    expect(await status(own, prepared('grace', { plan: 'nobody' }))).toBe(422)
    expect(await status(nurse, undated, 1)).toBe(200)
    expect(await words(await put(own, prepared('grace')))).toContain('No conversation is planned')
  })
})

eachStore('What the person says after a conversation', (open) => {
  const after = (more: Partial<Parameters<typeof afterToFhir>[0]> = {}) =>
    afterToFhir({
      ...{ person, review: 'review-1', talked: 'partly', decided: 'yes', words: 'Not the stairs' },
      ...{ by: who('grace'), way: 'own', at: '2026-03-12T12:00:00Z', ...more },
    })

  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-12T12:00:00Z') })
    const records = [
      ...standing,
      openCase,
      plan,
      review(),
      share(['conversation'], ['read', 'write']),
    ]
    await server.seed(records as never, 'brook-surgery')
    return { ...server, own: await server.as('grace'), nurse: await server.as('amina') }
  }

  test('is said once, and nobody changes or deletes it', async () => {
    const { own, nurse } = await started()
    expect((await put(own, after())).status).toBe(201)
    expect((await put(own, after({ talked: 'yes' }), 1)).status).toBe(403)
    expect((await put(nurse, after({ by: who('amina'), way: 'paper' }), 1)).status).toBe(403)
    const path = '/fhir/QuestionnaireResponse/after-review-1'
    expect((await own(path, { method: 'DELETE' })).status).toBe(403)
    const other = { ...after(), id: 'another-id' }
    expect((await put(own, other)).status, 'a second one under another id').toBe(422)
  })

  test('is written down by staff only from a screen or from paper, and never in the person’s name', async () => {
    const { own, nurse, as } = await started()
    expect((await put(nurse, after())).status).toBe(403)
    expect((await put(nurse, after({ by: who('amina') }))).status, 'no way named').toBe(403)
    expect((await put(own, after({ way: 'paper' }))).status).toBe(403)
    expect((await put(await as('chidi'), after({ by: who('chidi') }))).status).toBeGreaterThan(400)
    expect((await put(nurse, after({ by: who('amina'), way: 'paper' }))).status).toBe(201)
  })

  test('is answered by the person even if staff wrote something down before', async () => {
    const { own, nurse } = await started()
    const written = after({ by: who('amina'), way: 'paper', talked: 'yes' })
    expect((await put(nurse, written)).status).toBe(201)
    expect((await put(nurse, after({ by: who('amina'), way: 'screen' }), 1)).status).toBe(403)
    const error = { ...written, status: 'entered-in-error' } as const
    expect((await put(nurse, error, 1)).status).toBe(403)
    const elsewhere = { ...after({ review: 'review-2' }), id: written.id }
    expect((await put(own, elsewhere, 1)).status, 'about another conversation').toBe(422)
    expect((await put(own, after(), 1)).status).toBe(200)
    expect((await put(own, after({ talked: 'no' }), 2)).status, 'once').toBe(403)
    expect((await put(nurse, written, 2)).status, 'over the person’s own').toBe(403)
  })

  test('comes after the conversation, and not from the future', async () => {
    const { own, nurse } = await started()
    const early = await put(own, after({ at: '2026-03-12T09:00:00Z' }))
    expect([early.status, await words(early)]).toEqual([422, expect.stringMatching(/before the/)])
    const late = await put(nurse, after({ by: who('amina'), way: 'paper', at: '2026-03-14' }))
    expect([late.status, await words(late)]).toEqual([422, expect.stringMatching(/future/)])
    const { authored: _never, ...undated } = after()
    expect((await put(own, undated)).status, 'without a time').toBe(422)
    const planned = { ...review('review-2'), sent: '2026-03-20T10:00:00Z' }
    expect((await put(nurse, planned)).status).toBe(201)
    const before = await put(nurse, after({ review: 'review-2', by: who('amina'), way: 'paper' }))
    expect([before.status, await words(before)]).toEqual([422, expect.stringMatching(/not taken/)])
    expect((await put(own, after())).status).toBe(201)
  })

  test('answers both questions, about a conversation that was held', async () => {
    const { own } = await started()
    const { item: _item, ...bare } = after()
    expect((await put(own, bare as never)).status).toBe(422)
    expect((await put(own, after({ review: 'message-1' }))).status).toBe(422)
    expect((await put(own, after({ review: 'nothing' }))).status).toBe(422)
    const hers = { ...review('her-own'), sender: grace }
    await put(own, hers)
    expect((await put(own, after({ review: 'her-own' }))).status, 'held by nobody').toBe(422)
  })
})

eachStore('A review', (open) => {
  const goal = {
    ...{ resourceType: 'Goal', id: 'g-1', lifecycleStatus: 'active', subject: grace },
    description: { text: 'Walk to church' },
  } as const
  const step = {
    ...{ resourceType: 'Task', id: 't-1', status: 'accepted', intent: 'order', for: grace },
    description: 'Fit the rail',
  } as const
  const whole = {
    ...plan,
    goal: [{ reference: 'Goal/g-1' }],
    activity: [{ reference: { reference: 'Task/t-1' } }],
  }
  const deciding = (...made: readonly (readonly [string, string, string])[]) => ({
    ...review(),
    extension: made.map(([about, decision, said]) => ({
      url: 'https://gable.example/fhir/review-decision',
      extension: [
        { url: 'about', valueReference: { reference: about } },
        { url: 'decision', valueCode: decision },
        ...(said ? [{ url: 'words', valueString: said }] : []),
      ],
    })),
  })

  async function started(more: readonly object[] = []) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-12T12:00:00Z') })
    const records = [...standing, openCase, whole, goal, step, ...more]
    await server.seed(records as never, 'brook-surgery')
    return await server.as('amina')
  }

  test('is refused with the names of what nobody has decided', async () => {
    const nurse = await started()
    const silent = await put(nurse, review())
    expect(silent.status).toBe(422)
    expect(await words(silent)).toMatch(/“Walk to church”, “Fit the rail”/)
    const half = deciding(['Goal/g-1', 'goes-on', ''], ['Task/t-1', 'ended', ''])
    expect(await words(await put(nurse, half)), 'an end without words').toMatch(/: “Fit the rail”$/)
    const all = deciding(['Goal/g-1', 'goes-on', ''], ['Task/t-1', 'ended', 'It is fitted'])
    expect((await put(nurse, all)).status).toBe(201)
  })

  test('does not ask about what is done already', async () => {
    const nurse = await started([
      { ...goal, lifecycleStatus: 'completed' },
      { ...step, status: 'completed' },
    ])
    expect((await put(nurse, review())).status).toBe(201)
  })
})
