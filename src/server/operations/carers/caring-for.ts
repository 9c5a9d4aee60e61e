import type { Patient } from '@medplum/fhirtypes'
import { numberOf } from '#domain/carer/carer.ts'
import { type CaringFor, caringForAnswer } from '#domain/carer/carers-answer.ts'
import { consentedLabelsFor } from '#domain/consent/consent.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import { recordsAroundCarers } from '#server/carer/carers-of.ts'
import { relativesWithNumber } from '#server/carer/linked-record.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/**
 * Whom somebody with a record of their own cares for, so that they can say what of it is shown there. The name is told
 * only while that person shares something with them, as everywhere; what they themselves were offered there, always.
 */
export const caringForOperation: Operation = {
  name: 'caring-for',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Whom the person of this record cares for: for that person only; the name as far as they share something, and the assessments that were offered',
  async run({ actor, id = '', context, today }) {
    if (actor.person !== id) throw forbidden('Only the person whose record it is can ask this')
    const { store, sql } = context.service
    const stored = await store.read('Patient', id, everyone)
    const [number] = stored?.resource ? nhsNumbers(stored.resource as Patient, today) : []
    const roles: CaringFor[] = []
    for (const relative of await relativesWithNumber(store, number, today)) {
      const person = relative.patient.reference?.split('/')[1] ?? ''
      if (person === id || numberOf(relative, today) !== number) continue
      const { consents, offers } = await recordsAroundCarers(sql, person)
      const { read } = consentedLabelsFor(consents, `RelatedPerson/${relative.id}`, today)
      const other = read.length > 0 ? await store.read('Patient', person, everyone) : undefined
      const name = nameInWords((other?.resource as Patient | undefined)?.name, today)
      const mine = offers.filter(({ carer }) => carer === relative.id)
      const shown = mine.map(({ carer: _own, ...each }) => each)
      roles.push({ carer: relative.id ?? '', name, read, offers: shown })
    }
    return caringForAnswer.write({ roles })
  },
}
