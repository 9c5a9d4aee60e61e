import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ShownRule } from '#domain/rule/rule-parameters.ts'
import type { RuleRunReason } from '#domain/rule/rule-run.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ruleStateWords } from './line-words.ts'
import { RuleSentence } from './rule-sentence.tsx'

const reasonWords: Readonly<Record<RuleRunReason, MessageDescriptor>> = {
  trial: msg`Tried: nothing changed for anybody`,
  'switched-on': msg`First run of this version`,
  daily: msg`Daily run`,
  asked: msg`Run again`,
  'marks-missing': msg`Run again after a restore`,
  off: msg`Switched off`,
}

/** Every run, newest first: when, by whom, why, and what it found. */
export function RuleLog({ shown }: { shown: ShownRule }) {
  const { t } = useLingui()
  if (shown.runs.length === 0) return null
  return (
    <section aria-labelledby="rule-log">
      <h2 id="rule-log">
        <Trans>Every run of this rule</Trans>
      </h2>
      <WideTable label={t`Log of runs`}>
        <table className="nhsuk-table rule-log">
          <thead>
            <tr>
              <th scope="col">{t`When`}</th>
              <th scope="col">{t`Who`}</th>
              <th scope="col">{t`Why`}</th>
              <th scope="col">{t`Version`}</th>
              <th scope="col">{t`Found`}</th>
              <th scope="col">{t`Added`}</th>
              <th scope="col">{t`Dropped`}</th>
              <th scope="col">{t`Not judged`}</th>
            </tr>
          </thead>
          <tbody>
            {shown.runs.map((run) => (
              <tr key={`${run.at}-${run.kind}-${run.version}`}>
                <th scope="row">
                  <DateText date={run.at} withTime />
                </th>
                <td>{run.by?.name ?? <Trans>the service</Trans>}</td>
                <td>
                  {t(reasonWords[run.reason])}
                  {run.words ? `: “${run.words}”` : null}
                </td>
                <td>{run.version}</td>
                {[run.found, run.added, run.dropped, run.notJudged].map((of, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  <td key={at}>
                    <Count of={of} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </section>
  )
}

/** Earlier versions stay readable. */
export function RuleVersions({ shown }: { shown: ShownRule }) {
  const { t } = useLingui()
  const earlier = shown.versions.slice(1)
  if (earlier.length === 0) return null
  return (
    <section aria-labelledby="rule-versions">
      <h2 id="rule-versions">
        <Trans>Earlier versions</Trans>
      </h2>
      {earlier.map((version) => (
        <details key={version.version} className="rule-table">
          <summary>
            <Trans>
              Version {version.version}: {t(ruleStateWords[version.state])}
            </Trans>
          </summary>
          <p className="rule-meta">
            <Trans>Written by {version.writers.map(({ name }) => name).join(', ')}.</Trans>{' '}
            {version.agreed ? (
              <Trans>
                Agreed by {version.agreed.by.name}, from <DateText date={version.agreed.from} />.
              </Trans>
            ) : null}{' '}
            {version.off ? (
              <Trans>
                Switched off by {version.off.by.name}: “{version.off.why}”
              </Trans>
            ) : null}
          </p>
          <ul>
            {version.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
              <li key={at}>
                {line.but ? <Trans>but not</Trans> : null}{' '}
                <RuleSentence line={line} change={undefined} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
