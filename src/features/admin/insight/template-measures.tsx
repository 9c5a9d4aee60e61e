import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { retireTemplate, templateQueries } from '#client/queries/suggestion/templates.ts'
import { useSession } from '#client/session/session.ts'
import type { OfferedTemplate } from '#domain/template/template.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { MeasureText } from './measure-text.tsx'

/** The templates in use, and how often what they suggest is taken or dismissed, without names. */
export function TemplateMeasures() {
  const { t } = useLingui()
  const isAdmin = useSession((session) => session.actor?.role === 'admin')
  const { data: templates } = useSuspenseQuery(templateQueries.offered())
  const { data: counts } = useSuspenseQuery(templateQueries.counts())
  const wordsOf = (template: string, item: string) =>
    templates.find(({ id }) => id === template)?.items.find(({ id }) => id === item)?.words ?? item
  const titleOf = (template: string) =>
    templates.find(({ id }) => id === template)?.title ?? template
  return (
    <section className="insight__part" aria-labelledby="templates-title">
      <h2 id="templates-title">
        <Trans>Templates for common situations</Trans>
      </h2>
      <UnverifiedMark what="template" />
      <details className="insight__fold">
        <summary>
          <Plural value={templates.length} one="# template" other="# templates" />
        </summary>
        <ul className="gable-boxed-rows insight__rows">
          {templates.map((template) => (
            <li key={template.id}>
              <b>{template.title}</b>, <Trans>version {template.version}</Trans>.{' '}
              {template.retired ? <Trans>Retired.</Trans> : <Trans>In use.</Trans>}
              {isAdmin ? <Retire template={template} /> : null}
            </li>
          ))}
        </ul>
      </details>
      {counts.length > 0 ? (
        <table className="gable-table">
          <caption>
            <Trans>What became of each suggestion</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{t`Template`}</th>
              <th scope="col">{t`Suggestion`}</th>
              <th scope="col">{t`Suggested`}</th>
              <th scope="col">{t`Taken`}</th>
              <th scope="col">{t`Dismissed`}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ template, item, suggested, taken, dismissed }) => (
              <tr key={`${template} ${item}`}>
                <td>{titleOf(template)}</td>
                <td>{wordsOf(template, item)}</td>
                <td>
                  <MeasureText measure={suggested} />
                </td>
                <td>
                  <MeasureText measure={taken} />
                </td>
                <td>
                  <MeasureText measure={dismissed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>
          <Trans>No template has been used yet.</Trans>
        </p>
      )}
    </section>
  )
}

function Retire({ template: { id, title, retired } }: { template: OfferedTemplate }) {
  return (
    <ReasonButton
      draft={`retire-${id}`}
      verb={retired ? <Trans>Use {title} again</Trans> : <Trans>Retire {title}</Trans>}
      title={retired ? <Trans>Use {title} again?</Trans> : <Trans>Retire {title}?</Trans>}
      label={<Trans>Why, and who agrees</Trans>}
      run={(reason) => retireTemplate(id, !retired, reason)}
      done={() => toast(<Trans>Saved, with your reason.</Trans>)}
    >
      <p>
        <Trans>What it suggested before stays in each plan.</Trans>
      </p>
    </ReasonButton>
  )
}
