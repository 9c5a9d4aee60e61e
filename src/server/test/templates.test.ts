import type { Bundle, CarePlan, Parameters, PlanDefinition, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { whatIfFromFhir, whatIfToFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { decidedTask } from '#domain/suggestion/suggested-change-fhir.ts'
import { templateCounts } from '#domain/template/apply-template-request.ts'
import { builtInTemplates } from '#domain/template/built-in-templates.ts'
import { type SuggestedItem, waitingItems } from '#domain/template/suggested-item.ts'
import { templateFromFhir, templateItemFromFhir } from '#domain/template/template-fhir.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, share } from '#test-support/worlds/grace-records.ts'
import { bringIn, bundleOf } from '#test-support/worlds/import-answer.ts'
import { openSuggestions, person, together } from '#test-support/worlds/suggestions-world.ts'

const codes = 'https://gable.example/codes'
const ask = (template: string, ...items: readonly string[]): Parameters => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'template', valueId: template },
    ...items.map((item) => ({ name: 'item', valueId: item })),
  ],
})

eachStore('A template', (open) => {
  async function started(more: readonly object[] = []) {
    const server = await openSuggestions((await open()).sql, more)
    const apply = async (who: string, template: string, ...items: readonly string[]) =>
      await (await server.as(who))(`/fhir/Patient/${person}/$apply-template`, {
        method: 'POST',
        json: ask(template, ...items),
      })
    const tasks = async (who = 'amina') => {
      const call = await server.as(who)
      const found = (await (
        await call(`/fhir/Task?patient=Patient/${person}&intent=proposal&_count=100`)
      ).json()) as Bundle
      return (found.entry ?? []).map(({ resource }) => resource as Task & { id: string })
    }
    const items = async (who?: string) =>
      (await tasks(who)).flatMap((task): SuggestedItem[] => {
        const item = templateItemFromFhir(task)
        return item ? [item] : []
      })
    const itemNamed = async (name: string) => {
      const all = await tasks()
      const found = all.find((task) => templateItemFromFhir(task)?.item === name)
      if (!found) throw new Error(`${name} was not suggested`)
      return found
    }
    return { ...server, apply, tasks, items, itemNamed }
  }

  const numbers = async (answer: Response) =>
    ((await answer.json()) as Parameters).parameter?.map((each) => each.valueInteger)

  test('suggests its items with a reason and its version, to the team and to the person', async () => {
    const server = await started()
    const answer = await server.apply('amina', 'falls')
    const falls = builtInTemplates.find(({ id }) => id === 'falls')
    expect(await numbers(answer)).toEqual([falls?.items.length, 0])
    const [first] = await server.items('grace')
    expect(first).toMatchObject({ template: 'falls', version: '2', state: 'waiting', by: amina })
    expect((await server.items('grace')).map(({ words }) => words).toSorted()).toEqual(
      falls?.items.map(({ words }) => words).toSorted(),
    )
    expect(first?.because).not.toBe('')
  })

  test('never comes twice for one person, whoever applies it and when, also at the same moment', async () => {
    const server = await started()
    const both = await Promise.all([server.apply('amina', 'falls'), server.apply('karen', 'falls')])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const counts = await Promise.all(both.map(numbers))
    const all = builtInTemplates.find(({ id }) => id === 'falls')?.items.length
    expect(counts.toSorted((one, other) => Number(other?.[0]) - Number(one?.[0]))).toEqual([
      [all, 0],
      [0, all],
    ])
    const task = await server.itemNamed('afraid')
    const no = decidedTask(task, { way: 'self', seen: '', reason: 'She is not afraid' })
    expect((await server.put('tom', no, 1)).status).toBe(200)
    expect(await numbers(await server.apply('patel', 'falls', 'afraid'))).toEqual([0, 1])
    expect((await server.items()).filter(({ item }) => item === 'afraid')).toHaveLength(1)
    for (const who of ['amina', 'admin', 'grace']) {
      const gone = await (await server.as(who))(`/fhir/Task/${task.id}`, { method: 'DELETE' })
      expect(gone.status, who).toBe(403)
    }
  })

  test('is taken together with the record that it becomes, or dismissed with a reason', async () => {
    const server = await started()
    await server.apply('amina', 'falls')
    const task = await server.itemNamed('get-about')
    const yes = {
      ...decidedTask(task, { way: 'self', seen: '', taken: 'I want to get to church' }),
      focus: { reference: 'Goal/goal-2' },
    }
    expect((await server.put('grace', yes, 1)).status, 'alone').toBe(422)
    const goal = {
      ...{ resourceType: 'Goal', id: 'goal-2', lifecycleStatus: 'proposed', subject: grace },
      ...{ description: { text: 'I want to get to church' }, expressedBy: grace },
    } as const
    const call = await server.as('grace')
    const entry = [
      { resource: goal, request: { method: 'PUT', url: 'Goal/goal-2', ifNoneMatch: '*' } },
      { resource: yes, request: { method: 'PUT', url: `Task/${task.id}`, ifMatch: 'W/"1"' } },
    ]
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    expect((await call('/fhir', { method: 'POST', json })).status).toBe(200)
    expect((await server.items()).find(({ item }) => item === 'get-about')).toMatchObject({
      ...{ state: 'taken', taken: 'I want to get to church', became: 'Goal/goal-2' },
      decision: { by: { reference: grace.reference }, way: 'self' },
    })
    const other = await server.itemNamed('unsteady')
    const silent = decidedTask(other, { way: 'self', seen: '', reason: ' ' })
    expect((await server.put('amina', silent, 1)).status).toBe(422)
    const said = decidedTask(other, { way: 'said', seen: '', reason: 'I am not' })
    expect((await server.put('amina', said, 1)).status).toBe(200)
    expect((await server.items()).find(({ item }) => item === 'unsteady')).toMatchObject({
      ...{ state: 'dismissed', reason: 'I am not' },
      decision: { by: { reference: grace.reference }, recordedBy: amina },
    })
    const again = decidedTask(other, { way: 'self', seen: '', reason: 'Another reason' })
    expect((await server.put('tom', again, 2)).status).toBe(409)
  })

  test('holds a situation and what to do then in one item, taken as a line of its own and never joined to another', async () => {
    const lines = builtInTemplates.flatMap(({ items }) => items.filter(({ place }) => place))
    expect(lines.filter(({ words }) => !/^If .+: .+/.test(words))).toEqual([])
    const server = await started()
    await server.apply('amina', 'falls')
    const task = await server.itemNamed('after-fall')
    const words = task.description ?? ''
    const yes = {
      ...decidedTask(task, { way: 'self', seen: '', taken: words }),
      focus: { reference: 'CarePlan/whatif-case-1' },
    }
    const plan = await server.get<CarePlan & { id: string }>('CarePlan/whatif-case-1')
    const standing = whatIfFromFhir(plan)
    const joined = { ...standing.amber, doWhat: `${standing.amber.doWhat}. ${words}` }
    const asAmina = await server.as('amina')
    const sent = async (after: CarePlan & { id: string }) => {
      const entry = [
        {
          resource: after,
          request: { method: 'PUT', url: `CarePlan/${after.id}`, ifMatch: 'W/"1"' },
        },
        { resource: yes, request: { method: 'PUT', url: `Task/${task.id}`, ifMatch: 'W/"1"' } },
      ]
      const json = { resourceType: 'Bundle', type: 'transaction', entry }
      return (await asAmina('/fhir', { method: 'POST', json })).status
    }
    expect(await sent(whatIfToFhir({ ...standing, amber: joined }, plan))).toBe(422)
    const situations = [{ id: 'after-fall', level: 'red' as const, words }]
    expect(await sent(whatIfToFhir({ ...standing, situations }, plan))).toBe(200)
    const after = whatIfFromFhir(await server.get<CarePlan>('CarePlan/whatif-case-1'))
    expect(after.amber).toEqual(standing.amber)
    expect(after.situations).toMatchObject([{ words, said: { by: amina } }])
  })

  test('is applied by professionals who care for the person, and by nobody else', async () => {
    const rooms = share(['conversation', 'roof'], ['read', 'write'])
    const server = await started([rooms])
    for (const who of ['grace', 'chidi', 'admin'])
      expect((await server.apply(who, 'falls')).status, who).toBe(403)
    for (const who of ['stranger', 'ruth'])
      expect((await server.apply(who, 'falls')).status, who).toBe(404)
    expect((await server.apply('amina', 'nothing')).status).toBe(404)
    await server.apply('amina', 'falls')
    const task = await server.itemNamed('afraid')
    const no = decidedTask(task, { way: 'self', seen: '', reason: 'No' })
    expect((await server.put('chidi', no, 1)).status, 'a carer reads').toBe(403)
    expect((await server.put('amina', { ...task, id: 'mine' })).status, 'made by hand').toBe(403)
    const reworded = { ...no, description: 'Afraid of everything' }
    expect((await server.put('amina', reworded, 1)).status).toBe(403)
    const brought = await bringIn(await server.as('amina'), bundleOf('collection', [no]))
    expect(JSON.stringify(brought)).toContain('cannot be imported')
    const taken = decidedTask(task, { way: 'self', seen: '', taken: 'Afraid' })
    const need = { resourceType: 'Condition', id: 'need-1', subject: grace } as const
    const unlike = {
      ...{ ...need, code: { text: 'Something else' } },
      category: [{ coding: [{ code: 'health-concern' }] }],
    }
    const yes = { ...taken, focus: { reference: 'Condition/need-1' } }
    expect((await together(await server.as('amina'), unlike, yes)).status).toBe(422)
  })

  test('suggests nothing after a death', async () => {
    const server = await started()
    const patient = await server.get<{ resourceType: 'Patient' }>(`Patient/${person}`)
    await server.seed([{ ...patient, deceasedDateTime: '2026-03-01' } as never])
    expect((await server.apply('amina', 'falls')).status).toBe(422)
    expect(await server.items()).toEqual([])
  })

  test('is listed with its sources, and an administrator takes it out of use', async () => {
    const server = await started()
    const retire = async (who: string, retired: boolean, reason = 'Replaced by our own') =>
      await (await server.as(who))('/fhir/PlanDefinition/$retire-template', {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'template', valueId: 'falls' },
            { name: 'retired', valueBoolean: retired },
            { name: 'reason', valueString: reason },
          ],
        },
      })
    const listed = async () => {
      const answer = await (await server.as('tom'))('/fhir/PlanDefinition/$templates')
      return ((await answer.json()) as Bundle).entry?.map(({ resource }) =>
        templateFromFhir(resource as PlanDefinition),
      )
    }
    expect(await listed()).toEqual(builtInTemplates.map((each) => ({ ...each, retired: false })))
    expect((await retire('amina', true)).status).toBe(403)
    expect((await retire('admin', true, ' ')).status).toBe(400)
    expect((await retire('admin', true)).status).toBe(200)
    expect((await listed())?.filter(({ retired }) => retired).map(({ id }) => id)).toEqual([
      'falls',
    ])
    expect((await server.apply('amina', 'falls')).status).toBe(422)
    expect((await retire('admin', false)).status).toBe(200)
    expect((await server.apply('amina', 'falls')).status).toBe(200)
  })

  test('counts what was dismissed, item by item, without names and without small numbers', async () => {
    const server = await started()
    const falls = `https://gable.example/fhir/PlanDefinition/falls`
    const dismissed = (index: number) => ({
      ...{ resourceType: 'Task', id: `t-${index}`, intent: 'proposal', for: grace },
      ...{ status: index < 7 ? 'rejected' : 'completed', instantiatesCanonical: `${falls}|1` },
      code: { coding: [{ system: codes, code: 'template-item' }] },
      input: [{ type: { coding: [{ system: codes, code: 'item' }] }, valueString: 'afraid' }],
    })
    await server.seed(Array.from({ length: 9 }, (_, index) => dismissed(index)) as never)
    const counted = async (who: string) => {
      const answer = await (await server.as(who))('/fhir/PlanDefinition/$template-counts')
      return answer.status === 200
        ? templateCounts.read((await answer.json()) as Parameters).rows
        : answer.status
    }
    const rows = [
      {
        ...{ template: 'falls', item: 'afraid', suggested: { count: 10 } },
        ...{ taken: { fewerThan: 5 }, dismissed: { count: 5 } },
      },
    ]
    expect(await counted('ruth')).toEqual(rows)
    expect(await counted('admin')).toEqual(rows)
    expect([await counted('amina'), await counted('grace')]).toEqual([403, 403])
  })
})

test('the two halves of a line that still wait from an earlier version are shown as the one whole line', () => {
  const half = (item: string, place: string): SuggestedItem => ({
    ...{ id: `item-${item}`, person, template: 'falls', version: '1', item, kind: 'what-if' },
    ...{
      place,
      words: 'Half',
      because: 'it helps',
      by: { ...amina, name: '', voice: 'professional' },
    },
    ...{ at: '2026-03-01', state: 'waiting' },
  })
  const both = [half('after-fall', 'red.sign'), half('after-fall-do', 'red.doWhat')]
  const shown = waitingItems(both, ['what-if']).map(({ id, words }) => [id, words.slice(0, 16)])
  expect(shown).toEqual([['item-after-fall', 'If I have fallen']])
  expect(waitingItems(both.slice(1), ['what-if'])[0]?.words).toMatch(/^If I have fallen.*call 999$/)
})
