import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Bundle } from '@medplum/fhirtypes'
import { useId, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { importServices } from '#client/queries/directory/directory.ts'
import { serviceHeadings } from '#domain/directory/read-services.ts'
import type { ImportedServices } from '#domain/directory/save-service-request.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'

type File = Readonly<{ name: string; csv?: string; bundle?: Bundle }>

/** It is a Bundle, or a text with columns. */
function fileIn(name: string, text: string): File {
  if (!text.trimStart().startsWith('{')) return { name, csv: text }
  const json = JSON.parse(text) as Bundle
  if (json.resourceType !== 'Bundle') throw new SyntaxError('not a Bundle')
  return { name, bundle: json }
}

/** A list of services is tried first: what would be new, and each line that cannot be taken with its reason. */
export function ImportServices() {
  const { t } = useLingui()
  const field = useId()
  const [file, setFile] = useState<File>()
  const [trial, setTrial] = useState<ImportedServices>()
  const [done, setDone] = useState<ImportedServices>()
  const [isWrong, setWrong] = useState(false)
  const work = useAsyncAction()
  const choose = async (chosen: globalThis.File | undefined) => {
    setTrial(undefined)
    setDone(undefined)
    setWrong(false)
    if (!chosen) return
    try {
      const read = fileIn(chosen.name, await chosen.text())
      setFile(read)
      await work.run(async () => setTrial(await importServices(read, true)))
    } catch {
      setWrong(true)
    }
  }
  const take = () =>
    work.run(async () => {
      if (file) setDone(await importServices(file, false))
      setTrial(undefined)
    })
  return (
    <Card title={<Trans>Read in a list</Trans>}>
      <label className="nhsuk-label" htmlFor={field}>
        <Trans>A CSV file, or a FHIR Bundle</Trans>
      </label>
      <p className="gable-meta">
        <Trans>
          The first line of a CSV file names the columns: {serviceHeadings.join(', ')}. The first
          two are needed.
        </Trans>
      </p>
      <input
        id={field}
        className="services__file"
        type="file"
        accept=".csv,.json,text/csv,application/json,application/fhir+json"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {isWrong ? (
        <Notice tone="danger" title={<Trans>This file cannot be read</Trans>}>
          <p>
            <Trans>It is neither a CSV file nor a FHIR Bundle. Nothing was changed.</Trans>
          </p>
        </Notice>
      ) : null}
      <Problem failure={work.failure} />
      {trial ? (
        <>
          <Counts came={trial} isTrial />
          {trial.added + trial.changed > 0 ? (
            <Button pending={work.pending} onClick={() => void take()}>{t`Take them in`}</Button>
          ) : null}
        </>
      ) : null}
      {done ? <Counts came={done} /> : null}
    </Card>
  )
}

function Problem({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  const said = failure instanceof FhirError && failure.status === 422 ? failure.message : undefined
  return (
    <Notice tone="danger" title={<Trans>Nothing was changed</Trans>}>
      <p>{said ? <>{said}.</> : <Trans>We could not reach the service. Try again.</Trans>}</p>
    </Notice>
  )
}

function Counts({
  came: { added, changed, same, refused },
  isTrial = false,
}: Readonly<{ came: ImportedServices; isTrial?: boolean }>) {
  return (
    <div aria-live="polite">
      <p>
        {isTrial ? <Trans>This would be:</Trans> : <Trans>Taken in:</Trans>}{' '}
        <Trans>
          {added} new, {changed} changed, {same} as before
        </Trans>
      </p>
      {refused.length > 0 ? (
        <>
          <p>
            <b>
              <Plural
                value={refused.length}
                one="# line cannot be taken"
                other="# lines cannot be taken"
              />
            </b>
          </p>
          <ul className="services__refused">
            {refused.map(({ line, name, reason }) => (
              <li key={line}>
                <Trans>
                  Line {line} {name}: {reason}
                </Trans>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
