import type {
  Bundle,
  CarePlan,
  Composition,
  OperationOutcome,
  Provenance,
  Resource,
} from '@medplum/fhirtypes'
import { assert, asyncProperty, string } from 'fast-check'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { importPartsOf } from '#domain/import/parts.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share } from '#test-support/worlds/grace-records.ts'
import { bringIn, bundleOf, countsOf, reasonsOf } from '#test-support/worlds/import-answer.ts'
import { listed } from '#test-support/worlds/listed.ts'
import {
  asking,
  change,
  documentOf,
  documentPath,
  emptyGable,
  full,
  liveALittle,
  livedGable,
  planId,
  today,
  type Words,
} from '#test-support/worlds/plan-to-take.ts'
import { suggestion } from '#test-support/worlds/suggestions-world.ts'

const codes = 'https://gable.example/codes'
const grace = { reference: `Patient/${graceId}` }
const bareCover = {
  ...{ resourceType: 'Composition', id: 'cover' },
  type: { coding: [{ system: codes, code: 'plan-document' }] },
}
const answered = {
  ...{ resourceType: 'Provenance', id: 'forged', recorded: '2026-03-02T09:00:00Z' },
  target: [{ reference: `CarePlan/${planId}/_history/1` }, grace],
  activity: { coding: [{ system: codes, code: 'agree' }] },
  agent: [{ who: grace }],
}
const bareScore = {
  ...{ resourceType: 'Observation', status: 'final', subject: grace, valueInteger: 2 },
  code: { coding: [{ system: codes, code: 'goal-attainment-score' }] },
  ...{ focus: [{ reference: 'Goal/goal-g1' }], performer: [grace] },
}
const records = (bundle: Bundle) => (bundle.entry ?? []).flatMap(({ resource }) => resource ?? [])
const idsOf = (bundle: Bundle) => records(bundle).map((each) => `${each.resourceType}/${each.id}`)
const cover = (bundle: Bundle) => records(bundle)[0] as Composition
const narrative = (bundle: Bundle) =>
  (cover(bundle).section ?? []).map((each) => each.text?.div ?? '').join('\n')
const textOf = (value: unknown) => JSON.stringify(value)

