import { expect } from '@playwright/test'
import { chidiId, graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { inWords } from '../support/days.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const died = dayFromToday(-3)
const list = [
  'NHS number,Family name,Given name,Date of birth,Date of death,Address,Town,Postcode,Phone',
  `9991001018,Okafor,Grace,04/01/1934,${died},12 New Road,Riverside,ZZ1 1ZZ,01632 960555`,
].join('\n')

test('A list offers a new address, two records are joined and separated, and Grace decides what to share', async ({
  page,
  team,
}) => {
  const inUse = page.getByText('In use for messages and sign-in')
  const write = async (path: string, record: object) =>
    (
      await page.request.put(`/fhir/${path}`, {
        data: record,
        headers: { 'Content-Type': 'application/fhir+json', Origin: team.server.url },
      })
    ).status()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Differences in a list are offered, and accepted by the user', async () => {
    await goTo(page, '/import')
    const buffer = Buffer.from(list)
    const file = { name: 'list.csv', mimeType: 'text/csv', buffer }
    await page.locator('input[type=file]').setInputFiles([file])
    await expect(page.getByRole('heading', { name: 'Different from the record' })).toBeVisible()
    await expect(page.getByText(inWords(died))).toBeVisible()
    await looksRight(page, 'a list with other details')
    await page.getByRole('button', { name: /Use the new one: Address, 12 New Road/ }).click()
    await expect(page.getByText('The earlier one is kept as a previous one.')).toBeVisible()
    await goTo(page, `/people/${graceId}/contacts`)
    await expect(page.getByText('12 New Road')).toBeVisible()
    await expect(page.getByText('4 Mill Lane')).toHaveCount(0)
  })

  await test.step('A second record with Grace’s number is among the possible duplicates', async () => {
    const second = {
      ...{ resourceType: 'Patient', id: 'second-record', birthDate: '1934-01-04' },
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
      name: [{ family: 'Okafor', given: ['Grace'] }],
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    }
    expect(await write('Patient/second-record', second)).toBe(201)
    await signIn(page, 'Sam Field')
    await goTo(page, '/duplicates')
    await expect(inUse).toBeVisible()
    await looksRight(page, 'possible duplicates')
    await page.getByRole('button', { name: /Join into the record in use/ }).click()
    await looksRight(page, 'joining two records')
    await page.getByRole('button', { name: 'Join them' }).click()
    await expect(page.getByText('No duplicates')).toBeVisible()
    await looksRight(page, 'no duplicates')
  })

  await test.step('The records are separated again on the sharing page', async () => {
    await goTo(page, `/people/${graceId}/sharing`)
    await page.getByRole('button', { name: 'Separate these records' }).click()
    await page.getByRole('button', { name: 'Yes, separate them' }).click()
    await expect(page.getByText('These are two records again.')).toBeVisible()
    await goTo(page, '/duplicates')
    await expect(inUse).toBeVisible()
  })

  await test.step('A consent Amina proposed for Grace is on both sharing pages until Grace agrees', async () => {
    await signIn(page, 'Amina Yusuf')
    const code = (name: string) => ({ system: 'https://gable.example/codes', code: name })
    const consent = {
      ...{ resourceType: 'Consent', id: 'asked', status: 'proposed' },
      scope: { coding: [{ code: 'patient-privacy' }] },
      category: [{ coding: [{ code: 'INFA' }] }],
      patient: { reference: `Patient/${graceId}` },
      performer: [{ reference: `Patient/${graceId}` }],
      policyRule: { coding: [{ code: 'OPTIN' }] },
      extension: [
        {
          url: 'https://gable.example/fhir/supported-by',
          valueReference: { reference: 'Practitioner/amina-yusuf' },
        },
      ],
      provision: {
        type: 'permit',
        actor: [
          {
            role: { coding: [{ code: 'CAREGIVER' }] },
            reference: { reference: `RelatedPerson/${chidiId}` },
          },
        ],
        class: [code('me')],
        action: [{ coding: [code('read')] }],
      },
    }
    expect(await write('Consent/asked', consent)).toBe(201)
    await goTo(page, `/people/${graceId}/sharing`)
    await expect(page.getByText('Waiting for the person to agree. Not shared yet')).toBeVisible()
    await looksRight(page, 'a proposed share, for staff')
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my/who-looked')
    await expect(page.getByText('Amina Yusuf wrote this down for you.')).toBeVisible()
    await looksRight(page, 'a proposed share, for the person')
    await page.getByRole('button', { name: 'Yes, share this' }).click()
    await expect(
      page.getByRole('heading', { name: 'Is this what you want to share?' }),
    ).toHaveCount(0)
    await expect(page.getByText('Chidi Okafor may see: what is written about you.')).toBeVisible()
    await looksRight(page, 'a share the person agreed to')
  })
})
