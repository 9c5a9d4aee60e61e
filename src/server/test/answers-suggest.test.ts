import type { AuditEvent, Bundle, Task } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  answersServer,
  dark,
  doors,
  flagsSeenBy,
  phq9,
  scoreSeenBy,
  subject,
  tasksSeenBy,
  writeAnswers,
} from '#test-support/worlds/answers-server.ts'
import { bringIn } from '#test-support/worlds/import-answer.ts'

eachStore('Answers', (open) => {
  const server = async (more: readonly object[] = []) =>
    await answersServer((await open()).sql, more)

  test.each(doors)('to PHQ-9 of 10 and more suggest a talk, once, by %s', async (_, enter) => {
    const { amina } = await server()
    await enter(amina)
    const [first, ...others] = await tasksSeenBy(amina)
    expect(others).toEqual([])
    const from = first?.reasonReference?.reference?.split('/')[1]
    expect(first).toMatchObject({
      ...{ id: `low-mood-${from}`, status: 'requested', intent: 'proposal' },
      ...{ description: 'Low mood: talk about support', for: subject },
      requester: { type: 'Device', display: expect.stringContaining('by the rule of') },
    })
    expect(first?.requester?.reference).toBeUndefined()
  })

  test('suggest what nobody makes up, rewords or undoes, also by marking it as an error', async () => {
    const { amina } = await server()
    await bringIn(amina, JSON.stringify(dark), 'application/fhir+ndjson')
    const [open] = await tasksSeenBy(amina)
    if (!open?.id) throw new Error('no suggestion')
    const put = async (task: Task, more: Partial<Task>) => {
      const headers = task.meta?.versionId ? { 'If-Match': `W/"${task.meta.versionId}"` } : {}
      const json = { ...task, ...more }
      return (await amina(`/fhir/Task/${json.id}`, { method: 'PUT', json, headers })).status
    }
    const { meta: _meta, ...copy } = open
    expect(await put(copy, { id: 'made-up', description: 'Buy my pills' }), 'made up').toBe(422)
    const plain: Task = { ...copy, id: 'plain', code: { text: 'Ring her' }, intent: 'order' }
    expect(await put(plain, {})).toBe(201)
    const [stood] = (await tasksSeenBy(amina)).filter(({ id }) => id === 'plain')
    if (stood) expect(await put(stood, { ...copy, id: 'plain' }), 'turned into one').toBe(403)
    const error = { status: 'entered-in-error' } as const
    expect(await put(open, { ...error, description: 'Nothing' }), 'reworded').toBe(422)
    const why = { statusReason: { text: 'Talked with her' } }
    expect(await put(open, { status: 'rejected', ...why })).toBe(200)
    const now = async () => (await tasksSeenBy(amina)).find(({ id }) => id === open.id) as Task
    expect(await put(await now(), error), 'decided already').toBe(422)
    expect(await put(await now(), { ...error, description: 'Nothing' })).toBe(422)
    expect(await put(await now(), { status: 'requested' })).toBe(422)
    expect(await now()).toMatchObject({ status: 'rejected', description: open.description })
  })

  test('suggest what stays an error, once somebody has marked it as one', async () => {
    const { amina } = await server()
    await bringIn(amina, JSON.stringify(dark), 'application/fhir+ndjson')
    const now = async () => (await tasksSeenBy(amina))[0] as Task & { id: string }
    const put = async (more: Partial<Task>) => {
      const task = await now()
      const headers = { 'If-Match': `W/"${task.meta?.versionId}"` }
      const json = { ...task, ...more }
      return (await amina(`/fhir/Task/${task.id}`, { method: 'PUT', json, headers })).status
    }
    expect(await put({ status: 'entered-in-error' }), 'an open one').toBe(200)
    for (const more of [{ status: 'requested' }, { description: 'Nothing' }] as const)
      expect(await put(more)).toBe(422)
    expect((await now()).status).toBe('entered-in-error')
  })

  test('imported again raise, score and suggest nothing again, whatever was decided since', async () => {
    const { amina } = await server()
    const importAnswers = () => bringIn(amina, JSON.stringify(dark), 'application/fhir+ndjson')
    await importAnswers()
    const decide = async (path: string, status: string) => {
      const before = await (await amina(path)).json()
      const headers = { 'If-Match': `W/"${before.meta.versionId}"` }
      const why = { url: 'https://gable.example/fhir/closing', valueString: 'Talked with her' }
      const extension = [...(before.extension ?? []), why]
      const statusReason = { text: 'Talked with her' }
      const json = { ...before, status, extension, ...(status === 'rejected' && { statusReason }) }
      const done = await amina(path, { method: 'PUT', json, headers })
      expect(done.status).toBe(200)
    }
    await decide('/fhir/Flag/safety-q', 'inactive')
    await decide('/fhir/Task/low-mood-q', 'rejected')
    await importAnswers()
    await bringIn(amina, JSON.stringify({ ...dark, language: 'en' }), 'application/fhir+ndjson')
    expect((await flagsSeenBy(amina)).map(({ status }) => status)).toEqual(['inactive'])
    expect((await tasksSeenBy(amina)).map(({ status }) => status)).toEqual(['rejected'])
  })

  test('name the rule that raised the flag, and not the importer, as its author', async () => {
    const { amina, as } = await server()
    await bringIn(amina, JSON.stringify(dark), 'application/fhir+ndjson')
    const [flag] = await flagsSeenBy(amina)
    expect(flag?.author).toEqual({ type: 'Device', display: 'Gable, by the rule of PHQ-9 item 9' })
    expect((await scoreSeenBy(amina)).performer).toBeUndefined()
    const log = await (await as('admin'))('/fhir/AuditEvent?patient=Patient/p&_count=100')
    const { entry = [] } = (await log.json()) as Bundle<AuditEvent>
    const ways = entry.flatMap(({ resource }) =>
      JSON.stringify(resource?.entity).includes('Flag/safety-q') && resource?.action === 'C'
        ? (resource.subtype?.[0]?.code ?? [])
        : [],
    )
    expect(ways).toEqual(['by-rule'])
  })

  test.each([
    ['yesterday', '2026-03-01', 'active', 1],
    ['300 days ago, and none since', '2025-05-06', 'active', 1],
    ['two years ago', '2024-03-01', undefined, 0],
    ['without a date', undefined, 'active', 1],
    ['on a date in the future', '2026-09-01', 'active', 1],
  ])('count by the date they were given: %s', async (_, authored, status, suggested) => {
    const { amina } = await server()
    const { authored: _day, ...undated } = dark
    const imported = authored ? { ...dark, authored } : undated
    const { answer } = await bringIn(amina, JSON.stringify(imported), 'application/fhir+ndjson')
    const flags = await flagsSeenBy(amina)
    expect(flags.map((each) => each.status)).toEqual(status ? [status] : [])
    expect(await tasksSeenBy(amina)).toHaveLength(suggested)
    // the score still appears in the history
    expect((await scoreSeenBy(amina)).valueInteger).toBe(27)
    const note = 'more than a year ago: it is kept, but raises no alert'
    expect(JSON.stringify(answer).includes(note)).toBe(status === undefined)
  })

  test('are not used once newer answers were given', async () => {
    const { amina } = await server()
    const old = { ...dark, authored: '2025-06-01' }
    const later = phq9([1, 0, 0, 0, 0, 0, 0, 0, 0], { id: 'later', authored: '2025-12-01' })
    const lines = [old, later].map((each) => JSON.stringify(each)).join('\n')
    await bringIn(amina, lines, 'application/fhir+ndjson')
    expect([await flagsSeenBy(amina), await tasksSeenBy(amina)]).toEqual([[], []])
  })

  test('from long ago that are changed today raise the flag', async () => {
    const { amina } = await server()
    const long = { authored: '2024-03-01' }
    await writeAnswers(amina, phq9([3, 3, 3, 3, 3, 3, 3, 3, 0], long))
    expect(await flagsSeenBy(amina)).toEqual([])
    const json = phq9([3, 3, 3, 3, 3, 3, 3, 3, 2], { ...long, status: 'amended' })
    const headers = { 'If-Match': 'W/"1"' }
    await amina('/fhir/QuestionnaireResponse/q', { method: 'PUT', json, headers })
    expect(await flagsSeenBy(amina)).toHaveLength(1)
  })

  describe('of which only the total is sent', () => {
    const total = (value: object, more: object = {}) => ({
      ...{ resourceType: 'Observation', id: 't', status: 'final', subject, ...value },
      ...{ code: { coding: [{ system: 'http://loinc.org', code: '44261-6' }] } },
      ...{ effectiveDateTime: '2026-03-01', ...more },
    })
    const derivedFrom = [{ reference: 'QuestionnaireResponse/elsewhere' }]
    test.each([
      ['10 points', total({ valueInteger: 10 }), ['low-mood-t']],
      ['a quantity', total({ valueQuantity: { value: 21, code: '{score}' } }), ['low-mood-t']],
      ['9 points', total({ valueInteger: 9 }), []],
      ['28, which is impossible', total({ valueInteger: 28 }), []],
      ['entered in error', total({ valueInteger: 20 }, { status: 'entered-in-error' }), []],
      ['two years ago', total({ valueInteger: 20 }, { effectiveDateTime: '2024-02-01' }), []],
      ['of answers', total({ valueInteger: 20 }, { derivedFrom }), ['low-mood-elsewhere']],
    ])('suggest by the total: %s', async (_, observation, suggested) => {
      const { amina } = await server()
      await bringIn(amina, JSON.stringify(observation), 'application/fhir+ndjson')
      expect((await tasksSeenBy(amina)).map(({ id }) => id)).toEqual(suggested)
    })
  })

  test('in the person’s own words suggest a goal in exactly these words', async () => {
    const { amina } = await server()
    const textAnswer = (linkId: string, valueString: string) => ({
      linkId,
      answer: [{ valueString }],
    })
    await writeAnswers(amina, {
      ...phq9([], { questionnaire: 'https://gable.example/fhir/Questionnaire/what-matters|1.0' }),
      item: [
        textAnswer('matters-most', 'My church'),
        textAnswer('able-to-do', 'Walk to St Anne’s'),
      ],
    })
    expect(await tasksSeenBy(amina)).toMatchObject([
      { id: 'own-words-q', description: 'Walk to St Anne’s', intent: 'proposal' },
    ])
  })

  test('that are restricted or professional-only create records with the same label', async () => {
    const { amina, as } = await server()
    const closed = (id: string, system: string, code: string) => ({
      ...{ ...dark, id, meta: { security: [{ system, code }] } },
    })
    const lines = [
      closed('r', 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'R'),
      closed('k', 'https://gable.example/codes', 'professional-only'),
    ]
    const admin = await as('admin')
    const text = lines.map((each) => JSON.stringify(each)).join('\n')
    await bringIn(admin, text, 'application/fhir+ndjson')
    const made = (id: string) => [
      `Flag/safety-${id}`,
      `Observation/score-${id}`,
      `Task/low-mood-${id}`,
    ]
    const statusOf = async (call: Caller, path: string) => (await call(`/fhir/${path}`)).status
    for (const path of [...made('r'), ...made('k')]) {
      const seen = path.endsWith('-k') ? 200 : 404
      expect([path, await statusOf(admin, path), await statusOf(amina, path)]).toEqual([
        path,
        200,
        seen,
      ])
      const kept = await (await admin(`/fhir/${path}`)).json()
      const codes = kept.meta.security.map(({ code }: { code: string }) => code)
      expect(codes).toContain(path.endsWith('-k') ? 'professional-only' : 'R')
    }
  })

  test('of a person who has died suggest nothing', async () => {
    const { amina, seed } = await server()
    await seed([{ resourceType: 'Patient', id: 'p', deceasedDateTime: '2026-03-01' }])
    await bringIn(amina, JSON.stringify(dark), 'application/fhir+ndjson')
    expect(await tasksSeenBy(amina)).toEqual([])
  })
})
