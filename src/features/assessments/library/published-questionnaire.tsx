import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import {
  retireQuestionnaire,
  type StoredQuestionnaire,
} from '#client/queries/admin/questionnaires.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TryQuestionnaire } from './try-questionnaire.tsx'

type Props = Readonly<{ versions: readonly StoredQuestionnaire[] }>

/** One questionnaire with its versions. */
export function PublishedQuestionnaire({ versions }: Props) {
  const [tried, setTried] = useState<string | undefined>()
  const first = versions[0]
  const shown = versions.find(({ id }) => id === tried)
  if (!first) return null
  return (
    <Card title={first.title ?? first.id}>
      <p className="assess-meta">
        <bdi>{first.url}</bdi>
      </p>
      <ul className="questionnaires-versions">
        {versions.map((each) => (
          <li key={each.id}>
            <VersionWords questionnaire={each} />
            <Button
              variant="link"
              onClick={() => setTried(each.id === tried ? undefined : each.id)}
            >
              {each.id === tried ? (
                <Trans>Close the try-out of version {each.version}</Trans>
              ) : (
                <Trans>Try version {each.version}</Trans>
              )}
            </Button>
            {each.status === 'active' && <Retire questionnaire={each} />}
          </li>
        ))}
      </ul>
      {shown && <TryQuestionnaire key={shown.id} questionnaire={shown} />}
    </Card>
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
