import { type Clock, usualZone } from '#domain/calendar/zone.ts'
import { backfillSafety } from './assessment/backfill-safety.ts'
import { assignPatients } from './store/data-migrations/assign-patients.ts'
import { foldNames } from './store/data-migrations/fold-names.ts'
import { openToPatient } from './store/data-migrations/open-to-patient.ts'
import { ownThreads } from './store/data-migrations/own-threads.ts'
import { reindex } from './store/data-migrations/reindex.ts'
import { relabelRecords } from './store/data-migrations/relabel-records.ts'
import {
  endingsInCarers,
  type SaidInCarer,
  writeEndings,
} from './store/data-migrations/write-endings.ts'
import { sql0001Store } from './store/migrations/0001-store.ts'
import { sql0002SessionAudit } from './store/migrations/0002-session-audit.ts'
import { sql0003PersonRow } from './store/migrations/0003-person-row.ts'
import { sql0004ChangesOn } from './store/migrations/0004-changes-on.ts'
import { sql0005Brought } from './store/migrations/0005-brought.ts'
import { sql0006OwnAnswers } from './store/migrations/0006-own-answers.ts'
import { sql0007TrailBlock } from './store/migrations/0007-trail-block.ts'
import { sql0008RowSecurity } from './store/migrations/0008-row-security.ts'
import { sql0009Hl7Message } from './store/migrations/0009-hl7-message.ts'
import { sql0010SessionSubject } from './store/migrations/0010-session-subject.ts'
import { sql0011NamedAccess } from './store/migrations/0011-named-access.ts'
import { sql0012WhoseRecord } from './store/migrations/0012-whose-record.ts'
import { sql0013Vouched } from './store/migrations/0013-vouched.ts'
import { sql0014OpenTo } from './store/migrations/0014-open-to.ts'
import { sql0015OnePerson } from './store/migrations/0015-one-person.ts'
import { sql0016ConsentsOpen } from './store/migrations/0016-consents-open.ts'
import { sql0017DeletedPeople } from './store/migrations/0017-deleted-people.ts'
import { sql0018TrailSchema } from './store/migrations/0018-trail-schema.ts'
import { sql0019WorkedOutAnew } from './store/migrations/0019-worked-out-anew.ts'
import { sql0020OlderAnswers } from './store/migrations/0020-older-answers.ts'
import { sql0021OpenToHer } from './store/migrations/0021-open-to-her.ts'
import { sql0022RecordIsHere } from './store/migrations/0022-record-is-here.ts'
import { sql0023TrailBrought } from './store/migrations/0023-trail-brought.ts'
import { sql0024SearchOrder } from './store/migrations/0024-search-order.ts'
import { sql0025ListedPlain } from './store/migrations/0025-listed-plain.ts'
import { sql0026FirstRelation } from './store/migrations/0026-first-relation.ts'
import { sql0027LastViewed } from './store/migrations/0027-last-viewed.ts'
import { sql0028SessionTurned } from './store/migrations/0028-session-turned.ts'
import { sql0029CardLink } from './store/migrations/0029-card-link.ts'
import { sql0030Stratum } from './store/migrations/0030-stratum.ts'
import { sql0031CarerEndings } from './store/migrations/0031-carer-endings.ts'
import { sql0032Cards } from './store/migrations/0032-cards.ts'
import { sql0033Residents } from './store/migrations/0033-residents.ts'
import { sql0034LongIds } from './store/migrations/0034-long-ids.ts'
import { sql0035OptedOut } from './store/migrations/0035-opted-out.ts'
import { sql0036OpenStays } from './store/migrations/0036-open-stays.ts'
import { sql0037EndingsWritten } from './store/migrations/0037-endings-written.ts'
import { sql0038Population } from './store/migrations/0038-population.ts'
import { sql0039EncounterStart } from './store/migrations/0039-encounter-start.ts'
import { sql0040SavedList } from './store/migrations/0040-saved-list.ts'
import { sql0041ListShown } from './store/migrations/0041-list-shown.ts'
import { sql0042WorkedList } from './store/migrations/0042-worked-list.ts'
import { sql0043Feeds } from './store/migrations/0043-feeds.ts'
import { sql0044Rules } from './store/migrations/0044-rules.ts'
import { sql0045LeanerIndex } from './store/migrations/0045-leaner-index.ts'
import { sql0046Registration } from './store/migrations/0046-registration.ts'
import { sql0047OutsideScores } from './store/migrations/0047-outside-scores.ts'
import { sql0048RegistrationMended } from './store/migrations/0048-registration-mended.ts'
import { sql0049FeedKeys } from './store/migrations/0049-feed-keys.ts'
import { sql0050RuleMarks } from './store/migrations/0050-rule-marks.ts'
import { sql0051LeftOn } from './store/migrations/0051-left-on.ts'
import { sql0052OneRow } from './store/migrations/0052-one-row.ts'
import { sql0053Shape } from './store/migrations/0053-shape.ts'
import { sql0054ListCounts } from './store/migrations/0054-list-counts.ts'
import { sql0055PersonWords } from './store/migrations/0055-person-words.ts'
import { sql0056ListChanged } from './store/migrations/0056-list-changed.ts'
import { sql0057ListOrder } from './store/migrations/0057-list-order.ts'
import { sql0058DatesAndCodes } from './store/migrations/0058-dates-and-codes.ts'
import { sql0059Link } from './store/migrations/0059-link.ts'
import { sql0060PersonDue } from './store/migrations/0060-person-due.ts'
import { sql0061ListEdit } from './store/migrations/0061-list-edit.ts'
import { sql0062PersonSource } from './store/migrations/0062-person-source.ts'
import { sql0063AsWritten } from './store/migrations/0063-as-written.ts'
import { sql0064AlikeCursor } from './store/migrations/0064-alike-cursor.ts'
import { sql0065WorkingOut } from './store/migrations/0065-working-out.ts'
import { sql0066AsWrittenGuard } from './store/migrations/0066-as-written-guard.ts'
import { sql0067BirthOrder } from './store/migrations/0067-birth-order.ts'
import { sql0068AlikeSoFar } from './store/migrations/0068-alike-so-far.ts'
import { sql0069ClaimsOpenNothing } from './store/migrations/0069-claims-open-nothing.ts'
import { sql0070PeopleBeside } from './store/migrations/0070-people-beside.ts'
import { sql0071Outcomes } from './store/migrations/0071-outcomes.ts'
import { sql0072CarerRooms } from './store/migrations/0072-carer-rooms.ts'
import { sql0073MeasureRuns } from './store/migrations/0073-measure-runs.ts'
import { sql0074UnmetDeeds } from './store/migrations/0074-unmet-deeds.ts'
import { sql0075RunTries } from './store/migrations/0075-run-tries.ts'
import type { Sql } from './store/sql.ts'
import { countSourcesAgain } from './store/summary/person-sources.ts'

