import { isStaff } from '#domain/access/actor.ts'
import { type VoiceChange, voiceChangeToFhir } from '#domain/voice/voice-change.ts'
import { noteVoiceChangeRequest, voicesParameters } from '#domain/voice/voices.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { mustBeOfPartner } from '#server/operations/outcomes/outcomes.ts'
import { type Partner, partners } from '#server/outcome/partners.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustBeVersion } from '#server/social-care/kept-records.ts'
import { type ToldVoice, toldVoices } from '#server/voice/told-voices.ts'
import { changeAsRead, voiceChanges } from '#server/voice/voice-changes.ts'

/** What people told us after a conversation, in their own words, and what was changed because of it. */
export const voicesOperation: Operation = {
  name: 'voices',
  on: 'system',
  changes: false,
  purpose:
    'What people told us after a conversation, in their own words and with their leave, without names: who says the decade of age, the sex and the month only where at least five such people answered; and what partners changed because of it. Of nobody who said no to planning, and of no restricted record. For staff and managers of partners, and administrators',
  async run(call) {
    const { sql } = call.context.service
    const all = await partners(sql)
    mustBeOfPartner(call, all)
    const own = writesFor(call, all)?.organisation
    const { zone } = call.context
    const told = await toldVoices(sql, { today: call.today, zone })
    const changes = await voiceChanges(
      sql,
      told.map(({ person }) => person),
    )
    const read = { all, zone }
    return voicesParameters.write({
      voices: told.map(({ voice, answer, after, who }) => ({
        ...{ id: voice, words: after.words },
        ...(after.language ? { language: after.language } : {}),
        ...(who ? { who } : {}),
        changes: changes
          .filter((each) => each.answer === answer)
          .flatMap(({ id, version, said: [newest, ...earlier] }) =>
            newest
              ? [
                  {
                    ...{ id, version, ...changeAsRead(newest, read) },
                    mayChange: newest.organisation === own,
                    earlier: earlier.map((each) => changeAsRead(each, read)),
                  },
                ]
              : [],
          ),
      })),
      mayWrite: own !== undefined,
    })
  },
}

/** The partner in whose name the caller writes what was changed: professionals and managers do. */
function writesFor({ actor }: OperationCall, all: readonly Partner[]): Partner | undefined {
  const mayWrite = actor.role === 'manager' || (isStaff(actor) && actor.role !== 'program')
  return mayWrite ? all.find(({ organisation }) => organisation === actor.organisation) : undefined
}

/** What the caller’s organisation changed because of somebody’s words, or other words for it. The person reads it. */
export const noteVoiceChangeOperation: Operation = {
  name: 'note-voice-change',
  on: 'system',
  changes: true,
  purpose:
    'Writes what the caller’s organisation changed because of what a person told: voice (its id in $voices), version (0: the first time; else the one that was read), words. Kept with who wrote it and when, and with what stood before; the person reads it. For professionals and managers of partners',
  async run(call) {
    const partner = writesFor(call, await partners(call.context.service.sql))
    if (!partner) throw forbidden('Professionals and managers of a partner write what was changed')
    const asked = askedParameters(call, noteVoiceChangeRequest)
    const words = asked.words.trim()
    if (words === '') throw new FhirProblem(422, 'required', 'Say what was changed')
    return await withinRecord(call.context, async (inside) => {
      const { sql } = inside.service
      const told = await toldVoices(sql, { today: call.today, zone: inside.zone })
      const voice = told.find((each) => each.voice === asked.voice)
      if (!voice) throw new FhirProblem(404, 'not-found', 'These words are not shown any more')
      const standing = await standingOf(inside, voice, partner)
      const isRetry = standing?.version === asked.version + 1 && standing.said[0]?.words === words
      if (!isRetry) {
        mustBeVersion(standing, asked.version)
        const by = { by: call.actor.name, organisation: partner.organisation }
        const change = {
          ...{ id: standing?.id ?? crypto.randomUUID(), person: voice.person },
          answer: voice.answer,
          said: [{ words, ...by, at: call.now.toISOString() }, ...(standing?.said ?? [])],
        }
        const { person } = voice
        await keepRecords(inside, [voiceChangeToFhir(change)], { person, way })
      }
      return noteVoiceChangeRequest.write({ ...asked, words, version: asked.version + 1 })
    })
  },
}

const way = '$note-voice-change'

/** What this organisation wrote to these words. Two who write at once wait for each other. */
async function standingOf(
  { service: { sql } }: RequestContext,
  { voice, answer, person }: ToldVoice,
  { organisation }: Partner,
): Promise<VoiceChange | undefined> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `voice ${voice} ${organisation}`,
  ])
  const changes = await voiceChanges(sql, [person])
  return changes.find(
    (each) => each.answer === answer && each.said[0]?.organisation === organisation,
  )
}
