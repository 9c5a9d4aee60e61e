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
])(
  '%s: whether it is a role of staff, and whether a PractitionerRole gives it',
  (role, staff, given) => {
    expect(isStaff({ role } as Actor)).toBe(staff)
    expect(roleOfCode([concept(role)])).toBe(given ? role : undefined)
  },
)

test.each([
  ['none without concepts', undefined, undefined],
  ['none from a concept without codes', [{}], undefined],
  ['none from another code system', [concept('admin', 'http://snomed.info/sct')], undefined],
  ['the highest of several', [concept('admin'), concept('gp')], 'gp'],
  ['one beside a code of another system', [concept('gp', 'x'), concept('manager')], 'manager'],
])('a role from the codes of a PractitionerRole: %s', (_title, concepts, role) => {
  expect(roleOfCode(concepts)).toBe(role)
})

test('the code system of roles is Gable’s own', () =>
  expect(gableCodeSystem).toBe('https://gable.example/codes'))
