import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import {
  deleteDraft,
  retireQuestionnaire,
  type StoredQuestionnaire,
} from '#client/queries/admin/questionnaires.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TryQuestionnaire } from './try-questionnaire.tsx'

type Props = Readonly<{ versions: readonly StoredQuestionnaire[] }>

/** One questionnaire with its versions. */
export function PublishedQuestionnaire({ versions }: Props) {
  const { t } = useLingui()
  const [tried, setTried] = useState<string | undefined>()
  const first = versions[0]
  const shown = versions.find(({ id }) => id === tried)
  if (!first) return null
  const title = first.title ?? first.id
  return (
    <li>
      <h3>{title}</h3>
      <p className="assess-meta">
        <bdi>{first.url}</bdi>
      </p>
      <ul className="questionnaires-versions">
        {versions.map((each) => {
          const version = each.version ?? ''
          const isOpen = each.id === tried
          return (
            <li key={each.id}>
              <VersionWords questionnaire={each} />
              <Button
                variant="link"
                aria-label={
                  isOpen
                    ? t`Close the try-out: ${title}, version ${version}`
                    : t`Try it: ${title}, version ${version}`
                }
                onClick={() => setTried(isOpen ? undefined : each.id)}
              >
                {isOpen ? <Trans>Close the try-out</Trans> : <Trans>Try it</Trans>}
              </Button>
              {each.status === 'active' && <Retire questionnaire={each} />}
              {each.status === 'draft' && <DeleteDraft questionnaire={each} />}
            </li>
          )
        })}
      </ul>
      {shown && <TryQuestionnaire key={shown.id} questionnaire={shown} />}
    </li>
  )
}

function VersionWords({ questionnaire }: { questionnaire: StoredQuestionnaire }) {
  const { status, version, date } = questionnaire
  const day = date && <DateText date={date} />
  return (
    <span>
      <strong>
        <Trans>Version {version}</Trans>
      </strong>{' '}
      {status === 'active' && <Trans>asked now</Trans>}
      {status === 'retired' && <Trans>retired: answers stay readable</Trans>}
      {status === 'draft' && <Trans>draft, not asked</Trans>}
      {day && <span className="assess-meta"> · {day}</span>}
    </span>
  )
}

function Retire({ questionnaire }: { questionnaire: StoredQuestionnaire }) {
  const { t } = useLingui()
  const title = questionnaire.title ?? questionnaire.id
  const version = questionnaire.version ?? ''
  return (
    <ConfirmAction
      verb={<Trans>Retire</Trans>}
      label={t`Retire ${title}, version ${version}`}
      variant="link"
      title={<Trans>Retire this questionnaire?</Trans>}
      yes={<Trans>Retire it</Trans>}
      no={<Trans>Keep it</Trans>}
      run={async () => await retireQuestionnaire(questionnaire)}
      failed={<Trans>It was not retired</Trans>}
    >
      <p>
        <Trans>
          Nobody can start it any more. What was begun can be finished, and answers stay readable
          with their scores. To ask it again, publish a new version.
        </Trans>
      </p>
    </ConfirmAction>
  )
}

function DeleteDraft({ questionnaire }: { questionnaire: StoredQuestionnaire }) {
  const { t } = useLingui()
  const title = questionnaire.title ?? questionnaire.id
  const version = questionnaire.version ?? ''
  return (
    <ConfirmAction
      verb={<Trans>Delete the draft</Trans>}
      label={t`Delete the draft: ${title}, version ${version}`}
      variant="link"
      title={<Trans>Delete this draft?</Trans>}
      yes={<Trans>Delete it</Trans>}
      no={<Trans>Keep it</Trans>}
      run={async () => await deleteDraft(questionnaire)}
      failed={<Trans>The draft was not deleted</Trans>}
    >
      <p>
        <Trans>It was never published. Published versions and their answers stay.</Trans>
      </p>
    </ConfirmAction>
  )
}
