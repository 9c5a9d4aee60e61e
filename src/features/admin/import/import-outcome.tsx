import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { FileProblem, ImportResult, UnreadColumns } from '#client/queries/admin/import.ts'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import type { TypeCount } from '#domain/import/tally.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { HowRead, WasCut } from './how-read.tsx'
import { ImportDifferences } from './import-differences.tsx'
import { ImportEnd } from './import-end.tsx'
import { KeptOurs, NotedRows, Refusals } from './import-refusals.tsx'
import { ImportedPeople } from './imported-people.tsx'
import { WholeListStep } from './whole-list-step.tsx'

/** The result for the files: counts, every refusal with its reason, and the people. */
export function ImportOutcome({
  result,
  resume,
}: Readonly<{ result: ImportResult; resume: () => void }>) {
  const { t } = useLingui()
  const { tally, problems, unread, lists, cut, people, refusedRows } = result
  const { counts, totals, refusals, keptOurs, differences, duplicates, alike, notes } = tally
  return (
    <section className="import-outcome" aria-label={t`What was imported`}>
      <ImportEnd result={result} resume={resume} />
      {problems.map((problem) => (
        <Notice key={problem.file} tone="warning" title={<bdi>{problem.file}</bdi>}>
          <p>
            <WhyNot problem={problem} />
          </p>
        </Notice>
      ))}
      {unread.map((each) => (
        <Unread key={each.file} {...each} />
      ))}
      {cut.map((each) => (
        <WasCut key={each.file} {...each} />
      ))}
      {lists.map((list) => (
        <HowRead key={list.file} {...list} />
      ))}
      {counts.length > 0 && <ImportCounts counts={counts} />}
      {refusals.length > 0 && (
        <Refusals refusals={refusals} total={totals.refusals} lists={lists} rows={refusedRows} />
      )}
      {duplicates.length > 0 && (
        <p className="import-decide">
          <Link to="/duplicates">
            <Plural
              value={totals.duplicates}
              one="# record has an NHS number that is also on another record"
              other="# records have an NHS number that is also on another record"
            />
          </Link>
        </p>
      )}
      {alike.length > 0 && (
        <p className="import-decide">
          <Link to="/duplicates">
            <Plural
              value={totals.alike}
              one="# record looks like somebody who is here: decide whether it is one person"
              other="# records look like somebody who is here: decide whether it is one person"
            />
          </Link>
        </p>
      )}
      {lists.map((list) => (
        <WholeListStep key={list.file} list={list} />
      ))}
      {keptOurs.length > 0 && <KeptOurs kept={keptOurs} total={totals.keptOurs} />}
      {differences.length > 0 && (
        <ImportDifferences differences={differences} total={totals.differences} />
      )}
      {notes.length > 0 && <NotedRows notes={notes} total={totals.notes} />}
      {people.length > 0 && <ImportedPeople ids={people} total={peopleIn(counts)} />}
    </section>
  )
}

/** Those who were not refused; of somebody who stands twice in a file, twice. */
const peopleIn = (counts: readonly TypeCount[]) =>
  counts
    .filter(({ type }) => type === 'Patient')
    .reduce((all, each) => all + each.created + each.updated + each.unchanged + each.keptOurs, 0)

function Unread({ file, headings }: UnreadColumns) {
  return (
    <Notice tone="info" title={<Trans>Columns that were ignored</Trans>}>
      <p>
        <Trans>
          In <bdi>{file}</bdi>: <bdi>{headings.join(', ')}</bdi>
        </Trans>
      </p>
    </Notice>
  )
}

function WhyNot({ problem }: { problem: FileProblem }) {
  switch (problem.why) {
    case 'empty':
      return <Trans>The file is empty.</Trans>
    case 'not-unpacked':
      return <Trans>The file could not be opened or unpacked. It may be incomplete.</Trans>
    case 'unpacks-too-large':
      return <Trans>When unpacked, this file is too large. Nothing in it was imported.</Trans>
    case 'not-utf8':
      return <Trans>We cannot read this file’s text encoding. Save it as CSV UTF-8.</Trans>
    case 'cut-in-character':
      return (
        <Trans>
          The file ends in the middle of a character: it was cut. Nothing in it was imported. Get
          the file again.
        </Trans>
      )
    case 'not-known':
      return (
        <Trans>
          This is not a FHIR file in JSON, or a list with a heading such as “Family name”.
        </Trans>
      )
    case 'not-read-on':
      return <NotReadOn {...problem} />
    default:
      return <Refused {...problem} />
  }
}

function NotReadOn({ before }: Extract<FileProblem, { why: 'not-read-on' }>) {
  return (
    <Trans>
      The file could not be read to its end. The first {before} records were imported. Import the
      whole file again: that adds the rest.
    </Trans>
  )
}

function Refused({ before, reason }: Extract<FileProblem, { why: 'refused' }>) {
  if (before === 0) return <Trans>The file was not imported: {reason}</Trans>
  return (
    <Trans>
      The first {before} records were imported. The rest were not: {reason}
    </Trans>
  )
}

/** Records by type. A column of only zeros is left out, except new and refused. */
function ImportCounts({ counts }: { counts: readonly TypeCount[] }) {
  const { t } = useLingui()
  const names: Readonly<Record<string, string>> = {
    unknown: t`Not a record`,
    [feedLineType]: t`Lines of activity and cost`,
  }
  const all = [
    ['created', t`New`],
    ['updated', t`Updated`],
    ['unchanged', t`Already here, unchanged`],
    ['keptOurs', t`Kept as corrected here`],
    ['refused', t`Refused`],
  ] as const
  const always: readonly string[] = ['created', 'refused']
  const columns = all.filter(
    ([name]) => always.includes(name) || counts.some((each) => each[name] > 0),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
    <section className="import-scroll" tabIndex={0} aria-label={t`Records by type`}>
      <table className="gable-table import-counts">
        <thead>
          <tr>
            <th scope="col">{t`Type of record`}</th>
            {columns.map(([name, title]) => (
              <th key={name} scope="col" className="gable-number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.type}>
              <th scope="row">{names[count.type] ?? count.type}</th>
              {columns.map(([name]) => (
                <td key={name} className="gable-number">
                  {count[name]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
