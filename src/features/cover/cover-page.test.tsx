import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { absencesAnswer } from '#domain/cover/absences-answer.ts'
import { keepCoverNoteRequest } from '#domain/cover/cover-pack.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

test('A fortnight away is written down with who covers, a refusal loses nothing, and the cover sees for whom', async () => {
  await app.open('/cover', 'amina')
  await app.user.click(await screen.findByRole('button', { name: 'Write down days away' }))
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findAllByText('Choose who covers')).not.toEqual([])
  const covers = screen.getByLabelText('Who covers')
  await app.user.selectOptions(covers, within(covers).getByRole('option', { name: /^Ming Zhao/ }))
  const first = screen.getByRole('group', { name: 'First day away' })
  const year = within(first).getByLabelText('Year')
  const typed = (year as HTMLInputElement).value
  await app.user.clear(year)
  // long ago, and a leap year: today may be 29 February
  await app.user.type(year, '2000')
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/An absence is written down from today on/)).toBeDefined()
  await app.user.clear(year)
  await app.user.type(year, typed)
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Away now')).toBeDefined()
  expect(document.body.textContent).toContain('Ming Zhao covers')

  await app.open('/caseload', 'ming')
  expect((await screen.findAllByText(/^For/)).length).toBeGreaterThan(0)
  await app.open('/today', 'ming')
  expect(await screen.findByText(/You cover for/)).toBeDefined()
})

async function absenceOfAmina(): Promise<string> {
  const amina = await app.server.as('amina')
  const answer = await amina('/fhir/PractitionerRole/$absences')
  const [absence] = absencesAnswer.read(await answer.json()).absences
  return absence?.id ?? ''
}

const writesToCover = () => screen.getByLabelText(/What they should know/)

test('A note that was changed on another screen stands beside what was typed, and nothing typed is lost', async () => {
  const absence = await absenceOfAmina()
  await app.open(`/cover/${absence}`, 'amina')
  const begin = async () =>
    await app.user.click(
      (
        await screen.findAllByRole('button', { name: /^Change who covers .*GRACE|Grace/ })
      )[0] as Element,
    )
  await begin()
  await app.user.type(writesToCover(), 'Rings at noon.')
  const elsewhere = await app.server.as('amina')
  const writeElsewhere = async (words: string, version: number) =>
    await elsewhere(`/fhir/Patient/${graceId}/$keep-cover-note`, {
      method: 'POST',
      json: keepCoverNoteRequest.write({ absence, cover: '', words, version }),
    })
  expect((await writeElsewhere('Likes the phone.', 0)).status).toBe(200)
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Likes the phone.')).toBeDefined()
  expect(document.body.textContent).not.toContain('could not reach')
  expect((writesToCover() as HTMLTextAreaElement).value).toBe('Rings at noon.')

  await app.user.click(screen.getByRole('button', { name: 'Use the other text' }))
  expect((writesToCover() as HTMLTextAreaElement).value).toBe('Likes the phone.')
  await app.user.click(screen.getByRole('button', { name: 'Undo' }))
  expect((writesToCover() as HTMLTextAreaElement).value).toBe('Rings at noon.')

  await app.user.click(await screen.findByRole('button', { name: 'Cancel' }))
  await app.user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect((writesToCover() as HTMLTextAreaElement).value).toBe('Rings at noon.')

  await app.user.click(await screen.findByRole('button', { name: 'Use both' }))
  await app.user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByLabelText(/What they should know/)).toBeNull())
  expect(await screen.findByText(/Likes the phone.\s+Rings at noon./)).toBeDefined()
})

