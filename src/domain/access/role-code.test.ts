import { expect, test } from 'vitest'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { type Actor, isStaff, type Role } from './actor.ts'
import { roleOfCode } from './role-code.ts'

const concept = (code: string, system = gableCodeSystem) => ({ coding: [{ system, code }] })

test.each<[role: Role, isStaff: boolean, given: boolean]>([
  ['nurse-case-manager', true, true],
  ['gp', true, true],
  ['social-worker', true, true],
  ['pharmacist', true, true],
  ['physiotherapist', true, true],
  ['professional', true, true],
  ['manager', false, true],
  ['admin', false, true],
  ['program', true, false],
  ['person', false, false],
  ['carer', false, false],
])('%s: whether she is staff, and whether a PractitionerRole gives it', (role, staff, given) => {
  expect(isStaff({ role } as Actor)).toBe(staff)
  expect(roleOfCode([concept(role)])).toBe(given ? role : undefined)
})

test.each([
  ['nothing at all', undefined, undefined],
  ['a concept without codes', [{}], undefined],
  ['a code of another system', [concept('admin', 'http://snomed.info/sct')], undefined],
  ['several: the first of the list counts', [concept('admin'), concept('gp')], 'gp'],
  ['one beside a foreign one', [concept('gp', 'x'), concept('manager')], 'manager'],
])('%s', (_title, concepts, role) => {
  expect(roleOfCode(concepts)).toBe(role)
})

test('the codes are ours', () => expect(gableCodeSystem).toBe('https://gable.example/codes'))