/** In order, without gaps, never edited after a release. */
export const migrations: readonly Readonly<{ name: string; script: string }>[] = [
  { name: '0001-store', script: sql0001Store },
  { name: '0002-session-audit', script: sql0002SessionAudit },
  { name: '0003-person-row', script: sql0003PersonRow },
  { name: '0004-changes-on', script: sql0004ChangesOn },
  { name: '0005-brought', script: sql0005Brought },
  { name: '0006-own-answers', script: sql0006OwnAnswers },
  { name: '0007-trail-block', script: sql0007TrailBlock },
  { name: '0008-row-security', script: sql0008RowSecurity },
  { name: '0009-hl7-message', script: sql0009Hl7Message },
  { name: '0010-session-subject', script: sql0010SessionSubject },
  { name: '0011-named-access', script: sql0011NamedAccess },
  { name: '0012-whose-record', script: sql0012WhoseRecord },
  { name: '0013-vouched', script: sql0013Vouched },
  { name: '0014-open-to', script: sql0014OpenTo },
  { name: '0015-one-person', script: sql0015OnePerson },
  { name: '0016-consents-open', script: sql0016ConsentsOpen },
  { name: '0017-deleted-people', script: sql0017DeletedPeople },
  { name: '0018-trail-schema', script: sql0018TrailSchema },
  { name: '0019-worked-out-anew', script: sql0019WorkedOutAnew },
  { name: '0020-older-answers', script: sql0020OlderAnswers },
  { name: '0021-open-to-her', script: sql0021OpenToHer },
  { name: '0022-record-is-here', script: sql0022RecordIsHere },
  { name: '0023-trail-brought', script: sql0023TrailBrought },
  { name: '0024-search-order', script: sql0024SearchOrder },
  { name: '0025-listed-plain', script: sql0025ListedPlain },
  { name: '0026-first-relation', script: sql0026FirstRelation },
  { name: '0027-last-viewed', script: sql0027LastViewed },
  { name: '0028-session-turned', script: sql0028SessionTurned },
  { name: '0029-card-link', script: sql0029CardLink },
  { name: '0030-stratum', script: sql0030Stratum },
  { name: '0031-carer-endings', script: sql0031CarerEndings },
  { name: '0032-cards', script: sql0032Cards },
  { name: '0033-residents', script: sql0033Residents },
  { name: '0034-long-ids', script: sql0034LongIds },
  { name: '0035-opted-out', script: sql0035OptedOut },
  { name: '0036-open-stays', script: sql0036OpenStays },
  { name: '0037-endings-written', script: sql0037EndingsWritten },
  { name: '0038-population', script: sql0038Population },
  { name: '0039-encounter-start', script: sql0039EncounterStart },
  { name: '0040-saved-list', script: sql0040SavedList },
  { name: '0041-list-shown', script: sql0041ListShown },
  { name: '0042-worked-list', script: sql0042WorkedList },
  { name: '0043-feeds', script: sql0043Feeds },
  { name: '0044-rules', script: sql0044Rules },
  { name: '0045-leaner-index', script: sql0045LeanerIndex },
  { name: '0046-registration', script: sql0046Registration },
  { name: '0047-outside-scores', script: sql0047OutsideScores },
  { name: '0048-registration-mended', script: sql0048RegistrationMended },
  { name: '0049-feed-keys', script: sql0049FeedKeys },
  { name: '0050-rule-marks', script: sql0050RuleMarks },
  { name: '0051-left-on', script: sql0051LeftOn },
  { name: '0052-one-row', script: sql0052OneRow },
  { name: '0053-shape', script: sql0053Shape },
  { name: '0054-list-counts', script: sql0054ListCounts },
  { name: '0055-person-words', script: sql0055PersonWords },
  { name: '0056-list-changed', script: sql0056ListChanged },
  { name: '0057-list-order', script: sql0057ListOrder },
  { name: '0058-dates-and-codes', script: sql0058DatesAndCodes },
  { name: '0059-link', script: sql0059Link },
  { name: '0060-person-due', script: sql0060PersonDue },
  { name: '0061-list-edit', script: sql0061ListEdit },
  { name: '0062-person-source', script: sql0062PersonSource },
  { name: '0063-as-written', script: sql0063AsWritten },
  { name: '0064-alike-cursor', script: sql0064AlikeCursor },
  { name: '0065-working-out', script: sql0065WorkingOut },
  { name: '0066-as-written-guard', script: sql0066AsWrittenGuard },
  { name: '0067-birth-order', script: sql0067BirthOrder },
  { name: '0068-alike-so-far', script: sql0068AlikeSoFar },
  { name: '0069-claims-open-nothing', script: sql0069ClaimsOpenNothing },
  { name: '0070-people-beside', script: sql0070PeopleBeside },
  { name: '0071-outcomes', script: sql0071Outcomes },
  { name: '0072-carer-rooms', script: sql0072CarerRooms },
  { name: '0073-measure-runs', script: sql0073MeasureRuns },
  { name: '0074-unmet-deeds', script: sql0074UnmetDeeds },
  { name: '0075-run-tries', script: sql0075RunTries },
]

