import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import { libraryAdded } from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/** Adds the questionnaires of the library that need no licence and are not here yet. What is here stays as it is. */
export const addLibraryOperation: Operation = {
  name: 'add-library',
  on: 'type',
  type: 'Questionnaire',
  changes: true,
  purpose:
    'Adds the questionnaires of the library that may be used without a licence and are not here yet; returns how many were added; for administrators',
  async run({ actor, context }) {
    if (actor.role !== 'admin') throw forbidden('Only an administrator adds the library')
    return await withinRecord(context, async (inside) => {
      const names = libraryQuestionnaires.map(({ id }) => ({ type: 'Questionnaire', id }))
      const here = await inside.service.store.readAll(names, everyone)
      const missing = libraryQuestionnaires.filter(({ id }) => !here.has(`Questionnaire/${id}`))
      const requests = missing.map((resource) => ({ resource, expect: 'absent' as const }))
      const written = requests.length > 0 ? await inside.service.store.writeMany(requests) : []
      await noteWritten(
        inside,
        requests.map((request, at) => ({
          ...{ request, act: 'C' as const, person: undefined, written: written[at] },
        })),
      )
      return libraryAdded.write({ added: missing.length })
    })
  },
}