test('What nobody recorded is said in the pack, and allergies have a row of their own', async () => {
  await app.open(`/cover/${await absenceOfAmina()}`, 'amina')
  expect((await screen.findAllByText('Allergies')).length).toBeGreaterThan(0)
  const facts = [...document.querySelectorAll('.cover-person__facts > div')]
  expect(facts.length).toBeGreaterThan(0)
  for (const fact of facts)
    expect(fact.querySelector('dd')?.textContent, fact.outerHTML).not.toBe('')
  const person = document.querySelector('.cover-person') as HTMLElement
  for (const title of ['Now', 'Promises and tasks', 'What is watched', 'Allergies', 'Risks'])
    expect(within(person).getByText(title)).toBeDefined()
  for (const title of ['If things get worse', 'What matters most', 'Who to call'])
    expect(within(person).getByText(title)).toBeDefined()
})

test('What happened meanwhile says which things it covers, and never that nothing was written', async () => {
  await app.open(`/cover/${await absenceOfAmina()}/back`, 'amina')
  expect(await screen.findByText(/It lists deaths, .*Read the record for the rest/)).toBeDefined()
  expect(document.body.textContent).not.toContain('Nothing was written')
})

test('After people were handed over no error stands beside it, and one person is no people', async () => {
  await app.open('/cover/share', 'amina')
  await app.user.click(await screen.findByRole('button', { name: 'Hand over' }))
  expect(await screen.findAllByText('Say why, in a few words')).not.toEqual([])
  const [, , first] = screen.getAllByRole('combobox')
  await app.user.selectOptions(
    first as Element,
    within(first as HTMLElement).getByRole('option', { name: /^Ming Zhao/ }),
  )
  await app.user.type(screen.getByLabelText(/^Why/), 'Lives nearer')
  expect(document.body.textContent).toMatch(/1 person, weight/)
  expect(document.body.textContent).not.toMatch(/\b1 people/)
  await app.user.click(screen.getByRole('button', { name: 'Hand 1 person over' }))
  expect(await screen.findByText('Handed over')).toBeDefined()
  await app.settled()
  expect(screen.queryByText('Say why, in a few words')).toBeNull()
  expect(screen.queryByText('Choose for at least one person who takes them over')).toBeNull()
})

test('A fair share is only suggested, the pack is drafted with words of one’s own, and whoever takes people over reads them', async () => {
  // Grace is Ming’s since the test before, and Amina is away
  await app.open('/cover/share', 'ming')
  await app.user.click(
    await screen.findByRole('button', { name: 'They leave: suggest for everybody' }),
  )
  expect(await screen.findByText(/suggested by weight.*Nothing is handed over yet/)).toBeDefined()
  await app.user.click(screen.getByText(/^Person by person: \d+ of \d+ chosen$/))
  for (const select of screen.getAllByRole('combobox').slice(2))
    await app.user.selectOptions(select, '')
  expect(screen.getByText(/^Person by person: 0 of/)).toBeDefined()
  const grace = screen.getByLabelText('OKAFOR, Grace')
  await app.user.selectOptions(grace, within(grace).getByRole('option', { name: /^Dr Anil Patel/ }))
  await app.user.click(screen.getByText(/What they will know about 1 person/))
  await app.user.type(
    await screen.findByLabelText('What they should know about Grace Okafor'),
    'Rings twice.',
  )
  expect(await screen.findByText('Who to call')).toBeDefined()
  await app.user.type(screen.getByLabelText(/^Why/), 'Lives nearer')
  await app.user.click(screen.getByRole('button', { name: 'Hand 1 person over' }))
  await screen.findByText('Handed over')
  await app.settled()

  await app.open('/cover', 'patel')
  await app.user.click(await screen.findByRole('link', { name: /1 person of Ming Zhao/ }))
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Handed over for good' }),
  ).toBeDefined()
  expect(await screen.findByText('Rings twice.')).toBeDefined()
  expect(document.body.textContent).toContain('Dr Anil Patel coordinates the care now')
})

test('The caseload leads to cover', async () => {
  await app.open('/caseload', 'ming')
  const link = await screen.findByRole('link', { name: 'Cover and caseloads' })
  expect(link.getAttribute('href')).toBe('/cover')
})
