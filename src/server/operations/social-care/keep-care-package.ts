import { closedAs } from '#domain/access/labels/closed-as.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import {
  type CarePackage,
  type CarePackageFault,
  type CarePackageToKeep,
  carePackageFaults,
  carePackageFromFhir,
  carePackageToFhir,
  keepCarePackageRequest,
} from '#domain/social-care/care-package.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import {
  asWritten,
  keptRecord,
  lockSocialCare,
  mustBeVersion,
  unsound,
} from '#server/social-care/kept-records.ts'
import { mustBeNamed } from '#server/social-care/must-be-named.ts'

const way = '$keep-care-package'
const mostVisits = 40

/** Writes who provides care to somebody and when they come, or changes it with a reason; the end is a change too. */
export const keepCarePackageOperation: Operation = {
  name: 'keep-care-package',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Writes or changes a package of care: package (id made by the client), version (that was read, 0 for a new one), reason (of a change), provider, startsOn, endsOn, visit (id, day, at, minutes, workers, tasks), cost (in hundredths, per hour or week); for a professional named in the care; returns it',
  async run(call) {
    const { context, id: person = '' } = call
    const asked = askedParameters(call, keepCarePackageRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mustBeNamed(inside, person)
        await lockSocialCare(inside, person)
        const kept = await keptRecord(inside, { kind: 'care-package', id: asked.package, person })
        const standing = kept && carePackageFromFhir(kept)
        if (kept && standing && isRetry(standing, asked)) return kept
        mustBeVersion(standing, asked.version)
        if (!standing) await mustBeLiving(inside, person, 'plan')
        mustBeSound(asked)
        const record = closedAs(
          kept,
          carePackageToFhir(packageOf(inside, { asked, standing, person })),
        )
        await keepRecords(inside, [record], { person, way })
        return asWritten(record, asked.version + 1, kept)
      },
      person,
    )
  },
}

const contentOf = ({
  provider,
  startsOn,
  endsOn,
  visits,
  cost,
}: CarePackageToKeep | CarePackage) => ({
  ...{ provider: provider.trim(), startsOn, endsOn, visits, cost },
})

const isRetry = (standing: CarePackage, asked: CarePackageToKeep): boolean =>
  standing.version === asked.version + 1 && hasSameContent(contentOf(standing), contentOf(asked))

const words: Readonly<Record<CarePackageFault, readonly [string, string]>> = {
  provider: ['Say who provides the care', 'provider'],
  'starts-on': ['Say on which day it starts', 'startsOn'],
  'ends-on': ['It ends on its first day, or later', 'endsOn'],
  visits: ['Say for each visit on which days, at what time, how long and how many come', 'visit'],
  cost: ['Write down the price, or leave it out', 'cost'],
  reason: ['Say why the care changes', 'reason'],
}

function mustBeSound(asked: CarePackageToKeep): void {
  const { startsOn, endsOn, visits, cost } = asked
  if ([startsOn, endsOn].some((each) => each !== '' && !isWholeDay(each)))
    throw unsound('A day in this package is no day of the calendar', 'startsOn')
  if (visits.length > mostVisits)
    throw unsound(`A package has at most ${mostVisits} kinds of visits`, 'visit')
  if (new Set(visits.map(({ id }) => id)).size < visits.length)
    throw unsound('Each visit has an id of its own', 'visit')
  if (cost && !/^[A-Z]{3}$/.test(cost.currency))
    throw unsound('Say in which currency the price is: three letters, such as GBP', 'cost')
  const [fault] = carePackageFaults(asked)
  if (fault) throw unsound(...words[fault])
}

type Asked = Readonly<{
  asked: CarePackageToKeep
  standing: CarePackage | undefined
  person: string
}>

function packageOf(
  context: RequestContext,
  { asked, standing, person }: Asked,
): Omit<CarePackage, 'version'> {
  const { cost, ...content } = contentOf(asked)
  const written = { by: writerOf(context, person).who, at: context.now.toISOString() }
  const change = {
    ...{ at: written.at, by: written.by.name, reason: asked.reason.trim() },
    what: standing ? changedIn(standing, asked) : [],
  }
  return {
    ...{ ...content, id: asked.package, person, written },
    ...(cost ? { cost } : {}),
    changes: standing ? [...standing.changes, change] : [],
    missed: standing?.missed ?? [],
  }
}

function changedIn(standing: CarePackage, asked: CarePackageToKeep): readonly string[] {
  const [before, after] = [contentOf(standing), contentOf(asked)]
  return (['provider', 'startsOn', 'endsOn', 'visits', 'cost'] as const).filter(
    (key) => !hasSameContent(before[key], after[key]),
  )
}