eachStore('A plan as a document', (open) => {
  test('holds the whole plan with its versions, in words too, and passes $validate', async () => {
    const server = await livedGable(open)
    await liveALittle(server)
    const amina = await server.as('amina')
    const bundle = await documentOf(amina)
    expect(bundle).toMatchObject({ type: 'document', identifier: { value: expect.any(String) } })
    const checks = [bundle as Resource, ...records(bundle)]
    for (const resource of checks) {
      const json = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] }
      const answer = await amina(`/fhir/${resource.resourceType}/$validate`, {
        method: 'POST',
        json,
      })
      const outcome = (await answer.json()) as OperationOutcome
      expect(outcome.issue, JSON.stringify(outcome)).toMatchObject([{ severity: 'information' }])
    }
    const [, ...rest] = bundle.entry ?? []
    const { identifier: _identifier, ...nameless } = { ...bundle, entry: rest }
    const coverless = {
      resourceType: 'Parameters',
      parameter: [{ name: 'resource', resource: nameless }],
    }
    const told = await amina('/fhir/Bundle/$validate', { method: 'POST', json: coverless })
    expect(
      ((await told.json()) as OperationOutcome).issue.map((each) => each.details?.text),
    ).toEqual([
      'A document has an identifier with a system and a value',
      'The first entry of a document is a Composition',
    ])
    expect(cover(bundle).section?.map((each) => each.title)).toEqual([
      ...['Who said yes', 'About me', 'What I want to do', 'What worries me, and what I need'],
      ...['What else was promised', 'Who helps me', 'If things get worse', 'Who to call'],
      ...['Help I get', 'What was said about the plan', 'What is not in this copy'],
    ])
    for (const words of [
      ...[
        'Grace Okafor said yes',
        'Yes, this is right',
        'walk to church &lt;slowly&gt; &amp; back',
      ],
      ...['Being at home.', 'Fit the second stair rail', 'Tom Price promised this', 'Ring 999'],
      ...['Someone to sit at night', 'What nobody can help with yet', 'Brightway home care'],
      ...['I can drive on Sundays', 'Dr Anil Patel', 'This copy holds what Amina Yusuf may see'],
      ...['Help that was offered', 'Hearts together', 'I am not the only one who stops', 'Said on'],
    ])
      expect(narrative(bundle)).toContain(words)
    for (const name of [
      ...[
        `Patient/${graceId}`,
        `CarePlan/${planId}`,
        'CarePlan/whatif-case-3f9c27d1',
        'Goal/goal-g1',
      ],
      ...['CareTeam/team-case-3f9c27d1', 'EpisodeOfCare/case-3f9c27d1', 'Task/act-g1'],
      ...['Practitioner/tom-price', 'Organization/brook-surgery', 'Communication/said-1'],
    ])
      expect(idsOf(bundle)).toContain(name)
    const goal = records(bundle).find(({ id }) => id === 'goal-g1')
    expect(goal?.meta?.versionId).toBe('2')
    expect(textOf(bundle)).not.toContain('Bisoprolol')
  })

  test('imported into an empty Gable it is the same plan, and exported again the same document', async () => {
    const server = await livedGable(open)
    await liveALittle(server)
    const before = await documentOf(await server.as('amina'))
    const other = await emptyGable(open)
    const admin = await other.as('admin')
    const { answer } = await bringIn(admin, JSON.stringify(before))
    expect(reasonsOf(answer)).toEqual([])
    const after = await documentOf(await other.as('amina'))
    expect(after).toEqual(before)
    const hers = await other.as('grace')
    const plan = (await (await hers(`/fhir/CarePlan/${planId}`)).json()) as CarePlan
    const agreed = records(after).filter(
      (each): each is Provenance =>
        each.resourceType === 'Provenance' && textOf(each.activity).includes('"agree"'),
    )
    const target = `CarePlan/${planId}/_history/${plan.meta?.versionId}`
    expect(agreed.at(-1) && textOf(agreed)).toContain(target)
    const goal = await (await hers('/fhir/Goal/goal-g2')).json()
    expect(textOf(goal)).toContain('earlier-words')
    // and it is a living plan: the next change makes the next version, and the old yes no longer covers it
    await change(hers, 'Goal/goal-g1', () => ({ description: { text: 'I want to dance' } }))
    const moved = (await (await hers(`/fhir/CarePlan/${planId}`)).json()) as CarePlan
    expect(Number(moved.meta?.versionId)).toBe(Number(plan.meta?.versionId) + 1)
  })

  test('holds what was said about goals and suggested, but no answer of an open round and no capacity', async () => {
    const server = await livedGable(open)
    const said = { subject: grace, status: 'final', effectiveDateTime: '2026-03-01T10:00:00Z' }
    const alone = { meta: { security: [{ system: codes, code: 'answered-alone' }] } }
    const observed = (id: string, code: string, more: object) => ({
      ...{ resourceType: 'Observation' as const, id, ...said },
      ...{ code: { coding: [{ system: codes, code }] }, performer: [grace], ...more },
    })
    const focus = [{ reference: 'Goal/goal-g1' }]
    const kept = observed('kept', 'goal-attainment-score', { focus, valueInteger: -2, ...alone })
    const named = {
      system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
      code: 'R',
    }
    const unable = observed('unable', 'capacity-decision', {
      ...{ meta: { security: [named] }, valueBoolean: false },
    })
    await server.seed([kept, unable] as never, 'brook-surgery')
    const before = await documentOf(await server.as('amina'))
    const codesIn = records(before).flatMap((each) =>
      each.resourceType === 'Observation' ? (each.code.coding ?? []).map(({ code }) => code) : [],
    )
    for (const code of ['goal-attainment-score', 'top-goal', 'goal-confidence'])
      expect(codesIn, code).toContain(code)
    expect(idsOf(before)).toContain('Task/suggestion-g1')
    expect(idsOf(before)).not.toContain('Observation/kept')
    expect(idsOf(before)).not.toContain('Observation/unable')
    expect(idsOf(await documentOf(await server.as('grace'), {}))).not.toContain('Observation/kept')
    const entry = [...(before.entry ?? []), { resource: kept }, { resource: unable }]
    const other = await emptyGable(open)
    const { answer } = await bringIn(await other.as('admin'), JSON.stringify({ ...before, entry }))
    expect(reasonsOf(answer)).toHaveLength(2)
    expect(await documentOf(await other.as('amina'))).toEqual(before)
  })

  test('whatever its words are, they come back letter by letter', async () => {
    await assert(
      asyncProperty(string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), async (made) => {
        const words = made.trim() === '' || made.includes('\0') ? 'spaces' : made
        const server = await livedGable(open)
        await liveALittle(server, words)
        const before = await documentOf(await server.as('amina'))
        const other = await emptyGable(open)
        await bringIn(await other.as('admin'), JSON.stringify(before))
        expect(await documentOf(await other.as('amina'))).toEqual(before)
      }),
      { numRuns: 3 },
    )
  })

  test('a Gable that has the plan is not changed by it', async () => {
    const server = await livedGable(open)
    await liveALittle(server)
    const body = JSON.stringify(await documentOf(await server.as('amina')))
    for (const who of ['admin', 'amina']) {
      const { answer } = await bringIn(await server.as(who), body)
      expect(reasonsOf(answer)).toEqual([])
      expect(countsOf(answer)).toMatchObject({ created: 0, updated: 0, keptOurs: 0, refused: 0 })
    }
    const again = await documentOf(await server.as('amina'))
    expect(JSON.stringify(again)).toBe(body)
  })

  test('what was changed here since stays, and is reported as for every other file', async () => {
    const server = await livedGable(open)
    await liveALittle(server)
    const old = JSON.stringify(await documentOf(await server.as('amina')))
    await change(await server.as('grace'), 'Goal/goal-g1', () => ({
      description: { text: 'I want to dance' },
    }))
    const { answer } = await bringIn(await server.as('amina'), old)
    expect(countsOf(answer)).toMatchObject({ created: 0, updated: 0, refused: 0 })
    expect(countsOf(answer)['keptOurs']).toBeGreaterThan(0)
    const goal = await (await server.as('grace').then((hers) => hers('/fhir/Goal/goal-g1'))).json()
    expect(goal.description.text).toBe('I want to dance')
  })

  test('brought by a nurse it agrees in nobody’s name, and says who brought it', async () => {
    const server = await livedGable(open)
    await liveALittle(server)
    const body = JSON.stringify(await documentOf(await server.as('amina')))
    const other = await emptyGable(open)
    const { answer } = await bringIn(await other.as('amina'), body)
    expect(new Set(reasonsOf(answer))).toEqual(
      new Set([
        'Agreement and consent must be given here. They cannot be imported',
        'Answers about goals are given here. They cannot be imported',
        'Help is offered, and answered, here. That cannot be imported',
        'Suggestions for a plan are made and decided here. They cannot be imported',
      ]),
    )
    const amina = await other.as('amina')
    const goal = await (await amina('/fhir/Goal/goal-g1')).json()
    expect(goal.meta.versionId).toBe('1')
    expect(textOf(goal.extension)).toContain('Practitioner/amina-yusuf')
    const found = await (await amina(`/fhir/Provenance?patient=${graceId}&_count=200`)).json()
    expect(textOf(found)).not.toContain('"code":"agree"')
  })

  test('a forged answer beside a plan that is here is refused, an administrator’s too', async () => {
    const server = await livedGable(open)
    const bundle = await documentOf(await server.as('amina'))
    const entry = [...(bundle.entry ?? []), { resource: answered }]
    const { answer } = await bringIn(await server.as('admin'), JSON.stringify({ ...bundle, entry }))
    expect(reasonsOf(answer)).toEqual([
      'Agreement and consent must be given here. They cannot be imported',
    ])
    expect((await (await server.as('admin'))('/fhir/Provenance/forged')).status).toBe(404)
  })

  test.each([
    ['a yes to a plan that is not in the file', answered],
    ['a share', { ...share(['me', 'record'], ['read', 'write']), id: 'forged' }],
    ['a score', { ...bareScore, id: 'forged' }],
    ['a decided suggestion', { ...suggestion(grace), id: 'forged', status: 'rejected' }],
  ])('alone in a file it cannot bring %s, not even by an administrator', async (_title, forged) => {
    for (const server of [await livedGable(open), await emptyGable(open)]) {
      const admin = await server.as('admin')
      const person = { resourceType: 'Patient', id: graceId, name: [{ family: 'Okafor' }] }
      const { answer } = await bringIn(admin, bundleOf('document', [bareCover, person, forged]))
      const stored = await admin(`/fhir/${forged.resourceType}/${forged.id}`)
      const why = expect.stringMatching(/cannot be imported/)
      expect([stored.status, reasonsOf(answer).join()]).toEqual([404, why])
    }
  })

  test('a second plan of somebody who has one here agrees in nobody’s name', async () => {
    const server = await livedGable(open)
    const plan = { resourceType: 'CarePlan', id: 'plan-2', status: 'active', intent: 'plan' }
    const target = [{ reference: 'CarePlan/plan-2/_history/1' }, grace]
    const { answer } = await bringIn(
      await server.as('admin'),
      bundleOf('document', [bareCover, { ...plan, subject: grace }, { ...answered, target }]),
    )
    expect(reasonsOf(answer)).toEqual([
      'Agreement and consent must be given here. They cannot be imported',
    ])
  })

  test('gives nobody access, even from an administrator’s whole document', async () => {
    const server = await livedGable(open)
    const bundle = await documentOf(await server.as('amina'))
    expect(records(bundle).map(({ resourceType }) => resourceType)).not.toContain('Consent')
    const consent = [...graceRecords(today)].find(({ resourceType }) => resourceType === 'Consent')
    const entry = [...(bundle.entry ?? []), { resource: consent }]
    const other = await emptyGable(open)
    const { answer } = await bringIn(await other.as('admin'), JSON.stringify({ ...bundle, entry }))
    expect(reasonsOf(answer)).toEqual([
      'Agreement and consent must be given here. They cannot be imported',
    ])
    expect((await (await other.as('chidi'))(`/fhir/CarePlan/${planId}`)).status).toBe(404)
  })

  test('as a page it is readable, runs nothing, and is imported as it is', async () => {
    const server = await livedGable(open)
    await liveALittle(server, 'Up </script><script>alert(1)</script> the hill')
    const answer = await (await server.as('grace'))(documentPath, asking({ format: 'page' }))
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    const page = await answer.text()
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB" dir="ltr">/)
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page).toContain('Up &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; the hill')
    expect(page).toContain('Anyone who has this file can read it')
    expect(page).toContain('Notes between professionals are not in this copy')
    const parts = await importPartsOf(new Blob([page]), today)
    if ('why' in parts) throw new Error(parts.why)
    expect(await listed(parts.chunks())).toHaveLength(1)
    const other = await emptyGable(open)
    const sent = await bringIn(await other.as('admin'), page, 'text/html')
    expect(reasonsOf(sent.answer)).toEqual([])
    expect(countsOf(sent.answer)['created']).toBeGreaterThan(20)
    const refused = await bringIn(await other.as('admin'), '<html>no plan</html>', 'text/html')
    expect(refused.status).toBe(422)
  })

  test('as text no line is longer than 80 characters', async () => {
    const server = await livedGable(open)
    await liveALittle(
      server,
      `I want to ${'walk'.repeat(40)} as far as I can and then come home again by bus`,
    )
    const answer = await (await server.as('grace'))(documentPath, asking({ format: 'text' }))
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await answer.text()
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(text).toContain('What I want to do\n-----------------')
    expect(text).toContain('Version ')
    expect(text.replaceAll(/\s/g, '')).toContain('walk'.repeat(40))
  })

  test('holds no more than its maker may see, and is in the audit log with its reason', async () => {
    const server = await livedGable(open)
    const between = { meta: { security: [{ system: codes, code: 'professional-only' }] } }
    const whisper = {
      ...{
        resourceType: 'Communication' as const,
        id: 'whisper',
        status: 'completed' as const,
        subject: grace,
      },
      category: [{ coding: [{ system: codes, code: 'comment' }] }],
      ...{ about: [{ reference: 'Goal/goal-g1' }], sent: '2026-03-01T10:00:00Z', ...between },
      ...{
        sender: { reference: 'Practitioner/amina-yusuf' },
        payload: [{ contentString: 'I doubt it' }],
      },
    }
    await server.seed([whisper])
    const amina = await server.as('amina')
    expect(textOf(await documentOf(amina))).toContain('I doubt it')
    expect(textOf(await documentOf(amina, {}))).not.toContain('I doubt it')
    expect(textOf(await documentOf(await server.as('grace'), {}))).not.toContain('I doubt it')
    const log = await (await server.as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('for the clinic in Elsewhere')
  })

  test.each<[who: string, words: Words, status: number]>([
    ['chidi', {}, 403],
    ['admin', {}, 403],
    ['stranger', {}, 404],
    ['ruth', {}, 404],
    ['grace', full, 403],
    ['amina', { copy: 'full' }, 400],
    ['grace', { format: 'pdf' }, 400],
  ])('%s cannot have it with %j', async (who, words, status) => {
    const server = await livedGable(open)
    expect((await (await server.as(who))(documentPath, asking(words))).status).toBe(status)
  })

  test('is never called by a link, and a what-if plan alone is not a plan', async () => {
    const server = await livedGable(open)
    const hers = await server.as('grace')
    expect((await hers(documentPath)).status).toBe(405)
    expect((await hers(`${documentPath}?format=page`, asking())).status).toBe(400)
    expect((await hers('/fhir/CarePlan/whatif-case-3f9c27d1/$document', asking())).status).toBe(422)
  })
})
