import { Trans, useLingui } from '@lingui/react/macro'
import type { Questionnaire } from '@medplum/fhirtypes'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  publishQuestionnaire,
  type StoredQuestionnaire,
} from '#client/queries/admin/questionnaires.ts'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import type { PublishProblem } from '#domain/assessment/publish/publish-problem.ts'
import { publishProblems } from '#domain/assessment/publish/publish-problems.ts'
import {
  type ReadQuestionnaire,
  readQuestionnaire,
} from '#domain/assessment/publish/read-questionnaire.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { CheckedQuestionnaire } from './checked-questionnaire.tsx'

type Checked = Readonly<{ read: ReadQuestionnaire; problems: readonly PublishProblem[] }>

type Props = Readonly<{
  all: readonly StoredQuestionnaire[]
  onPublished: (name: string) => void
}>

/** Takes a questionnaire as a file or as text, checks it, and publishes it. Pasted text survives a reload. */
export function ImportQuestionnaire({ all, onPublished }: Props) {
  const { t } = useLingui()
  const fileId = useId()
  const [text, setText, clear] = useDraft('questionnaire-import', '')
  const [checked, setChecked] = useState<Checked | undefined>()
  const check = useMutation({ mutationFn: checkText, onSuccess: setChecked })
  const questionnaire =
    checked?.read.kind === 'questionnaire' ? checked.read.questionnaire : undefined
  const asked = all.find(({ url, status }) => url === questionnaire?.url && status === 'active')
  const publish = useMutation({
    mutationFn: async (one: Questionnaire) => await publishQuestionnaire(one, asked),
  })
  const change = (next: string) => {
    setText(next)
    setChecked(undefined)
    publish.reset()
  }
  return (
    <Card title={t`Add a questionnaire`}>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor={fileId}>
          <Trans>Choose a file (.json)</Trans>
        </label>
        <input
          id={fileId}
          type="file"
          accept=".json,application/json,application/fhir+json"
          onChange={async (event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) change(await file.text())
          }}
        />
      </div>
      <TextArea
        label={t`Or paste the questionnaire`}
        hint={t`FHIR R4, as JSON. A changed questionnaire needs a new version.`}
        rows={8}
        value={text}
        spellCheck={false}
        onChange={change}
      />
      <div className="assess-actions">
        <Button pending={check.isPending} onClick={() => check.mutate(text)}>
          <Trans>Check it</Trans>
        </Button>
        {text !== '' && (
          <Button variant="link" onClick={() => change('')}>
            <Trans>Empty the field</Trans>
          </Button>
        )}
      </div>
      {check.error && (
        <Notice tone="danger" title={t`It could not be checked`}>
          <Trans>What you pasted is kept on this device. Go online and try again.</Trans>
        </Notice>
      )}
      {checked && <NotOne read={checked.read} />}
      {checked && questionnaire && (
        <CheckedQuestionnaire
          {...{ questionnaire, asked }}
          problems={checked.problems}
          pending={publish.isPending}
          onPublish={() => {
            const name = `${questionnaire.title ?? ''}, ${questionnaire.version ?? ''}`
            publish.mutate(questionnaire, {
              onSuccess: () => {
                clear()
                setChecked(undefined)
                onPublished(name)
              },
            })
          }}
        />
      )}
      {publish.error && (
        <Notice tone="danger" title={t`It was not published`}>
          {publish.error instanceof FhirError ? publish.error.message : <Trans>Try again.</Trans>}
        </Notice>
      )}
    </Card>
  )
}

async function checkText(text: string): Promise<Checked> {
  const read = readQuestionnaire(text)
  if (read.kind !== 'questionnaire') return { read, problems: [] }
  const { faultInFhirPath } = await loadFhirPath()
  return { read, problems: publishProblems(read.questionnaire, faultInFhirPath) }
}

function NotOne({ read }: { read: ReadQuestionnaire }) {
  const { t } = useLingui()
  if (read.kind === 'questionnaire') return null
  const { kind, detail } = read
  if (kind === 'not-json')
    return (
      <Notice tone="danger" title={t`This cannot be read: it is not JSON`}>
        <bdi>{detail}</bdi>
      </Notice>
    )
  return (
    <Notice tone="danger" title={t`This is not a FHIR Questionnaire`}>
      {detail ? (
        <Trans>It is a {detail}. Paste one Questionnaire.</Trans>
      ) : (
        <Trans>It has no resourceType. Paste one Questionnaire.</Trans>
      )}
    </Notice>
  )
}
