import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { Today } from '#domain/today/today-parameters.ts'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Rules for finding people to which the reader is asked to agree, until they have answered. */
export function RulesAsked({ rules }: { rules: NonNullable<Today['rules']> }) {
  if (rules.length === 0) return null
  return (
    <section className="today-group" aria-labelledby="today-rules">
      <div className="today-group__head">
        <h2 id="today-rules">
          <Trans>Asked to agree to a rule</Trans>{' '}
          <span className="today-count">{rules.length}</span>
        </h2>
        <p className="gable-meta">
          <Trans>Stays until you have answered</Trans>
        </p>
      </div>
      <ul className="today-rows today-group__rows">
        {rules.map(({ rule, name, by, at, from }) => (
          <li key={rule} className="today-row">
            <div className="today-row__who">
              <h3>
                <Link to={`/find/rules/${rule}`}>{name}</Link>
              </h3>
              <p>
                <Trans>
                  {by} asked you on <DateText date={at} />. It finds nobody until you agree.
                </Trans>
              </p>
            </div>
            <div className="today-row__when">
              <Trans>
                would run from <DateText date={from} />
              </Trans>
            </div>
            <LinkButton to={`/find/rules/${rule}`}>
              <Trans>Look at the rule</Trans>
            </LinkButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
