import { expect, test } from 'vitest'
import { identityReason, originalIdentity } from './original-identity.ts'

const system = 'https://fhir.nhs.uk/Id/nhs-number'
const number = (value: string) => ({ identifier: [{ system, value }] })
const because = (valueString: string) => ({
  extension: [{ url: 'https://gable.example/fhir/identity-reason', valueString }],
})

test('the first known value of each detail counts, in whichever version it was', () => {
  const versions = [
    { name: [{ family: 'Okafor' }], gender: 'unknown' as const, birthDate: '1934' },
    { name: [{ family: 'Okafor', given: ['Grace'] }], birthDate: '1934-01-04' },
    { ...number('9991001018'), gender: 'female' as const, name: [{ family: 'Bello' }] },
    { ...number('9991001026'), gender: 'male' as const, birthDate: '1950-01-01' },
  ]
  expect(originalIdentity(versions)).toEqual({
    name: [{ family: 'Okafor' }, { given: ['Grace'] }],
    ...{ gender: 'female', birthDate: '1934-01-04', ...number('9991001018') },
  })
})

test('an invalid number and a missing detail count as unknown', () => {
  expect(originalIdentity([])).toEqual({})
  expect(originalIdentity([{ ...number('123'), name: [{ text: 'G' }] }])).toEqual({})
})

test('an administrator’s reason starts the identity again, even if it is removed later', () => {
  const [was, is] = [{ name: [{ family: 'Okafor' }] }, { name: [{ family: 'Price' }] }]
  expect(originalIdentity([was, { ...is, ...because('Registered twice') }, is]).name).toEqual(
    is.name,
  )
  const again = { ...was, ...because('Registered twice') }
  expect(originalIdentity([was, { ...is, ...because('Registered twice') }, again]).name).toEqual(
    is.name,
  )
  expect(originalIdentity([was, { ...is, ...because(' ') }]).name).toEqual(was.name)
  expect([identityReason(because(' ')), identityReason(because('x '))]).toEqual([undefined, 'x'])
})
