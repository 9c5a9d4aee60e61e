import { expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { signInAs } from '#client/session/session.ts'
import { type Detail, DetailMovedOn, nothingTyped } from '#domain/person/contact-details.ts'
import { adding, correcting } from '#domain/person/contact-details-fhir.ts'
import { chidi, grace, share } from '#test-support/worlds/grace-records.ts'
import { graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { changeDetails, contactDetailsQuery } from './contact-details.ts'
import { contactSheetQuery } from './contact-sheet.ts'

const server = graceServerForFile()

const patient = `Patient/${graceId}`
const detailsFor = async (owner: string) => {
  queryClient.clear()
  return await queryClient.fetchQuery(contactDetailsQuery(owner))
}
async function firstPhone(owner: string): Promise<Detail> {
  const found = (await detailsFor(owner)).find(({ kind, isOld }) => kind === 'phone' && !isOld)
  if (!found) throw new Error('There is no number')
  return found
}
const correct = async (owner: string, value: string) => {
  const current = await firstPhone(owner)
  return await changeDetails(owner, correcting(current, { ...current, value }))
}

test('a corrected number is on the sheet with who wrote it, and can be undone', async () => {
  const before = await firstPhone(patient)
  const undo = await correct(patient, '01632 960777')
  const after = await firstPhone(patient)
  expect(after).toMatchObject({ value: '01632 960777', written: { by: { name: 'Amina Yusuf' } } })
  const { phones } = await queryClient.fetchQuery(contactSheetQuery(graceId))
  expect(phones.map(({ value }) => value)).toContain('01632 960777')
  await undo()
  expect((await firstPhone(patient)).value).toBe(before.value)
})

test('a lost answer adds nothing twice', async () => {
  const swaps = adding({ ...nothingTyped('phone'), value: '07700 900900' })
  server.wire.mode = 'lose'
  await expect(changeDetails(patient, swaps)).rejects.toThrow()
  server.wire.mode = 'open'
  await changeDetails(patient, swaps)
  const numbers = (await detailsFor(patient)).filter(({ value }) => value === '07700 900900')
  expect(numbers).toHaveLength(1)
})

test('two users who correct the same number see each other’s, and other numbers are saved', async () => {
  const seen = await firstPhone(patient)
  await correct(patient, '01632 960888')
  const mine = changeDetails(patient, correcting(seen, { ...seen, value: '01632 960999' }))
  await expect(mine).rejects.toBeInstanceOf(DetailMovedOn)
  await expect(mine).rejects.toMatchObject({
    theirs: { value: '01632 960888', written: { by: { name: 'Amina Yusuf' } } },
  })
  await changeDetails(patient, adding({ ...nothingTyped('email'), value: 'grace@example.org' }))
  expect((await detailsFor(patient)).map(({ value }) => value)).toContain('grace@example.org')
})

test('a person and a carer correct their own number, and nothing else', async () => {
  await signInAs('grace')
  await correct(patient, '01632 960001')
  expect((await firstPhone(patient)).written?.by).toMatchObject({
    reference: patient,
    voice: 'person',
  })
  const record = await fhir.read('Patient', graceId)
  await expect(fhir.update({ ...record, birthDate: '1935-01-04' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(correct(chidi.reference, '01632 960002')).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await signInAs('chidi')
  await correct(chidi.reference, '01632 960003')
  await expect(correct(patient, '01632 960004')).rejects.toMatchObject({ kind: 'forbidden' })
  const own = await fhir.read('RelatedPerson', chidi.reference.split('/')[1] ?? '')
  await expect(fhir.update({ ...own, active: false })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a carer corrects their own number without the team being shared, and gains no other access', async () => {
  const consent = await fhir.read('Consent', 'consent-g1')
  const seen = share(['me'], ['read'])
  await server.seed([{ ...seen, id: 'consent-g1', performer: [grace] }])
  try {
    await signInAs('chidi')
    await correct(chidi.reference, '01632 960005')
    const own = await firstPhone(chidi.reference)
    expect(own).toMatchObject({
      value: '01632 960005',
      written: { by: { reference: chidi.reference, voice: 'carer' } },
    })
    const record = await fhir.read('RelatedPerson', chidi.reference.split('/')[1] ?? '')
    await expect(
      fhir.update({ ...record, relationship: [{ text: 'Attorney' }] }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    const patch = async (path: string, value: unknown) =>
      await (await server.as('chidi'))(`/fhir/${chidi.reference}`, {
        ...{ method: 'PATCH', json: [{ op: 'replace', path, value }] },
        headers: {
          'Content-Type': 'application/json-patch+json',
          'If-Match': `W/"${record.meta?.versionId}"`,
        },
      })
    expect((await patch('/active', false)).status).toBe(403)
    const telecom = [{ system: 'phone', value: '01632 960006' }]
    expect((await patch('/telecom', telecom)).status).toBe(200)
    const { entries } = await fhir.search('RelatedPerson', { patient })
    expect(entries).toEqual([])
  } finally {
    await server.seed([{ ...consent, id: 'consent-g1' }])
  }
})

test('the number of a next of kin who is only in the Patient record is corrected there', async () => {
  const contact = (name: string, value: string) => ({
    ...{ name: { text: name }, relationship: [{ text: 'Neighbour' }] },
    telecom: [{ system: 'phone' as const, value }],
  })
  const record = await fhir.read('Patient', graceId)
  const named = [contact('Ada Bell', '01632 960113'), contact('Bea Carr', '01632 960114')]
  await fhir.update({ ...record, contact: named })
  const sheet = async () => {
    queryClient.clear()
    return (await queryClient.fetchQuery(contactSheetQuery(graceId))).others
  }
  const owner = (await sheet()).find(({ name }) => name === 'Bea Carr')?.id ?? ''
  // meanwhile another contact is inserted before her
  const before = await fhir.read('Patient', graceId)
  const [ada, bea] = before.contact ?? []
  if (!ada || !bea) throw new Error('There are no contacts')
  await fhir.update({ ...before, contact: [ada, contact('Cy Dean', '01632 960115'), bea] })
  const undo = await correct(owner, '01632 960222')
  const numbers = async () => (await sheet()).map(({ name, phones }) => [name, phones[0]?.value])
  expect(await numbers()).toEqual(
    expect.arrayContaining([
      ['Ada Bell', '01632 960113'],
      ['Cy Dean', '01632 960115'],
      ['Bea Carr', '01632 960222'],
    ]),
  )
  expect((await firstPhone(owner)).written?.by.name).toBe('Amina Yusuf')
  await undo()
  expect(await numbers()).toContainEqual(['Bea Carr', '01632 960114'])
  const current = await fhir.read('Patient', graceId)
  await fhir.update({ ...current, contact: [ada] })
  await expect(correct(owner, '01632 960223')).rejects.toThrow('There is no number')
  const lost = adding({ ...nothingTyped('phone'), value: '01632 960223' })
  await expect(changeDetails(owner, lost)).rejects.toBeInstanceOf(DetailMovedOn)
  await signInAs('grace')
  const patientRecord = await fhir.read('Patient', graceId)
  await expect(
    fhir.update({ ...patientRecord, contact: [contact('Ada Bell', '01632 960224')] }),
  ).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a member of staff corrects their own number and no colleague’s, and the team shows it', async () => {
  await correct('Practitioner/amina-yusuf', '01632 960555')
  const team = await queryClient.fetchQuery(careTeamQuery(graceId))
  const mine = team?.members.find(({ who }) => who.reference === 'Practitioner/amina-yusuf')
  expect(mine?.telephone).toBe('01632 960555')
  await expect(correct('Practitioner/tom-price', '01632 960556')).rejects.toMatchObject({
    kind: 'forbidden',
  })
  const record = await fhir.read('Practitioner', 'amina-yusuf')
  await expect(fhir.update({ ...record, active: false })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})
