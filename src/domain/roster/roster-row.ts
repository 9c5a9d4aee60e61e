import type { Patient } from '@medplum/fhirtypes'
import { anyDay } from '#domain/fhir/current-identifier.ts'
import { type Identified, isSomeoneElse, nhsNumbers } from '#domain/person/someone-else.ts'

/** A row of a whole list: the id it has as a record, its NHS number if that passes its check, and whose row it is. */
export type RosterRow = Readonly<{
  id: string
  nhs: string
  birthDate: string
  family: string
  given: string
}>

const cell = (text = '') => text.replace(/\s+/gu, ' ').trim()

/** The row as one line of `$take-whole-list`: its cells with a tab between them. */
export function rosterRowLine(person: Patient): string {
  const [name] = person.name ?? []
  const cells = [
    person.id,
    nhsNumbers(person, anyDay)[0],
    person.birthDate,
    name?.family,
    name?.given?.[0],
  ]
  return cells.map(cell).join('\t').trimEnd()
}

/** An id alone is a row, too. */
export function rosterRowsIn(text: string): readonly RosterRow[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const [id = '', nhs = '', birthDate = '', family = '', given = ''] = line.split('\t').map(cell)
    return { id, nhs, birthDate, family, given }
  })
}

/**
 * Whether a record that has the number or the id of a row is about the person of that row. A number alone says nothing:
 * one digit typed wrong is another person’s.
 */
export function isPersonOfRow(row: RosterRow, record: Identified, by: 'id' | 'number'): boolean {
  const { birthDate, family, given } = row
  if (!birthDate && !family && !given) return by === 'id'
  const name = { ...(family ? { family } : {}), ...(given ? { given: [given] } : {}) }
  const { identifier: _number, ...rest } = record
  return !isSomeoneElse({ name: [name], ...(birthDate ? { birthDate } : {}) }, rest, anyDay)
}
