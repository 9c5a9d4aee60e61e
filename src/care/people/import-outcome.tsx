import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { FileProblem, ImportResult } from '#data/import.ts'
import { Notice } from '#design/notice.tsx'
import { isAllUnchanged, type Refusal, type TypeCount } from '#domain/import/tally.ts'
import { ImportedPeople } from './imported-people.tsx'

const mostRefusals = 200

/** What became of the files: counts, every refusal with its reason, and the people. */
export function ImportOutcome({ result }: { result: ImportResult }) {
  const { t } = useLingui()
  const { tally, problems, people } = result
  const { counts, refusals, leftOut } = tally
  return (
    <section className="import-outcome" aria-label={t`What was taken in`}>
      <Summary result={result} />
      {problems.map((problem) => (
        <Notice key={problem.file} tone="warning" title={<bdi>{problem.file}</bdi>}>
          <p>
            <WhyNot problem={problem} />
          </p>
        </Notice>
      ))}
      {counts.length > 0 && <Counts counts={counts} />}
      {leftOut > 0 && (
        <p>
          <Plural
            value={leftOut}
            one="# sound record was left out because another record of the same transaction was refused."
            other="# sound records were left out because another record of the same transaction was refused."
          />
        </p>
      )}
      {refusals.length > 0 && <Refusals refusals={refusals} />}
      {people.length > 0 && <ImportedPeople ids={people} />}
    </section>
  )
}

function Summary({ result }: { result: ImportResult }) {
  const { filesDone, files, stopped, tally } = result
  if (stopped)
    return (
      <Notice
        tone="info"
        title={
          <Trans>
            Stopped after {filesDone} of {files} files
          </Trans>
        }
      >
        <p>
          <Trans>What was taken in stays, and nothing is half.</Trans>
        </p>
      </Notice>
    )
  if (isAllUnchanged(tally))
    return <Notice tone="info" title={<Trans>Already here, unchanged</Trans>} />
  if (tally.counts.every((each) => each.created + each.updated === 0))
    return <Notice tone="warning" title={<Trans>Nothing new was taken in</Trans>} />
  return (
    <Notice
      tone="done"
      title={<Plural value={files} one="# file was read" other="# files were read" />}
    />
  )
}

function WhyNot({ problem }: { problem: FileProblem }) {
  const { why, reason } = problem
  if (why === 'empty') return <Trans>The file is empty.</Trans>
  if (why === 'not-unpacked') return <Trans>The file could not be unpacked: it may be cut.</Trans>
  if (why === 'not-fhir')
    return <Trans>This is not a FHIR file in JSON. Ask for an export as FHIR R4 JSON.</Trans>
  return <Trans>The file was not taken in: {reason}</Trans>
}

function Counts({ counts }: { counts: readonly TypeCount[] }) {
  const { t } = useLingui()
  const columns = [
    ['created', t`New`],
    ['updated', t`Updated`],
    ['unchanged', t`Already here, unchanged`],
    ['refused', t`Refused`],
  ] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
    <section className="import-scroll" tabIndex={0} aria-label={t`Records by type`}>
      <table className="gable-table">
        <thead>
          <tr>
            <th scope="col">{t`Type of record`}</th>
            {columns.map(([name, title]) => (
              <th key={name} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.type}>
              <td>{count.type}</td>
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

function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  const more = refusals.length - mostRefusals
  return (
    <>
      <h2>
        <Trans>Refused, and why</Trans>
      </h2>
      <ul className="import-list">
        {refusals.slice(0, mostRefusals).map((each) => (
          <li key={`${each.file} ${each.place}`}>
            <strong>
              {each.type} <bdi>{each.id}</bdi>
            </strong>
            <p>{each.reason}</p>
            <span className="import-note">
              <Trans>
                Record {each.place} of <bdi>{each.file}</bdi>
              </Trans>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="import-note">
          <Plural value={more} one="and # more" other="and # more" />
        </p>
      )}
    </>
  )
}
