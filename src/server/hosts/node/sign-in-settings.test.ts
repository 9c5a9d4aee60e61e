import { expect, test } from 'vitest'
import { signInSettings } from './sign-in-settings.ts'

const whole = {
  GABLE_OIDC_ISSUER: 'https://login.example',
  GABLE_OIDC_CLIENT_ID: 'gable',
  GABLE_OIDC_CLIENT_SECRET: 'secret',
}

test('without any of the three settings there is no provider, and with some of them no start', () => {
  expect(signInSettings({})).toBeUndefined()
  expect(() => signInSettings({ ...whole, GABLE_OIDC_CLIENT_SECRET: '' })).toThrow(/all of/)
})

test('a provider on another machine must use https', () => {
  expect(() => signInSettings({ ...whole, GABLE_OIDC_ISSUER: 'http://login.example' })).toThrow(
    /https/,
  )
  expect(() => signInSettings({ ...whole, GABLE_OIDC_ISSUER: 'login' })).toThrow(/https/)
  expect(signInSettings({ ...whole, GABLE_OIDC_ISSUER: 'http://localhost:9000' })).toBeDefined()
})

test('a service may name the claims itself', () => {
  const found = signInSettings({
    ...whole,
    GABLE_OIDC_STAFF_CLAIM: 'upn',
    GABLE_OIDC_PROVEN: 'P9 P10',
  })
  expect(found?.names).toMatchObject({
    staff: 'upn',
    proven: ['P9', 'P10'],
    nhsNumber: 'nhs_number',
  })
  expect(found?.provider.label).toBe('work account')
})
