import { dayOf } from '#domain/calendar/zone.ts'
import {
  noteUnmetRequest,
  type UnmetDeed,
  unmetNeedsParameters,
} from '#domain/outcome/unmet-needs.ts'
import { partlyShown } from '#domain/population/partly-shown.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type Partner, partners } from '#server/outcome/partners.ts'
import { unmetCounts } from '#server/outcome/unmet-counts.ts'
import { keepDeed, type WrittenDeed, writtenDeeds } from '#server/outcome/unmet-deeds.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { answersFor, mustBeOfPartner } from './outcomes.ts'

/** What nobody could give, added up for whoever buys and plans care. */
export const unmetNeedsOperation: Operation = {
  name: 'unmet-needs',
  on: 'system',
  changes: false,
  purpose:
    'Needs that nobody can meet, by kind and place (the first part of the postcode), without names and words: how many, rounded to the nearest five, none below five and none that could be worked out from others; since when; and what managers did about them. For whoever sees $outcomes',
  async run(call) {
    const { sql } = call.context.service
    const all = await partners(sql)
    mustBeOfPartner(call, all)
    const { needs, leftOut } = await unmetCounts(sql)
    const total = roundedMeasure(needs.reduce((sum, { count }) => sum + count, 0))
    const shown = partlyShown(
      needs.map(({ count }) => roundedMeasure(count)),
      total,
    )
    return unmetNeedsParameters.write({
      ...{ total, leftOut: roundedMeasure(leftOut) },
      needs: needs.map(({ kind, place, since }, at) => {
        const count = shown[at] ?? { fewerThan: 0 }
        return { kind, place, count, ...('count' in count ? { since } : {}) }
      }),
      deeds: deedsOf(await writtenDeeds(sql), call, all),
      mayWrite: answersFor(call, all) !== undefined,
    })
  },
}

function deedsOf(
  written: readonly WrittenDeed[],
  call: OperationCall,
  all: readonly Partner[],
): readonly UnmetDeed[] {
  const own = answersFor(call, all)?.organisation
  const said = ({ words, by, organisation, at }: WrittenDeed) => ({
    ...{ words, by, on: dayOf(at, call.context.zone) },
    organisationName: all.find((each) => each.organisation === organisation)?.name ?? '',
  })
  return [...Map.groupBy(written, ({ id }) => id).values()].flatMap(([newest, ...earlier]) =>
    newest
      ? [
          {
            ...{ id: newest.id, version: newest.version, kind: newest.kind, place: newest.place },
            ...said(newest),
            mayChange: newest.organisation === own,
            earlier: earlier.map(said),
          },
        ]
      : [],
  )
}

/** What a manager did about it, or other words for it: those of before stay readable. */
export const noteUnmetOperation: Operation = {
  name: 'note-unmet',
  on: 'system',
  changes: true,
  purpose:
    'Writes what was done about needs that nobody can meet: kind, place (empty: everywhere), words; or other words for an entry of the own organisation: id, and the version that was read. Kept with who wrote it and when, and with what stood before. For managers of partners',
  async run(call) {
    const partner = answersFor(call, await partners(call.context.service.sql))
    if (!partner) throw forbidden('Only a manager of a partner writes what was done')
    const asked = askedParameters(call, noteUnmetRequest)
    const words = asked.words.trim()
    if (words === '') throw new FhirProblem(422, 'required', 'Say what was done')
    return await withinRecord(call.context, async ({ service: { sql } }) => {
      const stands = await standing(sql, asked, partner)
      const { kind, place } = stands ?? asked
      const deed: WrittenDeed = {
        ...{ id: stands?.id ?? crypto.randomUUID(), version: (stands?.version ?? 0) + 1 },
        ...{ kind, place, words, by: call.actor.name, organisation: partner.organisation },
        at: call.now.toISOString(),
      }
      if (!(await keepDeed(sql, deed))) throw changedSince()
      const { id, version } = deed
      return noteUnmetRequest.write({ id, version, kind, place, words })
    })
  },
}

/** The entry as it stands; undefined: it is a new one. Throws 404 for one of another organisation. */
async function standing(
  sql: Parameters<typeof writtenDeeds>[0],
  { id, version }: Readonly<{ id?: string; version?: number }>,
  { organisation }: Partner,
): Promise<WrittenDeed | undefined> {
  if (!id) return undefined
  const stands = (await writtenDeeds(sql)).find((each) => each.id === id)
  if (stands?.organisation !== organisation)
    throw new FhirProblem(404, 'not-found', 'There is no such entry of your organisation')
  if (stands.version !== version) throw changedSince()
  return stands
}

const changedSince = () =>
  new FhirProblem(
    409,
    'conflict',
    'Somebody changed this since you read it. Look at it again, then save yours',
  )
