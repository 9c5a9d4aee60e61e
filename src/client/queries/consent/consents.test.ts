import type { Consent } from '@medplum/fhirtypes'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import { because, between, labelled, record } from '#test-support/access/access-labels.ts'
import { amina, chidi, grace, share } from '#test-support/worlds/grace-records.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { consentQueries } from './consents.ts'
import { acceptConsent, declineConsent, endConsents, giveConsent } from './give-consent.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
})
afterAll(async () => await server.close())
beforeEach(async () => await signInAs('grace'))

const sharing = async () => {
  queryClient.clear()
  return await queryClient.fetchQuery(consentQueries.shares(graceId))
}
const chidiSees = async () => {
  await signInAs('chidi')
  const found = await fhir.operation('$shared-with-me')
  await signInAs('grace')
  return found.parameter !== undefined
}
const byAmina = {
  ...{ performer: [grace] },
  extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }],
}
const asked = (id: string) => ({
  ...{ ...share(['me'], ['read']), ...byAmina, id, status: 'proposed' as const },
})

test('a person reads a consent written down for them and agrees to exactly that version', async () => {
  await giveConsent({
    ...{ person: graceId, relative: chidi.reference.split('/')[1] ?? '' },
    ...{ read: [], write: [], until: '' },
  })
  expect(await chidiSees()).toBe(false)
  await signInAs('amina')
  await fhir.create(asked('asked'))
  await signInAs('grace')
  const { waiting, writers, shares } = await sharing()
  expect(waiting).toMatchObject([{ id: 'asked', shares: [{ name: 'Chidi Okafor', read: ['me'] }] }])
  expect(writers.get(amina.reference)).toBe('Amina Yusuf')
  expect(shares.find(({ reference }) => reference === chidi.reference)?.read).toEqual([])
  // the nurse’s version, written meanwhile, is not the one that was read
  await signInAs('amina')
  const wider = { ...asked('asked'), provision: share(['me', 'record'], ['read']).provision }
  const current = (await fhir.read('Consent', 'asked')) as Consent
  await fhir.update({ ...wider, meta: current.meta ?? {} })
  await signInAs('grace')
  const [one] = waiting
  if (!one) throw new Error('Nothing to send')
  await acceptConsent(graceId, one)
  const { shares: after, waiting: left } = await sharing()
  expect(after.find(({ reference }) => reference === chidi.reference)).toMatchObject({
    ...{ read: ['me'], writtenBy: [amina.reference] },
  })
  expect(left).toEqual([])
  expect(await chidiSees()).toBe(true)
})

test('a declined consent stays declined', async () => {
  await server.seed([asked('refused')])
  const [one] = (await sharing()).waiting
  if (!one) throw new Error('Nothing to send')
  await declineConsent(one)
  expect((await sharing()).waiting).toEqual([])
  expect((await fhir.read('Consent', 'refused')).status).toBe('rejected')
})

test('the person lists and ends every active consent, whoever wrote it and whatever its label', async () => {
  const stranger = { reference: 'RelatedPerson/nobody-knows' }
  const old: Consent & { id: string } = {
    ...{ ...asked('old'), status: 'active' as const },
    provision: {
      provision: [
        {
          ...share(['roof'], ['read']).provision,
          actor: [{ role: { text: 'friend' }, reference: stranger }],
        },
      ],
    },
  }
  await server.seed([
    labelled(old, between),
    labelled({ ...old, id: 'own', provision: share(['team'], ['read']).provision }, between),
  ])
  const { shares } = await sharing()
  expect(shares.find(({ reference }) => reference === stranger.reference)).toMatchObject({
    read: ['roof'],
    name: '',
  })
  expect(shares.find(({ reference }) => reference === chidi.reference)?.read).toContain('team')
  await endConsents(graceId, stranger.reference)
  await endConsents(graceId, chidi.reference)
  expect((await sharing()).shares.flatMap(({ read }) => read)).toEqual([])
  expect(await chidiSees()).toBe(false)
})

test('only the person sees that a record is withheld, and not which one', async () => {
  const isInformed = async () => {
    queryClient.clear()
    return await queryClient.fetchQuery(consentQueries.isWithheld(graceId))
  }
  expect(await isInformed()).toBe(false)
  const letter = record('Condition', 'kept', { code: { text: 'Of a third person' } })
  const notToldExtension = { url: 'https://gable.example/fhir/not-told', valueBoolean: true }
  const label = because(between)
  await server.seed([
    labelled(letter, { ...label, extension: [...label.extension, notToldExtension] }),
  ])
  expect(await isInformed()).toBe(false)
  await server.seed([labelled(letter, label)])
  expect(await isInformed()).toBe(true)
  expect(await fhir.operation(`Patient/${graceId}/$withheld`)).toEqual({
    resourceType: 'Parameters',
    parameter: [{ name: 'withheld', valueBoolean: true }],
  })
  await signInAs('amina')
  await expect(isInformed()).rejects.toMatchObject({ kind: 'forbidden' })
})