const lock = 7_128_311
/** The first number of migrations whose version knew restricted records and access by name. */
const knewNames = 11
/** … and that every record that names a person is that person’s. */
const knewWhose = 12

/**
 * Upgrades the database to the latest schema; each migration runs once. Safe if several servers start together: the
 * advisory lock lets one proceed at a time. All of it or nothing: throws and leaves the database as it was if a
 * migration fails, or if the database is newer than this program. `zone`: the service's, which decides what day it is.
 */
export async function migrate(sql: Sql, zone = usualZone): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [lock])
    await tx.script(
      'create table if not exists migration (number integer primary key, name text not null, ts timestamptz not null default now())',
    )
    const { rows } = await tx.query<{ number: number; name: string }>(
      'select number, name from migration order by number',
    )
    checkPast(rows)
    const said = await saidBefore(tx, rows.length)
    for (const [at, migration] of migrations.entries()) {
      if (at < rows.length) continue
      await tx.script(migration.script)
      await tx.query('insert into migration (number, name) values ($1, $2)', [
        at + 1,
        migration.name,
      ])
    }
    const isUpgraded = rows.length > 0 && rows.length < migrations.length
    if (isUpgraded) await bringUp(tx, { knew: rows.length, said, clock: { now: new Date(), zone } })
  })
}

/** True if a database that has had so many migrations has had this one. */
const knows = (name: string, many: number) =>
  migrations.findIndex((each) => each.name === name) < many

type Earlier = Readonly<{ knew: number; said: readonly SaidInCarer[]; clock: Clock }>

/** The script of 0031 takes words out of earlier versions of carers’ records that stand nowhere else. */
async function saidBefore(sql: Sql, knew: number): Promise<readonly SaidInCarer[]> {
  const hasThem = knew >= knewWhose && !knows('0031-carer-endings', knew)
  return hasThem ? await endingsInCarers(sql) : []
}

/** What scripts alone cannot change in the records of an earlier version. */
async function bringUp(sql: Sql, { knew, said, clock }: Earlier): Promise<void> {
  if (!knows('0059-link', knew)) await reindex(sql)
  if (knew < knewWhose) await assignPatients(sql)
  if (knew < knewNames) await relabelRecords(sql, clock)
  if (!knows('0021-open-to-her', knew)) await openToPatient(sql, clock)
  if (!knows('0015-one-person', knew)) await foldNames(sql, clock)
  if (!knows('0020-older-answers', knew)) await backfillSafety(sql, clock)
  if (!knows('0037-endings-written', knew)) await writeEndings(sql, clock, said)
  if (!knows('0072-carer-rooms', knew)) await ownThreads(sql, clock)
  await countSourcesAgain(sql)
}

function checkPast(rows: readonly { number: number; name: string }[]): void {
  for (const [at, row] of rows.entries())
    if (migrations[at]?.name !== row.name)
      throw new Error(
        `The database has migration ${row.number} "${row.name}", which this version of Gable does not know.`,
      )
}
