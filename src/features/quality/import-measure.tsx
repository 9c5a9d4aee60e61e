import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { importMeasure } from '#client/queries/quality/gaps.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'

/** For administrators: adds the measures that come with Gable, or takes the bundle of one of others. */
export function ImportMeasure() {
  const { t } = useLingui()
  const id = useId()
  const taking = useMutation({ mutationFn: (file?: File) => taken(file, t`This file is not JSON`) })
  return (
    <Card title={<Trans>Add measures</Trans>}>
      <p>
        <Trans>
          A measure comes as a FHIR bundle (JSON) with the Measure, its libraries in compiled CQL
          (ELM) and its value sets with their codes.
        </Trans>
      </p>
      <div className="measure-import">
        <Button pending={taking.isPending} onClick={() => taking.mutate(undefined)}>
          <Trans>Add those that come with Gable</Trans>
        </Button>
        <label htmlFor={id}>
          <Trans>Or choose a bundle</Trans>
        </label>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          disabled={taking.isPending}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) taking.mutate(file)
            target.value = ''
          }}
        />
      </div>
      {taking.isSuccess ? (
        <Notice tone="done" title={<Trans>Added</Trans>}>
          <p>
            <Trans>What was here already in the same version stays as it is.</Trans>
          </p>
        </Notice>
      ) : null}
      {taking.error ? (
        <Notice tone="danger" title={<Trans>Nothing was added</Trans>}>
          <ul>
            {faultsIn(taking.error).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </Card>
  )
}

async function taken(file: File | undefined, notJson: string): Promise<void> {
  if (!file) return await importMeasure()
  const text = await file.text()
  await importMeasure(parsed(text, notJson))
}

function parsed(text: string, notJson: string): object {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null) return read
  } catch {
    // said below
  }
  throw new Error(notJson)
}

function faultsIn(error: Error): readonly string[] {
  const issues = error instanceof FhirError ? (error.outcome?.issue ?? []) : []
  const words = issues.flatMap(({ details }) => details?.text ?? [])
  return words.length > 0 ? words : [error.message]
}
