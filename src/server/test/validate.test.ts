import type { OperationOutcome } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const goal = (more: object = {}) => ({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  subject: { reference: 'Patient/p1' },
  description: { text: 'Walk to the shop' },
  ...more,
})
const asked = (mode: string, resource?: object) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'mode', valueCode: mode },
    ...(resource ? [{ name: 'resource', resource }] : []),
  ],
})

eachStore('$validate', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
    await server.seed([{ resourceType: 'Patient', id: 'far' }], 'somewhere-else')
    const amina = await server.as('amina')
    await amina('/fhir/Goal/g1', { method: 'PUT', json: goal({ id: 'g1' }) })
    const validate = async (path: string, json?: object) => {
      const response = await amina(`/fhir/${path}`, { method: 'POST', ...(json ? { json } : {}) })
      const outcome = (await response.json()) as OperationOutcome
      expect(outcome.resourceType).toBe('OperationOutcome')
      const issues = outcome.issue.map(({ severity, code, expression }) =>
        `${severity} ${code} ${expression?.[0] ?? ''}`.trim(),
      )
      return [response.status, ...issues]
    }
    return { ...server, amina, validate }
  }
  const fine = [200, 'information informational']

  test.each([
    ['a valid record', 'Goal/$validate', goal(), fine],
    ['the record in Parameters', 'Goal/$validate', asked('create', goal()), fine],
    [
      'every fault with its place',
      'Goal/$validate',
      goal({ lifecycleStatus: 'soon', description: undefined, note: [{ text: 'x', colour: 1 }] }),
      [
        200,
        'error required Goal.description',
        'error code-invalid Goal.lifecycleStatus',
        'error structure Goal.note[0].colour',
      ],
    ],
    ['a record of its own id', 'Goal/g1/$validate', goal({ id: 'g1' }), fine],
    [
      'another id than the address',
      'Goal/g1/$validate',
      goal({ id: 'g2' }),
      [200, 'error invariant Goal.id'],
    ],
    ['a new record', 'Goal/$validate?mode=create', goal({ id: 'g2' }), fine],
    [
      'a new record under an existing id',
      'Goal/$validate?mode=create',
      goal({ id: 'g1' }),
      [200, 'error duplicate Goal.id'],
    ],
    ['an update', 'Goal/g1/$validate?mode=update', goal({ id: 'g1' }), fine],
    [
      'an update of a missing record',
      'Goal/g9/$validate?mode=update',
      goal({ id: 'g9' }),
      [200, 'error not-found Goal.id'],
    ],
    [
      'an update that changes the person',
      'Goal/g1/$validate?mode=update',
      goal({ id: 'g1', subject: { display: 'nobody' } }),
      [200, 'error business-rule Goal.subject'],
    ],
    [
      'a record of a person without access',
      'Goal/$validate?mode=create',
      goal({ subject: { reference: 'Patient/far' } }),
      [200, 'error not-found'],
    ],
    ['a new person', 'Patient/$validate?mode=create', { resourceType: 'Patient' }, fine],
    ['deleting one’s own record', 'Goal/g1/$validate', asked('delete'), fine],
    [
      'deleting a missing record',
      'Goal/g9/$validate?mode=delete',
      undefined,
      [200, 'error not-found'],
    ],
    [
      'deleting a record of others',
      'Patient/p1/$validate?mode=delete',
      undefined,
      [200, 'error forbidden'],
    ],
    ['an unknown mode', 'Goal/$validate?mode=guess', goal(), [400, 'error not-supported']],
    ['nothing', 'Goal/$validate', undefined, [400, 'error required']],
    ['a record of another type', 'Patient/$validate', goal(), [400, 'error invalid']],
  ] as const)('%s: POST %s', async (_what, path, json, answer) => {
    const { validate } = await started()
    expect(await validate(path, json)).toEqual(answer)
  })

  test('nothing is stored', async () => {
    const { amina, validate } = await started()
    await validate('Goal/$validate?mode=create', goal({ id: 'g2' }))
    await validate('Goal/g1/$validate?mode=delete')
    expect((await amina('/fhir/Goal/g2')).status).toBe(404)
    expect((await amina('/fhir/Goal/g1')).status).toBe(200)
  })
})
