import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsFrom } from './settings.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

test.each([
  ['a demonstration for other machines', { GABLE_DEMO: '1', GABLE_HOST: '0.0.0.0' }, /GABLE_DEMO/],
  [
    'a demonstration behind a proxy',
    { GABLE_DEMO: '1', GABLE_ORIGIN: 'https://gable.example' },
    /this machine only, not on gable.example/,
  ],
  ['a number that is not a number', { GABLE_RATE: 'many' }, /GABLE_RATE must be a whole number/],
  [
    'a port that is out of range',
    { PORT: '80800' },
    /^PORT must be a whole number up to 65535, not "80800"\.$/,
  ],
  [
    'an unclear value for a demonstration',
    { GABLE_DEMO: 'yes' },
    /^GABLE_DEMO must be 1 for a demonstration/,
  ],
  ['an unknown time zone', { GABLE_ZONE: 'Mars' }, /^GABLE_ZONE must be a time zone .* not "Mars"/],
  [
    'several settings at once',
    { GABLE_HL7_ZONE: 'Mars', GABLE_PEOPLE: '-1' },
    /^GABLE_PEOPLE must be .*\nGABLE_HL7_ZONE must be /,
  ],
  ['an origin without a scheme', { GABLE_ORIGIN: 'gable.example' }, /GABLE_ORIGIN/],
  ['an origin that is not safe', { GABLE_ORIGIN: 'http://gable.example' }, /GABLE_ORIGIN/],
  ['an origin with a path', { GABLE_ORIGIN: 'https://gable.example/app' }, /GABLE_ORIGIN/],
])('%s is refused with a plain message', (_what, env, words) => {
  expect(() => settingsFrom(env)).toThrow(words)
})

test('without settings the server is for this machine, and not a demonstration', () => {
  expect(settingsFrom({ PORT: '', GABLE_ZONE: '', GABLE_ORIGIN: undefined })).toEqual(
    settingsFrom({}),
  )
  expect(settingsFrom({})).toMatchObject({ host: '127.0.0.1', port: 8080, demo: false })
})

test('every setting of the environment is in the table of the deployment page', () => {
  const sources = ['src', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes('.test.'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  const names = new Set(sources.join('\n').match(/\bGABLE_[A-Z0-9_]*[A-Z0-9]\b/g))
  const page = readFileSync(join(root, 'docs/deployment.md'), 'utf8')
  const table = page.split('\n').filter((line) => line.startsWith('|'))
  expect([...names].filter((name) => !table.some((line) => line.includes(`\`${name}\``)))).toEqual(
    [],
  )
})
