import {
  acknowledgeLicenceRequest,
  licenceAcknowledged,
  licenceAcknowledgementIn,
  longestLicenceWords,
  withLicenceAcknowledgement,
} from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { packQuestionnaires } from '#domain/assessment/instruments/pack-questionnaires.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/** Says that the organisation may use a licensed instrument, or takes it back. What was said before stays. */
export const acknowledgeLicenceOperation: Operation = {
  name: 'acknowledge-licence',
  on: 'type',
  type: 'Questionnaire',
  changes: true,
  purpose:
    'Says that the organisation may use a licensed questionnaire of the library (instrument), on what ground (words), or with takeBack that it may no longer; version: the one that was seen, 0 for none. Only from then on can it be asked. Kept with who said it and when, every version; for administrators',
  async run(call) {
    const { actor, context } = call
    if (actor.role !== 'admin')
      throw forbidden('Only an administrator says that a licensed questionnaire may be used')
    const { instrument, words, takeBack, version } = askedParameters(
      call,
      acknowledgeLicenceRequest,
    )
    const known = packQuestionnaires.find(({ id }) => id === instrument)
    if (!known) throw refusal('The library has no licensed questionnaire of this name')
    mustBeGround(words)
    return await withinRecord(context, async (inside) => {
      const stored = await inside.service.store.read('Questionnaire', instrument, everyone)
      if ((stored?.version ?? 0) !== version)
        throw new FhirProblem(409, 'conflict', 'Somebody said something else meanwhile. Look again')
      const before = stored?.resource
      if (takeBack && !licenceAcknowledgementIn(before)?.isUsable)
        throw refusal('Nobody has said that it may be used, so nothing can be taken back')
      const said = { by: actor.name, at: context.now.toISOString(), words: words.trim() }
      const resource = withLicenceAcknowledgement(known, said, takeBack)
      const expect = stored ? { version: stored.version } : ('absent' as const)
      const request = { resource, expect }
      const written = await inside.service.store.write(request)
      const act = stored ? ('U' as const) : ('C' as const)
      await noteWritten(inside, [{ request, act, person: undefined, before, written }])
      return licenceAcknowledged.write({ version: written.kept.version, at: said.at })
    })
  },
}

function mustBeGround(words: string): void {
  if (words.trim() === '') throw refusal('Say on what ground: the licence, or the permission')
  if (words.length > longestLicenceWords)
    throw refusal(`Write ${longestLicenceWords} characters at most`)
}

const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)
